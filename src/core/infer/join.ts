/** What is known of a value that may be one of two: the same where they agree, less where they do not. */
import { type Dim, equals, isUnknown, unknownInteger, unknownSize } from "../shape/dim";
import { type Axis, type Shape, isRest, unknownShape } from "../shape/shape";
import { type Value } from "./value";

/** Whether two values are the same as far as anybody can tell. */
export function same(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case "none":
    case "unknown":
      return true;
    case "bool":
    case "float":
    case "str":
      return a.value === (b as typeof a).value;
    case "int":
      return sameSize(a.value, (b as typeof a).value);
    case "dtype":
      return a.dtype === (b as typeof a).dtype;
    case "external":
      return a.name === (b as typeof a).name;
    case "tensor":
      return a.dtype === (b as typeof a).dtype && sameShape(a.shape, (b as typeof a).shape);
    case "tuple": {
      const others = (b as typeof a).items;
      return a.items.length === others.length && a.items.every((item, i) => same(item, others[i]!));
    }
    default:
      return false;
  }
}

function sameSize(a: Dim, b: Dim): boolean {
  return a.key === b.key || (isUnknown(a) && isUnknown(b));
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((axis, i) => sameAxis(axis, b[i]!));
}

function sameAxis(a: Axis, b: Axis): boolean {
  if (isRest(a) || isRest(b)) return isRest(a) && isRest(b) && (a.id === b.id || a.origin === "unknown");
  return sameSize(a, b);
}

/** The value after two branches. */
export function join(a: Value, b: Value): Value {
  if (same(a, b)) return a;
  if (a.kind === "tensor" && b.kind === "tensor") {
    return { ...a, shape: joinShapes(a.shape, b.shape), dtype: a.dtype === b.dtype ? a.dtype : undefined };
  }
  if (a.kind === "int" && b.kind === "int") return { kind: "int", value: unknownInteger() };
  if (a.kind === "float" && b.kind === "float") return { kind: "float", value: undefined };
  if (a.kind === "bool" && b.kind === "bool") return { kind: "bool", value: undefined };
  if (a.kind === "str" && b.kind === "str") return { kind: "str", value: undefined };
  if (a.kind === "tuple" && b.kind === "tuple" && a.items.length === b.items.length) {
    return { kind: "tuple", items: a.items.map((item, i) => join(item, b.items[i]!)) };
  }
  if (a.kind === "unknown") return a;
  if (b.kind === "unknown") return b;
  return { kind: "unknown", reason: "it differs between the branches before" };
}

/** Sizes that agree stay; of shapes of different ranks nothing is known. */
export function joinShapes(a: Shape, b: Shape): Shape {
  if (a.length !== b.length || a.some(isRest) || b.some(isRest)) return sameShape(a, b) ? a : unknownShape();
  return a.map((axis, i) => (equals(axis as Dim, b[i] as Dim) === "yes" ? axis : unknownSize()));
}
