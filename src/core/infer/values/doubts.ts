/** Values that were only assumed to be tensors: what a model gets may be a dict, a text or another model as well. */
import type { TensorValue } from "../../ops/value";
import { anyTensor } from "./usedAsTensors";
import type { Value } from "./value";

const assumed = new WeakSet<TensorValue>();

/** Those of them that something has taken as tensors since, by what computed them. */
const confirmed = new WeakSet<object>();

const identityOf = (value: TensorValue): object => value.producer ?? value;

export function assumedTensor(): TensorValue {
  const value = anyTensor();
  assumed.add(value);
  return value;
}

/** What may be one of two values is as doubtful as either. */
export function joinDoubts(joined: TensorValue, ...values: readonly TensorValue[]): TensorValue {
  if (values.some((value) => isDoubtful(value))) assumed.add(joined);
  return joined;
}

/** What is computed by methods and operators of something else is something else as well. */
const ofAnyKind =
  /^Tensor\.|^torch\.nn\.Identity$|^torch\.(add|sub|mul|div|true_divide|floor_divide|remainder|pow|neg|bitwise_\w+)$/;

/** Longer chains of methods are not looked through. */
const longest = 30;

/** Whether a value was only assumed to be a tensor, or comes of such values alone, and nothing has taken it as one so far. */
export function isDoubtful(value: Value | undefined, depth = 0): boolean {
  if (value?.kind !== "tensor" || confirmed.has(identityOf(value))) return false;
  if (assumed.has(value) || depth > longest) return true;
  const { producer } = value;
  if (!producer || !ofAnyKind.test(producer.operation) || producer.inputs.length === 0) return false;
  return producer.inputs.every((input) => isDoubtful(input, depth + 1));
}

/** A layer has got the values, or a function like one, or a method that tensors alone have. */
export function confirmTensors(values: readonly Value[]): void {
  for (const value of values) if (value.kind === "tensor") confirmed.add(identityOf(value));
}
