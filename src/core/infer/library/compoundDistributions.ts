/** Distributions that are made of others: `Independent`, `TransformedDistribution`, `MixtureSameFamily`. */
import { type TensorValue, int, tensor, unknown } from "../../ops/value";
import { constant } from "../../shape/dim";
import { knownDims } from "../../shape/shape";
import { newInstance } from "../classes/classes";
import { knownItems } from "../collections/lists";
import { type Machine, type Site } from "../machine";
import { type InstanceValue, type Value, external } from "../values/value";
import { broadcast, draw, drawnBy, inner, isNumber, named, ofIndependent } from "./distributionDraws";
import { type Builtin, type Functions, argument, numberIn } from "./given";

/** The last dimensions of the draws of another distribution count as one draw. */
const independent: Builtin = (machine, given, site) => {
  const [base, count] = [argument(given, 0, "base_distribution"), argument(given, 1, "reinterpreted_batch_ndims")];
  const drawn = drawnBy(base);
  const number = numberIn(count);
  const dims = drawn && knownDims(machine.facts.resolveShape(drawn.sample.shape));
  if (base?.kind !== "instance" || !drawn || !dims || number === undefined || drawn.events + number > dims.length)
    return unknown("the distribution's parameters are not known");
  const made = newInstance(machine, external(ofIndependent), site);
  for (const [name, value] of base.attributes.items()) made.attributes.set(name, value);
  made.attributes.set(inner, base);
  made.attributes.set("reinterpreted_batch_ndims", int(constant(number)));
  return made;
};

/** Transforms that take each number by itself, with the arguments that are broadcast with it. */
const transforms: readonly (readonly [name: string, ...numbers: string[]])[] = [
  ["TanhTransform"],
  ["SigmoidTransform"],
  ["ExpTransform"],
  ["SoftplusTransform"],
  ["AbsTransform"],
  ["PowerTransform", "exponent"],
  ["AffineTransform", "loc", "scale"],
];

const transform =
  (name: string, numbers: readonly string[]): Builtin =>
  (machine, given, site) => {
    if (given.keywords.has("event_dim")) return unknown("how many dimensions are one draw is not followed");
    const made = newInstance(machine, external(`torch.distributions.transforms.${name}`), site);
    for (const [at, number] of numbers.entries())
      made.attributes.set(number, argument(given, at, number) ?? unknown("the argument is missing"));
    return made;
  };

function numbersOf(value: Value): readonly Value[] | undefined {
  const type = value.kind === "instance" && value.type.kind === "external" ? value.type.name : "";
  const row = transforms.find(([name]) => type === `torch.distributions.transforms.${name}`);
  return row?.slice(1).map((number) => (value as InstanceValue).attributes.get(number)!);
}

/** Draws of another distribution that are sent through transforms. */
const transformed: Builtin = (machine, given, site) => {
  const [base, steps] = [argument(given, 0, "base_distribution"), argument(given, 1, "transforms")];
  const all = steps && (knownItems(steps) ?? [steps]);
  const numbers = all?.map(numbersOf);
  const drawn = drawnBy(base);
  if (base?.kind !== "instance" || !drawn || !numbers || numbers.includes(undefined))
    return unknown("the distribution's transforms are not known");
  const sample = numbers
    .flat()
    .reduce<TensorValue | undefined>((wide, number) => widened(machine, wide, number!, site), drawn.sample);
  if (!sample) return unknown("the distribution's transforms are not known");
  const made = newInstance(machine, external("torch.distributions.TransformedDistribution"), site);
  made.attributes.set(draw, { ...drawn.sample, shape: sample.shape });
  return madeOf(made, base);
};

/** What counts as one draw is what counts as one draw of the distribution inside. */
function madeOf(made: InstanceValue, base: Value): Value {
  made.attributes.set(inner, base);
  made.attributes.set("reinterpreted_batch_ndims", int(constant(0)));
  return made;
}

function widened(
  machine: Machine,
  sample: TensorValue | undefined,
  number: Value,
  site: Site,
): TensorValue | undefined {
  if (!sample || isNumber(number)) return sample;
  return number.kind === "tensor"
    ? broadcast(machine, "torch.distributions.AffineTransform", [sample, number], site)
    : undefined;
}

/** One of several draws of each: the last dimension that is no part of a draw says of which. */
const mixture: Builtin = (machine, given, site) => {
  const parts = argument(given, 1, "component_distribution");
  const components = drawnBy(parts);
  const dims = components && knownDims(machine.facts.resolveShape(components.sample.shape));
  if (!parts || !components || !dims || dims.length <= components.events)
    return unknown("the distribution's parts are not known");
  const at = dims.length - 1 - components.events;
  const made = newInstance(machine, external("torch.distributions.MixtureSameFamily"), site);
  const sample = tensor([...dims.slice(0, at), ...dims.slice(at + 1)], components.sample.dtype);
  made.attributes.set(
    draw,
    machine.produced(sample, "torch.distributions.MixtureSameFamily", [components.sample], site),
  );
  made.attributes.set("mean", sample);
  return madeOf(made, parts);
};

export const compoundDistributions: Functions = [
  ...named("Independent", independent),
  ...named("TransformedDistribution", transformed),
  ...named("MixtureSameFamily", mixture),
  ...transforms.flatMap(([name, ...numbers]): Functions => [
    [`torch.distributions.${name}`, transform(name, numbers)],
    [`torch.distributions.transforms.${name}`, transform(name, numbers)],
  ]),
];
