/** Methods that change their tensor, such as `add_`: the result must fit into the tensor that is there. */
import { equals } from "../shape/bounds";
import { type Facts } from "../shape/facts";
import { printShape } from "../shape/notation";
import { knownDims } from "../shape/shape";
import { type Outcome, isRefusal, refuse } from "./call";
import { refusedInPlace } from "./elementTypes";
import { type OpValue, tensor, unknown } from "./value";

/** What the method gives where its out-of-place twin would give `outcome`: the tensor itself, shape and type kept. */
export function keptInPlace(name: string, outcome: Outcome, receiver: OpValue | undefined, facts: Facts): Outcome {
  if (isRefusal(outcome) || outcome.kind !== "tensor" || receiver?.kind !== "tensor") return outcome;
  const own = facts.resolveShape(receiver.shape);
  const [dims, wanted] = [knownDims(own), knownDims(outcome.shape)];
  const differs =
    dims && wanted && (dims.length !== wanted.length || dims.some((size, i) => equals(size, wanted[i]!) === "no"));
  // This one makes its tensor larger.
  if (differs && name === "Tensor.addbmm_") return unknown("it may make its tensor larger");
  if (differs)
    return refuse(`changes ${printShape(own)} in place and`, `cannot make it ${printShape(wanted)}`, receiver);
  const mixed = refusedInPlace(receiver, outcome.dtype);
  if (mixed) return computes.test(name) ? mixed : unknown("the tensor cannot hold numbers of the result's type");
  return tensor(own, receiver.dtype);
}

/** Methods that put the result of a calculation into their tensor. Others, such as `copy_` and `fill_`, convert it first. */
const computes =
  /\.(add|sub|mul|multiply|div|divide|true_divide|floor_divide|pow|fmod|remainder|addcmul|addcdiv|exp|log|sqrt|rsqrt|sin|cos|tanh|sigmoid)_$/;
