/** NumPy arrays: objects around the tensor that PyTorch would make of them, with its sizes and its element type. */
import { type DType } from "../../ops/dtype";
import { type TensorValue, bool, int, numberLike, tensor, unknown, unknownData } from "../../ops/value";
import { unknownInteger } from "../../shape/dim";
import { forgotten, newInstance } from "../classes/classes";
import { candidatesOf } from "../values/candidates";
import { type Machine, type Site } from "../machine";
import { isNumber } from "../values/truth";
import { type ExternalValue, type InstanceValue, type Value, external, tensorOfArray } from "../values/value";

/** An object of NumPy's own class. */
export interface ArrayObject extends InstanceValue {
  readonly type: ExternalValue;
}

export function isArray(value: Value): value is ArrayObject {
  return value.kind === "instance" && value.type.kind === "external" && value.type.name === "numpy.ndarray";
}

/** The tensor that stands for an array, where its sizes are known. */
export function tensorInArray(value: Value | undefined): TensorValue | undefined {
  // One of two that has got another shape since.
  if (value && candidatesOf(value).some((one) => one.kind === "instance" && one.attributes.has(forgotten)))
    return undefined;
  const inside = value?.kind === "instance" ? value.attributes.get(tensorOfArray) : undefined;
  return inside?.kind === "tensor" ? inside : undefined;
}

/** A number of an array with such elements: which one is not known. */
export function numberOf(type: DType | undefined): Value {
  if (type === "bool") return bool(undefined);
  if (type === "int64") return int(unknownInteger());
  return (type ?? "").startsWith("float")
    ? numberLike(undefined, type === "float64" ? true : "perhaps")
    : unknownData("the number is not known");
}

export function arrayAround(machine: Machine, tensor: TensorValue, site: Site): InstanceValue {
  const made = newInstance(machine, external("numpy.ndarray"), site);
  made.attributes.set(tensorOfArray, tensor);
  return made;
}

/** Another array, of which only the sizes are known, made where an array is. */
export function arrayBeside({ type, origin, attributes, layer }: InstanceValue, tensor: TensorValue): InstanceValue {
  const made: InstanceValue = {
    kind: "instance",
    type,
    attributes: attributes.beside(),
    layer: layer.beside(),
    origin,
  };
  made.attributes.set(tensorOfArray, tensor);
  return made;
}

/** What an operation gives that was done with tensors in place of arrays; NumPy has other rules for element types. */
export function arrayFrom(
  machine: Machine,
  result: Value,
  from: readonly Value[],
  dtype: DType | undefined,
  site: Site,
): InstanceValue | undefined {
  if (result.kind !== "tensor") return undefined;
  const types = from.flatMap((value) => tensorInArray(value) ?? []).map((tensor) => tensor.dtype);
  const keepsType = types.length > 0 && types.every((type) => type === result.dtype);
  const isAlike = keepsType || result.dtype === "bool" || (types.length === 0 && result.dtype === "int64");
  // Where PyTorch makes fractions of whole numbers, NumPy makes its own.
  const areWhole = types.length > 0 && types.every((type) => type === "int64" || type === "int32");
  const own = isAlike ? result.dtype : areWhole && result.dtype === "float32" ? "float64" : undefined;
  return arrayAround(machine, { ...result, dtype: dtype ?? own }, site);
}

/** A tensor of any element type: NumPy mixes them where PyTorch does not. */
export const ofAnyType = (value: Value): Value => (value.kind === "tensor" ? tensor(value.shape, undefined) : value);

/**
 * An operator between arrays, or an array and a number; undefined where neither is an array. With NumPy's `name` for it
 * what does not fit together is reported.
 */
export function onArrays(
  machine: Machine,
  left: Value,
  right: Value,
  operate: (left: Value, right: Value) => Value,
  site: Site,
  name?: string,
): Value | undefined {
  const operands = [left, right].map((value) => tensorInArray(value) ?? (isNumber(value) ? value : undefined));
  const [a, b] = operands;
  if (!a || !b || (a.kind !== "tensor" && b.kind !== "tensor")) return undefined;
  const result = machine.record.silently(() => operate(a, b));
  if (name && result.kind === "unknown") machine.record.refusedAlike(name, () => operate(ofAnyType(a), ofAnyType(b)));
  return arrayFrom(machine, result, [left, right], undefined, site) ?? unknown("the array is not known");
}

/** Likewise an operator in front of an array. */
export function onArray(
  machine: Machine,
  operand: Value,
  operate: (operand: TensorValue) => Value,
  site: Site,
): Value | undefined {
  const inside = tensorInArray(operand);
  return (
    inside &&
    arrayFrom(
      machine,
      machine.record.silently(() => operate(inside)),
      [operand],
      undefined,
      site,
    )
  );
}
