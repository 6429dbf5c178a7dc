/** The gradients that tensors hold: None until somebody has computed them. */
import { type TensorValue, tensor } from "../../ops/value";
import { type Value } from "../values/value";

const gradients = new WeakSet<Value>();

/** A gradient has the sizes and the type of the tensor; who uses it knows that it is there. */
export function gradientOf({ shape, dtype }: TensorValue): TensorValue {
  const gradient = tensor(shape, dtype);
  gradients.add(gradient);
  return gradient;
}

export function isPerhapsNone(value: Value): boolean {
  return gradients.has(value);
}
