/** Sums of products over named dimensions (https://pytorch.org/docs/stable/generated/torch.einsum.html). */
import { broadcast } from "../shape/broadcast";
import { equals } from "../shape/bounds";
import { type Dim, constantValue, newSymbol, product, unknownSize } from "../shape/dim";
import { type Facts } from "../shape/facts";
import { printDim, printShape } from "../shape/notation";
import { type Shape, isRest, knownDims } from "../shape/shape";
import { type OperationCall, type Outcome, type Refusal, isRefusal, refuse } from "./call";
import { type Operation, operation } from "./define";
import { type DType } from "./dtype";
import { type OpValue, type TensorValue, tensor, unknown } from "./value";

/** The names of the dimensions of each operand and of the result; `...` stands for any number of them. */
export interface Equation {
  readonly inputs: readonly (readonly string[])[];
  /** Undefined where the result has every name that occurs once, in order. */
  readonly output: readonly string[] | undefined;
}

const ellipsis = "...";

/** The sizes under the names met so far. */
interface Sizes {
  readonly byName: Map<string, Dim>;
  /** What the ellipsis stands for in all operands together. */
  dots: Shape | undefined;
}

/** `bij,bjk->bik`; undefined where that is no equation. */
function parseEquation(text: string): Equation | undefined {
  const [left, right, ...more] = text.replace(/\s+/g, "").split("->");
  const sides = [...(left ?? "").split(","), ...(right === undefined ? [] : [right])];
  if (more.length > 0 || !sides.every((side) => /^[A-Za-z]*(\.\.\.)?[A-Za-z]*$/.test(side))) return undefined;
  const namesOf = (side: string): string[] => side.match(/\.\.\.|[A-Za-z]/g) ?? [];
  return { inputs: (left ?? "").split(",").map(namesOf), output: right === undefined ? undefined : namesOf(right) };
}

/** The result of an equation on its operands. */
export function evaluateEquation(equation: Equation, operands: readonly OpValue[], call: OperationCall): Outcome {
  const sizes = sizesOf(equation, operands, call.facts);
  if (isRefusal(sizes) || "reason" in sizes) return sizes;
  const output = equation.output ?? implicitOutput(equation.inputs);
  const strange = output.find((name) => name !== ellipsis && !sizes.byName.has(name));
  if (strange !== undefined) return refuse(`gives a dimension ${strange} that`, "no operand has");
  if (new Set(output).size < output.length) return refuse("gives a dimension", "twice");
  const shape = output.flatMap((name) => (name === ellipsis ? (sizes.dots ?? []) : [sizes.byName.get(name)!]));
  return tensor(call.facts.resolveShape(shape), commonType(operands));
}

/** Multiply-adds of two operands: one for each combination of all indices. */
export function workOf(equation: Equation, operands: readonly OpValue[], call: OperationCall): Dim | undefined {
  const sizes = operands.length === 2 ? sizesOf(equation, operands, call.facts) : undefined;
  if (!sizes || isRefusal(sizes) || "reason" in sizes) return undefined;
  const dots = knownDims(sizes.dots ?? []);
  return dots && product([...sizes.byName.values(), ...dots]);
}

function implicitOutput(inputs: Equation["inputs"]): string[] {
  const all = inputs.flat();
  const once = all.filter((name) => name !== ellipsis && all.indexOf(name) === all.lastIndexOf(name));
  return [...(all.includes(ellipsis) ? [ellipsis] : []), ...once.sort((a, b) => (a < b ? -1 : 1))];
}

function commonType(operands: readonly OpValue[]): DType | undefined {
  const types = new Set(operands.map((operand) => (operand.kind === "tensor" ? operand.dtype : undefined)));
  return types.size === 1 ? [...types][0] : undefined;
}

function sizesOf(
  { inputs }: Equation,
  operands: readonly OpValue[],
  facts: Facts,
): Sizes | Refusal | ReturnType<typeof unknown> {
  if (inputs.length !== operands.length)
    return refuse(`takes ${inputs.length} operands, as its equation says,`, `${operands.length}`);
  const sizes: Sizes = { byName: new Map(), dots: undefined };
  for (const [i, names] of inputs.entries()) {
    const operand = operands[i]!;
    if (operand.kind !== "tensor") return unknown("an operand is not known to be a tensor");
    const shape = describedShape(names, operand, facts);
    if (!shape) return unknown("the rank of an operand is not known");
    const problem = isRefusal(shape) ? shape : match(names, shape, operand, sizes, facts);
    if (problem) return problem;
  }
  return sizes;
}

