/** Probability distributions: what they are asked for has the shape of their parameters (https://pytorch.org/docs/stable/distributions.html). */
import { type DType, categoryOf } from "../../ops/dtype";
import { type TensorValue, tensor, unknown } from "../../ops/value";
import { type Shape, knownDims } from "../../shape/shape";
import { newInstance } from "../classes/classes";
import { knownItems } from "../collections/lists";
import { type Arguments } from "../machine";
import { type Value, external } from "../values/value";
import { compoundDistributions } from "./compoundDistributions";
import { type Drawn, broadcast, draw, drawnBy, isNumber, named, perDraw } from "./distributionDraws";
import { type Builtin, type Functions, argument } from "./given";

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

/** Those of one number for each element. */
const singles: readonly (readonly [type: string, parameter: string])[] = [
  ["Exponential", "rate"],
  ["Poisson", "rate"],
  ["HalfNormal", "scale"],
  ["Chi2", "df"],
];

/** By probabilities or scores; the relaxed ones have a temperature before them. */
const choices = ["Categorical", "OneHotCategorical", "OneHotCategoricalStraightThrough", "Bernoulli"];
const relaxed = ["RelaxedOneHotCategorical", "RelaxedBernoulli"];

/** What the families can do beside `sample`, `log_prob` and `entropy`, or cannot do. */
const withoutGradient = new Set(["Categorical", "OneHotCategorical", "Bernoulli", "Poisson", "MixtureSameFamily"]);
const withoutEntropy = new Set(["Cauchy", "Poisson", "TransformedDistribution", "MixtureSameFamily", ...relaxed]);

const families = [
  ...[...pairs, ...singles].map(([type]) => type),
  ...[...choices, ...relaxed, "Dirichlet", "MultivariateNormal"],
  ...["Independent", "TransformedDistribution", "MixtureSameFamily"],
];

/** Both parameters broadcast; plain numbers give a distribution of one number. */
function ofPair(type: string, first: string, second: string): Builtin {
  return (machine, given, site) => {
    const [a, b] = [argument(given, 0, first), argument(given, 1, second)];
    const shared = a && b && broadcast(machine, `torch.distributions.${type}`, [a, b], site);
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

/** One parameter, which draws are like; those of a Dirichlet distribution are vectors. */
function ofOne(type: string, parameter: string): Builtin {
  return (machine, given, site) => {
    const only = argument(given, 0, parameter);
    if (!only || (only.kind !== "tensor" && !isNumber(only)))
      return unknown("the distribution's parameter is not known");
    const plain = only.kind === "tensor" ? tensor(only.shape, commonType(only, only)) : tensor([], "float32");
    const made = newInstance(machine, external(`torch.distributions.${type}`), site);
    made.attributes.set(
      draw,
      only.kind === "tensor" ? machine.produced(plain, `torch.distributions.${type}`, [only], site) : plain,
    );
    made.attributes.set(parameter, plain);
    return made;
  };
}

/** By probabilities or by scores, of which one is given; categories have those along the last dimension, one-hot draws too. */
function ofScores(type: string, isRelaxed: boolean): Builtin {
  return (machine, all, site) => {
    const given: Arguments = isRelaxed ? { ...all, positional: all.positional.slice(1) } : all;
    const scores = [argument(given, 0, "probs"), argument(given, 1, "logits")].find(
      (value) => value && value.kind !== "none",
    );
    const dims = scores?.kind === "tensor" ? knownDims(machine.facts.resolveShape(scores.shape)) : undefined;
    if (scores?.kind !== "tensor" || !dims || (!type.endsWith("Bernoulli") && dims.length === 0))
      return unknown("the distribution's parameters are not known");
    const made = newInstance(machine, external(`torch.distributions.${type}`), site);
    for (const name of ["probs", "logits"]) made.attributes.set(name, tensor(dims, scores.dtype));
    const isCategory = type === "Categorical";
    const plain = tensor(isCategory ? dims.slice(0, -1) : dims, isCategory ? "int64" : scores.dtype);
    made.attributes.set(draw, machine.produced(plain, `torch.distributions.${type}`, [scores], site));
    if (isRelaxed) return made;
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
  if (!drawn || !value) return unknown("the distribution is not known");
  const compare = (): TensorValue | undefined =>
    broadcast(machine, `${drawn.family}.log_prob`, [drawn.sample, value], site);
  // Of vectors the sizes are asked for only where the arguments are validated.
  const result = drawn.isOfVectors ? machine.record.silently(compare) : compare();
  if (!result) return unknown("the value does not fit");
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
  const name = "torch.distributions.kl_divergence";
  const result = broadcast(machine, name, [a.sample, b.sample], site);
  if (!result) return unknown("the distributions are not known");
  const typed = { ...result, shape: perDraw(a, result.shape), dtype: a.dtype };
  return machine.produced(typed, name, [a.sample, b.sample], site);
};

export const distributionFunctions: Functions = [
  ...pairs.flatMap(([type, first, second]) => named(type, ofPair(type, first, second))),
  ...[...singles, ["Dirichlet", "concentration"] as const].flatMap(([type, only]) => named(type, ofOne(type, only))),
  ...choices.flatMap((type) => named(type, ofScores(type, false))),
  ...relaxed.flatMap((type) => named(type, ofScores(type, true))),
  ...families.flatMap((type): Functions => {
    const of = `torch.distributions.${type}`;
    return [
      [`${of}.sample`, sampled("sample")],
      ...(withoutGradient.has(type) ? [] : ([[`${of}.rsample`, sampled("rsample")]] as const)),
      [`${of}.log_prob`, logProbability],
      ...(withoutEntropy.has(type) ? [] : ([[`${of}.entropy`, entropy]] as const)),
    ];
  }),
  ...named("MultivariateNormal", ofVectors),
  ...compoundDistributions,
  ["torch.distributions.kl_divergence", divergence],
  ["torch.distributions.kl.kl_divergence", divergence],
];
