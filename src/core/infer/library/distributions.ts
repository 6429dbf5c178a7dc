/** Probability distributions: what they are asked for has the shape of their parameters (https://pytorch.org/docs/stable/distributions.html). */
import { isRefusal } from "../../ops/call";
import { type DType, categoryOf } from "../../ops/dtype";
import { combine } from "../../ops/elementwise";
import { type OpValue, type TensorValue, int, tensor, unknown } from "../../ops/value";
import { constant } from "../../shape/dim";
import { type Shape, knownDims } from "../../shape/shape";
import { newInstance } from "../classes";
import { type Machine } from "../machine";
import { knownItems } from "../lists";
import { type Value, external, toOpValue } from "../value";
import { type Builtin, type Functions, argument, numberIn } from "./given";

/** What a draw of the distribution looks like, under this name among the attributes of the object. */
const draw = "?draw";

/** The names of two numbers for each element. */
const pairs: readonly (readonly [type: string, first: string, second: string])[] = [
  ["Normal", "loc", "scale"],
  ["LogNormal", "loc", "scale"],
  ["Laplace", "loc", "scale"],
  ["Gumbel", "loc", "scale"],
  ["Cauchy", "loc", "scale"],
  ["Uniform", "low", "high"],
  ["Beta", "concentration1", "concentration0"],
  ["Gamma", "concentration", "rate"],
];

const ofChoices = ["Categorical", "OneHotCategorical", "Bernoulli"] as const;

const families = [...pairs.map(([type]) => type), ...ofChoices, "MultivariateNormal", "Independent"];

/** Both parameters broadcast; plain numbers give a distribution of one number. */
function ofPair(type: string, first: string, second: string): Builtin {
  return (machine, given, site) => {
    const [a, b] = [argument(given, 0, first), argument(given, 1, second)];
    const shared = a && b && elementwise(machine, a, b);
    if (!shared) return unknown("the distribution's parameters are not known");
    const plain = { ...shared, dtype: commonType(a, b) };
    const isOfTensors = a.kind === "tensor" || b.kind === "tensor";
    const sample = isOfTensors ? machine.produced(plain, `torch.distributions.${type}`, [a, b], site) : plain;
    const made = newInstance(machine, external(`torch.distributions.${type}`), site);
    made.attributes.set(draw, sample);
    const names = type === "Normal" ? [first, second, "mean", "mode", "stddev", "variance"] : [first, second];
    for (const name of names) made.attributes.set(name, sample);
    return made;
  };
}

/** The parameters keep their own types: where those differ, that of a draw is not known. */
function commonType(a: Value, b: Value): DType | undefined {
  const [type, ...others] = [a, b].filter((value) => value.kind === "tensor").map(({ dtype }) => dtype);
  if (isNumber(a) && isNumber(b)) return "float32";
  return type !== undefined && categoryOf(type) === 2 && others.every((other) => other === type) ? type : undefined;
}

const isNumber = ({ kind }: Value): boolean => kind === "int" || kind === "float";

function elementwise(machine: Machine, a: Value, b: Value): TensorValue | undefined {
  if (isNumber(a) && isNumber(b)) return tensor([], "float32");
  const sides: OpValue[] = [a, b].map((value) => toOpValue(value));
  const result = combine(sides[0]!, sides[1]!, machine);
  return !isRefusal(result) && result.kind === "tensor" ? result : undefined;
}

/** By probabilities or by scores, of which one is given; categories have those along the last dimension, one-hot draws too. */
function ofScores(type: (typeof ofChoices)[number]): Builtin {
  return (machine, given, site) => {
    const scores = [argument(given, 0, "probs"), argument(given, 1, "logits")].find(
      (value) => value && value.kind !== "none",
    );
    const dims = scores?.kind === "tensor" ? knownDims(machine.facts.resolveShape(scores.shape)) : undefined;
    if (scores?.kind !== "tensor" || !dims || (type !== "Bernoulli" && dims.length === 0))
      return unknown("the distribution's parameters are not known");
    const made = newInstance(machine, external(`torch.distributions.${type}`), site);
    for (const name of ["probs", "logits"]) made.attributes.set(name, tensor(dims, scores.dtype));
    const isCategory = type === "Categorical";
    const plain = tensor(isCategory ? dims.slice(0, -1) : dims, isCategory ? "int64" : scores.dtype);
    made.attributes.set(draw, machine.produced(plain, `torch.distributions.${type}`, [scores], site));
    made.attributes.set("mode", plain);
    if (!isCategory) made.attributes.set("mean", tensor(dims, scores.dtype));
    return made;
  };
}

const multivariate = "torch.distributions.MultivariateNormal";

/** A vector for each draw, around a mean. */
const ofVectors: Builtin = (machine, given, site) => {
  const loc = argument(given, 0, "loc");
  const spread = given.positional[1] ?? [...given.keywords.values()][0];
  const [dims, window] = [loc, spread].map((value) =>
    value?.kind === "tensor" ? knownDims(machine.facts.resolveShape(value.shape)) : undefined,
  );
  if (loc?.kind !== "tensor" || !spread || !dims || window?.length !== 2)
    return unknown("the distribution's parameters are not known");
  const made = newInstance(machine, external(multivariate), site);
  const sample = tensor(dims, loc.dtype);
  made.attributes.set(draw, machine.produced(sample, multivariate, [loc, spread], site));
  return made;
};