/** The operand's shape with as many dimensions as the equation names. */
function describedShape(names: readonly string[], operand: TensorValue, facts: Facts): Shape | Refusal | undefined {
  const at = names.indexOf(ellipsis);
  const named = names.length - (at < 0 ? 0 : 1);
  let shape: Shape | undefined = facts.resolveShape(operand.shape);
  const rest = shape.find(isRest);
  if (rest && at < 0) {
    const index = shape.indexOf(rest);
    const added = names.slice(index, index + names.length - shape.length + 1).map((name) => newSymbol(name, "free"));
    if (shape.length - 1 > names.length || !facts.describe(rest, added)) return undefined;
    return facts.resolveShape(operand.shape);
  }
  if (rest) {
    shape = facts.exposeFront(shape, at, names);
    shape = shape && facts.exposeBack(shape, names.length - 1 - at, [...names].reverse());
    return shape;
  }
  const fits = at < 0 ? shape.length === named : shape.length >= named;
  return fits ? shape : refuse(`names ${at < 0 ? "" : "at least "}${named} dimensions of`, printShape(shape), operand);
}

/** Puts the operand's sizes under their names. */
function match(
  names: readonly string[],
  shape: Shape,
  operand: TensorValue,
  sizes: Sizes,
  facts: Facts,
): Refusal | undefined {
  const at = names.indexOf(ellipsis);
  const behind = at < 0 ? 0 : names.length - 1 - at;
  const own = new Map<string, Dim>();
  for (const [i, name] of names.entries()) {
    if (name === ellipsis) continue;
    const axis = at >= 0 && i > at ? shape.length - (names.length - i) : i;
    const size = shape[axis] as Dim;
    const twin = own.get(name);
    if (twin && facts.equate(twin, size) === "no")
      return refuse(`names two dimensions ${name}: ${printDim(twin)} and`, size, operand, axis);
    own.set(name, size);
    const common = unify(sizes.byName.get(name), size, facts);
    if (!common) return refuse(`has ${printDim(sizes.byName.get(name)!)} for ${name} before, and`, size, operand, axis);
    sizes.byName.set(name, common);
  }
  if (at < 0) return undefined;
  const dots = broadcast(sizes.dots ?? [], shape.slice(at, shape.length - behind), facts);
  if (dots.kind === "mismatch") return refuse(`cannot broadcast ${printDim(dots.left)} and`, dots.right, operand);
  sizes.dots = dots.shape;
  return undefined;
}

/** One size for both; a size of 1 goes with every other one. Undefined where they differ. */
function unify(known: Dim | undefined, size: Dim, facts: Facts): Dim | undefined {
  if (!known || constantValue(known) === 1) return size;
  if (constantValue(size) === 1) return known;
  const answer = facts.equate(known, size);
  if (answer !== "no") return answer === "yes" || constantValue(size) === undefined ? known : size;
  const one = { terms: [{ coefficient: 1, factors: [] }], key: "1" };
  const mayBeOne = [known, size].some((dim) => equals(dim, one) !== "no");
  return mayBeOne ? unknownSize() : undefined;
}

function operandsOf(call: OperationCall): readonly OpValue[] | undefined {
  const value = call.values.get("operands");
  if (value?.kind !== "tuple") return undefined;
  const [only] = value.items;
  if (value.items.length === 1 && only?.kind === "tuple") return only.items;
  return value.items;
}

function read(call: OperationCall): { equation: Equation; operands: readonly OpValue[] } | Outcome {
  const text = call.values.get("equation");
  const operands = operandsOf(call);
  if (text?.kind !== "str" || text.value === undefined || !operands) return unknown("the equation is not known");
  const equation = parseEquation(text.value);
  return equation ? { equation, operands } : refuse("cannot read the equation", `"${text.value}"`);
}

export const einsums: readonly Operation[] = operation("torch.einsum(equation, *operands)", {
  says: "Multiplies tensors along named dimensions and sums over those that the result does not name.",
  result: (call) => {
    const given = read(call);
    return "equation" in given ? evaluateEquation(given.equation, given.operands, call) : given;
  },
  work: (call) => {
    const given = read(call);
    return "equation" in given ? workOf(given.equation, given.operands, call) : undefined;
  },
  example: "torch.einsum('bhid,bhjd->bhij', x, y): (2, 4, 3, 8), (2, 4, 5, 8) -> (2, 4, 3, 5)",
});
