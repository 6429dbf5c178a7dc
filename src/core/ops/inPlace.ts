/** Methods that change their tensor, such as `add_`: the result must fit into the tensor that is there. */
import { equals } from "../shape/bounds";
import { type Facts } from "../shape/facts";
import { printShape } from "../shape/notation";
import { knownDims } from "../shape/shape";
import { type Outcome, isRefusal, refuse } from "./call";
import { type DType, categoryOf } from "./dtype";
import { type OpValue, tensor, unknown } from "./value";

/** What the method gives where its out-of-place twin would give `outcome`: the tensor itself, shape and type kept. */
export function keptInPlace(outcome: Outcome, receiver: OpValue | undefined, facts: Facts): Outcome {
  if (isRefusal(outcome) || outcome.kind !== "tensor" || receiver?.kind !== "tensor") return outcome;
  const own = facts.resolveShape(receiver.shape);
  const [dims, wanted] = [knownDims(own), knownDims(outcome.shape)];
  const differs =
    dims && wanted && (dims.length !== wanted.length || dims.some((size, i) => equals(size, wanted[i]!) === "no"));
  if (differs)
    return refuse(`changes ${printShape(own)} in place and`, `cannot make it ${printShape(wanted)}`, receiver);
  if (!canHold(receiver.dtype, outcome.dtype)) return unknown("the tensor cannot hold numbers of the result's type");
  return tensor(own, receiver.dtype);
}

/** A tensor of integers takes no floating numbers, and one of truth values takes no integers. */
export function canHold(own: DType | undefined, result: DType | undefined): boolean {
  return own === undefined || result === undefined || categoryOf(own) >= categoryOf(result);
}