/** Where an `Independent` keeps what it was made of. */
const inner = "base_dist";

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

const ofIndependent = "torch.distributions.Independent";

/** One number for each draw: one-hot draws are vectors. */
function perDraw({ events }: Drawn, shape: Shape): Shape {
  return events > 0 ? shape.slice(0, -events) : shape;
}

interface Drawn {
  /** What the object draws. */
  readonly sample: TensorValue;
  /** The type of logarithmic probabilities: that of the parameters. */
  readonly dtype: DType | undefined;
  readonly family: string;
  /** How many of its last dimensions are one draw. */
  readonly events: number;
}

function drawnBy(receiver: Value | undefined): Drawn | undefined {
  const object = receiver?.kind === "instance" ? receiver : undefined;
  const sample = object?.attributes.get(draw);
  if (!object || sample?.kind !== "tensor") return undefined;
  const scores = object.attributes.get("logits");
  const base = object.attributes.get(inner);
  if (base?.kind === "instance") {
    const within = drawnBy(base);
    const more = numberIn(object.attributes.get("reinterpreted_batch_ndims")) ?? 0;
    return within && { ...within, events: within.events + more };
  }
  const events = /\.(OneHotCategorical|MultivariateNormal)$/.test(object.type.name) ? 1 : 0;
  return {
    events,
    sample,
    dtype: scores?.kind === "tensor" ? scores.dtype : sample.dtype,
    family: object.type.name,
  };
}

function sizesIn(value: Value): Shape | undefined {
  const sizes = (knownItems(value) ?? [value]).map((item) => (item.kind === "int" ? item.value : undefined));
  return value.kind !== "int" && sizes.every((size) => size !== undefined) ? sizes : undefined;
}

/** A draw, with its history: whether gradients pass through it depends on the method. */
const sampled =
  (method: "sample" | "rsample"): Builtin =>
  (machine, given, site) => {
    const drawn = drawnBy(given.positional[0]);
    const extra = argument(given, 1, "sample_shape");
    const front: Shape | undefined = extra ? sizesIn(extra) : [];
    if (!drawn || !front) return unknown("the distribution is not known");
    const result = tensor([...front, ...machine.facts.resolveShape(drawn.sample.shape)], drawn.sample.dtype);
    return isFromTensors(drawn) ? machine.produced(result, `${drawn.family}.${method}`, [drawn.sample], site) : result;
  };

function isFromTensors({ sample }: Drawn): boolean {
  return sample.producer !== undefined;
}

const logProbability: Builtin = (machine, given, site) => {
  const drawn = drawnBy(given.positional[0]);
  const value = argument(given, 1, "value");
  const result = drawn && value && elementwise(machine, drawn.sample, value);
  if (!result) return unknown("the distribution is not known");
  const isMixed = drawn.sample.dtype === drawn.dtype && value.kind === "tensor" && value.dtype !== drawn.dtype;
  const typed = { ...result, shape: perDraw(drawn, result.shape), dtype: isMixed ? undefined : drawn.dtype };
  return machine.produced(typed, `${drawn.family}.log_prob`, [drawn.sample, value], site);
};

const entropy: Builtin = (machine, { positional: [receiver] }, site) => {
  const drawn = drawnBy(receiver);
  if (!drawn) return unknown("the distribution is not known");
  const result = tensor(perDraw(drawn, machine.facts.resolveShape(drawn.sample.shape)), drawn.dtype);
  return machine.produced(result, `${drawn.family}.entropy`, [drawn.sample], site);
};

/** Of two distributions of one family. */
const divergence: Builtin = (machine, { positional: [p, q] }, site) => {
  const [a, b] = [drawnBy(p), drawnBy(q)];
  if (!a || a.family !== b?.family || a.events !== b.events) return unknown("the distributions are not known");
  const result = elementwise(machine, a.sample, b.sample);
  if (!result) return unknown("the distributions are not known");
  const name = "torch.distributions.kl_divergence";
  const typed = { ...result, shape: perDraw(a, result.shape), dtype: a.dtype };
  return machine.produced(typed, name, [a.sample, b.sample], site);
};

export const distributionFunctions: Functions = [
  ...pairs.flatMap(([type, first, second]) => named(type, ofPair(type, first, second))),
  ...ofChoices.flatMap((type) => named(type, ofScores(type))),
  ...families.flatMap((type): Functions => {
    const of = `torch.distributions.${type}`;
    return [
      [`${of}.sample`, sampled("sample")],
      ...(ofChoices.some((choice) => choice === type) ? [] : ([[`${of}.rsample`, sampled("rsample")]] as const)),
      [`${of}.log_prob`, logProbability],
      ...(type === "Cauchy" ? [] : ([[`${of}.entropy`, entropy]] as const)),
    ];
  }),
  ...named("MultivariateNormal", ofVectors),
  ...named("Independent", independent),
  ["torch.distributions.kl_divergence", divergence],
  ["torch.distributions.kl.kl_divergence", divergence],
];

/** Each family is found in the package and in a module of its own. */
function named(type: string, make: Builtin): Functions {
  const module = type.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();
  return [
    [`torch.distributions.${type}`, make],
    [`torch.distributions.${module}.${type}`, make],
  ];
}
