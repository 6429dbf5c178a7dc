/** Whether two objects are of one kind in everything that counts: what each of the blocks is like that a loop builds. */
import { sizeNamed } from "../../ops/value";
import { isOpenItems, itemsOf } from "../collections/lists";
import { sameShape } from "../../shape/shape";
import { same } from "./join";
import { fromOpValue } from "../tensors/opValues";
import { type InstanceValue, type Layer, type Value } from "./value";

/** Blocks hold blocks; what is deeper than this is not looked at. */
const deepest = 12;

/** Two objects of one class, with the same arguments and parts as far as anybody can tell. */
export function areBuiltAlike(a: InstanceValue, b: InstanceValue, depth = 0): boolean {
  if (a === b || a.attributes === b.attributes) return true;
  if (depth > deepest || !areOneClass(a.type, b.type)) return false;
  if (!haveOneLayer(a.layer.get("layer"), b.layer.get("layer"))) return false;
  const [own, others] = [a.attributes.items(), b.attributes.items()];
  return (
    own.length === others.length &&
    own.every(([name, value], i) => name === others[i]![0] && areAlike(value, others[i]![1], depth + 1))
  );
}

function areOneClass(a: InstanceValue["type"], b: InstanceValue["type"]): boolean {
  return a === b || (a.kind === "external" && b.kind === "external" && a.name === b.name);
}

function haveOneLayer(a: Layer | undefined, b: Layer | undefined): boolean {
  if (!a || !b) return a === b;
  const values = (layer: Layer): Value[] => [...layer.call.values.values()].map(fromOpValue);
  const [own, others] = [values(a), values(b)];
  const isSame = own.length === others.length && own.every((value, i) => areAlike(value, others[i]!, 0));
  return a.operation === b.operation && isSame;
}

function areAlike(a: Value, b: Value, depth: number): boolean {
  if (a.kind === "instance" && b.kind === "instance") return areBuiltAlike(a, b, depth) || same(a, b);
  if (a.kind === "tensor" && b.kind === "tensor")
    return a.stored?.kind === b.stored?.kind && a.dtype === b.dtype && sameShape(a.shape, b.shape);
  if (a.kind === "list" && b.kind === "list") {
    const [own, others] = [itemsOf(a), itemsOf(b)];
    if (isOpenItems(own) || isOpenItems(others) || own.length !== others.length) return false;
    return own.every((item, i) => areAlike(item, others[i]!, depth + 1));
  }
  if (a.kind === "unknown" && b.kind === "unknown" && a.name !== undefined && a.name === b.name)
    return sizeNamed(a).key === sizeNamed(b).key;
  return same(a, b);
}
