/** Matches the shapes of a call's inputs against the left side of a shape line. */
import { type Dim, newSymbol, unknownSize } from "../shape/dim";
import { type SizeExpression } from "../shape/expression";
import { type Facts } from "../shape/facts";
import { printShape } from "../shape/notation";
import { type Rest, type Shape, isRest, isUnknownShape, knownDims, newRest, restIndex } from "../shape/shape";
import { type Refusal, refuse } from "./call";
import { type SizeFunction, type SizeValue, evaluateSize, isDim, isShape } from "./sizes";
import { type TensorValue } from "./value";

/** Names of arguments and of sizes met so far. `null` for an optional size that is not there. */
export type Names = Map<string, SizeValue>;

/** What the reader of a message calls the size that an argument fixes. */
const nouns: Readonly<Record<string, string>> = {
  in_features: "features",
  in_channels: "channels",
  num_features: "features",
  num_channels: "channels",
  channels: "channels",
  input_size: "input features",
  embed_dim: "embedding features",
  in1_features: "features",
  in2_features: "features",
};

export interface Matcher {
  readonly names: Names;
  readonly functions: Readonly<Record<string, SizeFunction>>;
  readonly facts: Facts;
}

/** Puts the sizes of one input under their names. `unknown` where too little is known of it. */
export function matchInput(
  pattern: readonly SizeExpression[],
  input: TensorValue,
  matcher: Matcher,
): "matched" | "unknown" | Refusal {
  const star = pattern.findIndex((item) => item.kind === "star");
  const shape = describeInput(pattern, star, input, matcher);
  if (shape === undefined) return "unknown";
  if (!Array.isArray(shape)) return shape as Refusal;
  const dims = shape as Shape;
  const surplus = dims.length - pattern.length;
  let at = 0;
  let missing = star < 0 ? -surplus : 0;
  for (const item of pattern) {
    if (item.kind === "star") {
      const length = dims.length - pattern.length + 1;
      const refusal = matchStar(starName(item), dims.slice(at, at + length), input, matcher);
      if (refusal) return refusal;
      at += length;
      continue;
    }
    if (item.kind === "optional" && missing > 0) {
      matcher.names.set(item.name, null);
      missing--;
      continue;
    }
    const refusal = matchSize(item, dims[at] as Dim, at, input, matcher);
    if (refusal) return refusal;
    at++;
  }
  return "matched";
}

/** Dimensions that two inputs share must be the same ones. */
function matchStar(name: string, own: Shape, input: TensorValue, { names, facts }: Matcher): Refusal | undefined {
  const before = names.get(name);
  names.set(name, own);
  if (!isShape(before)) return undefined;
  const [wanted, got] = [knownDims(facts.resolveShape(before)), knownDims(facts.resolveShape(own))];
  if (!wanted || !got) return undefined;
  const fits = wanted.length === got.length && wanted.every((size, i) => facts.equate(size, got[i]!) !== "no");
  return fits ? undefined : refuse(`expects ${printShape(wanted)} in front`, printShape(got), input);
}

function starName(item: SizeExpression): string {
  return item.kind === "star" && item.value?.kind === "name" ? item.value.name : "*";
}

/** The input's shape with as many dimensions as the pattern names; a refusal where it has another number of them. */
function describeInput(
  pattern: readonly SizeExpression[],
  star: number,
  input: TensorValue,
  { facts }: Matcher,
): Shape | Refusal | undefined {
  let shape: Shape | undefined = facts.resolveShape(input.shape);
  if (isUnknownShape(shape)) return accepted(pattern);
  const optional = pattern.filter((item) => item.kind === "optional").length;
  if (star >= 0) {
    shape = facts.exposeFront(shape, star);
    shape = shape && facts.exposeBack(shape, pattern.length - 1 - star);
  } else if (restIndex(shape) >= 0) shape = describeRest(pattern, shape, facts);
  if (!shape) return undefined;
  const fewest = pattern.length - optional - (star >= 0 ? 1 : 0);
  const fits = shape.length >= fewest && (star >= 0 || shape.length <= pattern.length);
  const ranks = Array.from({ length: optional + 1 }, (_, i) => fewest + i).join(" or ");
  return fits || shape.some(isRest)
    ? shape
    : refuse(`expects ${star >= 0 ? `at least ${fewest}` : ranks} dimensions`, printShape(shape), input);
}

/** An input of which nothing is known has the dimensions of the pattern, if the operation accepts it. */
function accepted(pattern: readonly SizeExpression[]): Shape | undefined {
  if (pattern.some((item) => item.kind === "optional")) return undefined;
  return pattern.map((item) => (item.kind === "star" ? newRest("unknown") : unknownSize()));
}

/** An input that nobody described has all dimensions of the pattern, the batch included. */
function describeRest(pattern: readonly SizeExpression[], shape: Shape, facts: Facts): Shape | undefined {
  const index = restIndex(shape);
  const missing = pattern.length - (shape.length - 1);
  // How many of the dimensions at the end are there is not known.
  if (missing < 0 || pattern.at(-1)?.kind === "optional") return undefined;
  const added = pattern.slice(index, index + missing).map((item) => newSymbol(nameOf(item), "free"));
  return facts.describe(shape[index] as Rest, added) ? facts.resolveShape(shape) : undefined;
}

function nameOf(item: SizeExpression): string {
  if (item.kind === "call") return "C";
  if (item.kind !== "name" && item.kind !== "optional") return "D";
  if (item.name === "N" || item.name === "b") return "B";
  return /^[A-Z]\w?$/.test(item.name) ? item.name : /channels|num_features/.test(item.name) ? "C" : "D";
}

function matchSize(
  item: SizeExpression,
  size: Dim,
  axis: number,
  input: TensorValue,
  { names, functions, facts }: Matcher,
): Refusal | undefined {
  if ((item.kind === "name" || item.kind === "optional") && !names.has(item.name)) {
    names.set(item.name, size);
    return undefined;
  }
  const expected = evaluateSize(item, (name) => names.get(name), functions);
  if (!isDim(expected) || facts.equate(size, expected) !== "no") return undefined;
  const noun = nouns[item.kind === "name" ? item.name : item.kind === "call" ? item.callee : ""] ?? "";
  const printed = printShape([facts.resolve(expected)]).replace(/^\(|,\)$/g, "");
  const where = noun ? `${printed} ${noun}` : `${printed} at dimension ${axis}`;
  return refuse(`expects ${where}`, facts.resolve(size), input, axis);
}
