/** Conditions on arguments that rows share and that a condition over sizes cannot say. */
import { equals } from "../shape/bounds";
import { type Dim, constant, constantValue } from "../shape/dim";
import { floorDivide, modulo } from "../shape/division";
import { printDim, printShape } from "../shape/notation";
import { knownDims } from "../shape/shape";
import { shapeArgument, tensorArgument } from "./arguments";
import { type OperationCall, type Refusal, refuse } from "./call";
import { type SizeFunction, isDim } from "./sizes";

/** `evenly(a, b)`: a // b, which must come out even. */
export const evenly: SizeFunction = ([size, divisor]) => {
  if (!isDim(size) || !isDim(divisor)) return undefined;
  const rest = constantValue(modulo(size, divisor)) ?? 0;
  return rest === 0 ? floorDivide(size, divisor) : refuse(`expects a size divisible by ${printDim(divisor)}`, size);
};

/** A bias holds one number for each feature or channel of the result; only `one` for all is let through elsewhere. */
export function biasFits(call: OperationCall, features: Dim | undefined, one = false): Refusal | undefined {
  const bias = shapeArgument(call, "bias");
  const dims = bias && knownDims(bias);
  if (!dims || !features) return undefined;
  const isOne =
    one && (dims.length === 0 || (dims.length === 1 && equals(call.facts.resolve(dims[0]!), constant(1)) !== "no"));
  // What is added to a product of two matrices may be one itself.
  if (one && dims.length > 1) return undefined;
  if (isOne || (dims.length === 1 && call.facts.equate(dims[0]!, features) !== "no")) return undefined;
  return refuse(`expects a bias of ${printDim(features)} numbers`, printShape(dims), tensorArgument(call, "bias"));
}

/** The size of one dimension of a weight. */
export function weightSize(call: OperationCall, axis: number): Dim | undefined {
  const shape = shapeArgument(call, "weight");
  return shape && knownDims(shape)?.[axis];
}

/** A share of the elements that are dropped lies between 0 and 1. */
export function proportion(call: OperationCall): Refusal | undefined {
  for (const name of ["p", "dropout"]) {
    const value = call.values.get(name);
    const share =
      value?.kind === "float" ? value.value : value?.kind === "int" ? constantValue(value.value) : undefined;
    if (share !== undefined && (share < 0 || share > 1)) return refuse(`needs ${name} between 0 and 1`, String(share));
  }
  return undefined;
}
