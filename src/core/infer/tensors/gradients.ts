/** The gradients that tensors hold: None until somebody has computed them. */
import { refuse } from "../../ops/call";
import { constantValue, product } from "../../shape/dim";
import { printShape } from "../../shape/notation";
import { knownDims } from "../../shape/shape";
import { type Machine, type Site } from "../machine";
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

/** Reports a tensor that surely has more than one element where one is derived, or taken for a number or a truth. */
export function refuseMany(
  machine: Machine,
  name: string,
  value: TensorValue,
  site: Site,
  needs = "one number, as mean() and sum() give it",
): void {
  const dims = knownDims(machine.facts.resolveShape(value.shape));
  const count = dims && constantValue(product(dims));
  if (count !== undefined && count > 1)
    machine.record.refuse(name, refuse(`needs ${needs}`, printShape(dims!), value), site);
}
