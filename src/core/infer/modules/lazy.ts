/** Lazy layers, which take the size that their constructor left open from their first input and become ordinary ones. */
import { type Operation, qualify } from "../../ops/define";
import { findOperation } from "../../ops/registry";
import { int } from "../../ops/value";
import { isRest } from "../../shape/shape";
import { type Arguments, type Machine, type Site } from "../machine";
import { fromOpValue } from "../tensors/opValues";
import { type InstanceValue, type Layer, type Value } from "../values/value";
import { buildLayer } from "../calls/instantiation";

/** Makes a lazy layer what it becomes; undefined, and the layer stays as it is, where the input does not say its size. */
export function growUp(
  machine: Machine,
  instance: InstanceValue,
  { operation, call }: Layer,
  given: Arguments,
  site: Site,
): Operation | undefined {
  const { layer, argument, axis } = operation.becomes!;
  const target = findOperation(qualify(layer));
  const input = given.positional[0] ?? given.keywords.get("input");
  const { facts } = machine;
  const own = input?.kind === "tensor" ? input.shape : undefined;
  const shape = own && (axis < 0 ? facts.exposeBack(own, -axis) : facts.exposeFront(own, axis + 1));
  const size = shape?.at(axis);
  if (!target || !size || isRest(size)) return undefined;
  const keywords = new Map<string, Value>([...call.values].map(([name, value]) => [name, fromOpValue(value)]));
  keywords.set(argument, int(size));
  instance.attributes.delete("?");
  return buildLayer(machine, instance, target, { positional: [], keywords, open: false }, site) ? target : undefined;
}
