/** Reads arguments out of a call as the rows' functions need them. */
import { type Dim, constantValue } from "../shape/dim";
import { type Shape, restIndex } from "../shape/shape";
import { type OperationCall } from "./call";
import { type DType } from "./dtype";
import { type OpValue, type TensorValue, sizeNamed } from "./value";

export function tensorArgument(call: OperationCall, name: string): TensorValue | undefined {
  const value = call.values.get(name);
  return value?.kind === "tensor" ? value : undefined;
}

/** The shape of a tensor argument with all that is known of it. */
export function shapeArgument(call: OperationCall, name: string): Shape | undefined {
  const value = tensorArgument(call, name);
  return value && call.facts.resolveShape(value.shape);
}

export function sizeOf(value: OpValue | undefined): Dim | undefined {
  if (value?.kind === "unknown" && value.name !== undefined) return sizeNamed(value);
  return value?.kind === "int" ? value.value : undefined;
}

/** An integer argument whose value is known. */
export function integerArgument(call: OperationCall, name: string): number | undefined {
  const size = sizeOf(call.values.get(name));
  return size && constantValue(size);
}

/** A flag, undefined where it is not known. */
export function flagArgument(call: OperationCall, name: string): boolean | undefined {
  const value = call.values.get(name);
  return value?.kind === "bool" ? value.value : value?.kind === "none" ? false : undefined;
}

/** One or several integers: `dim=1`, `dim=(1, 2)`, `*size` given one by one or as one tuple; methods want at least one. */
export function integersArgument(call: OperationCall, name: string): (Dim | undefined)[] | undefined {
  const value = call.values.get(name);
  if (value?.kind === "int") return [value.value];
  if (value?.kind !== "tuple") return undefined;
  if (value.items.length === 0 && call.name.startsWith("Tensor.")) return undefined;
  const only = value.items.length === 1 ? value.items[0] : undefined;
  // What stands alone may be a sequence of any length.
  if (only && only.kind !== "int" && only.kind !== "tuple") return undefined;
  // Of a sequence and more behind it some methods take the sequence, and others nothing.
  if (!only && value.items.some(({ kind }) => kind === "tuple")) return undefined;
  return (only?.kind === "tuple" ? only.items : value.items).map(sizeOf);
}

/** A dimension's index counted from the front; undefined outside the rank, or where a rest hides it. */
export function axisIndex(shape: Shape, dim: number): number | undefined {
  const rest = restIndex(shape);
  if (dim >= 0) return rest < 0 ? (dim < shape.length ? dim : undefined) : dim < rest ? dim : undefined;
  const index = shape.length + dim;
  return index > rest && index >= 0 ? index : undefined;
}

/** PyTorch lets a single number have the dimension 0, where that changes nothing. */
export function isAxisOfNumber(shape: Shape, dim: number): boolean {
  return shape.length === 0 && (dim === 0 || dim === -1);
}

/** The element type that a call asks for, else the one given; undefined where the type asked for is not known. */
export function typeArgument(call: Pick<OperationCall, "values">, otherwise: DType | undefined): DType | undefined {
  const value = call.values.get("dtype");
  if (value?.kind === "dtype") return value.dtype;
  return value === undefined || value.kind === "none" ? otherwise : undefined;
}
