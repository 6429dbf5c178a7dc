/** Assignments: storing values under names, attributes and items, taking them apart, and deleting. */
import { refuse } from "../../ops/call";
import { refusedInPlace } from "../../ops/elementTypes";
import { type TensorValue, str, unknown } from "../../ops/value";
import type { AugAssign, Expression } from "../../python/syntax";
import { equals } from "../../shape/bounds";
import { constantValue } from "../../shape/dim";
import { printShape } from "../../shape/notation";
import { type Shape, knownDims } from "../../shape/shape";
import { classAttribute, isModuleClass, linearised, loseTrack } from "../classes/classes";
import { removeChild } from "../modules/containerMethods";
import { dictIn } from "../classes/dictObjects";
import { sameObject } from "../values/identity";
import { storeInTensor } from "../tensors/indexing";
import { forgetArray, numbersOfArray, withNumbers, writeNumbers } from "../tensors/arrayNumbers";
import { isArray } from "../tensors/arrays";
import { type Machine, type Site, args } from "../machine";
import { binary } from "../expressions/operators";
import { writeBack } from "../classes/objectDicts";
import { type Scope, lookup } from "../memory/scope";
import { candidatesOf, changeOneOf } from "../values/candidates";
import { isNumber } from "../values/truth";
import { placesOf } from "../collections/slices";
import { elementsOf, itemsFrom } from "../collections/elements";
import { removePart, setPart } from "../modules/stored";
import { forgetNumbers } from "../tensors/tensorNumbers";
import { dictKey } from "../values/texts";
import { extended, isOpenItems, itemsOf, knownItems, placeIn, setItems, takeOut, withOne } from "../collections/lists";
import { isCounter, storeSomewhere } from "../collections/dictValues";
import { type InstanceValue, type ListValue, type SliceValue, type Value, forget } from "../values/value";
import { childrenOf, isContainer } from "../modules/containers";
import { ownChange, ownMethod } from "../classes/specialMethods";
import { noteCallbacks } from "../calls/callbacks";
import { nameSize, unpacked } from "./unpacking";

/** `target += value`. */
export function augmented(machine: Machine, node: AugAssign, scope: Scope): void {
  // A number that becomes a tensor here is shown as what it becomes.
  const number = node.target.kind === "Name" ? lookup(scope, node.target.id) : undefined;
  const before = isNumber(number) ? number : machine.evaluate(node.target, scope);
  const change = machine.evaluate(node.value, scope);
  for (const one of candidatesOf(before)) if (one.kind === "list" || one.kind === "dict") forget(one);
  if (before.kind === "list" && node.operator === "+") {
    setItems(before, extended(itemsOf(before), itemsFrom(machine, change)));
    return;
  }
  const own = ownChange(machine, node.operator, before, change, { node, scope });
  if (own) {
    assignTo(machine, node.target, own, scope);
    return;
  }
  const value = binary(machine, node.operator, before, change, { node, scope });
  forgetNumbers(before);
  if (isArray(before)) {
    forgetArray(before);
    const numbers = numbersOfArray(value);
    if (numbers) withNumbers(before, numbers);
    assignTo(machine, node.target, isArray(value) ? before : value, scope);
    return;
  }
  if (before.kind === "list") {
    setItems(before, knownItems(value));
    return;
  }
  if (before.kind === "dict") {
    // `|=` is the dict's `update`.
    if (node.operator === "|" && !isCounter(before))
      machine.call(machine.attribute(before, "update", { node, scope }), args(change), { node, scope });
    else forget(before);
    return;
  }
  if (before.kind === "instance" && node.operator === "+" && isContainer(before)) {
    machine.call(machine.attribute(before, "extend", { node, scope }), args(change), { node, scope });
    return;
  }
  assignTo(
    machine,
    node.target,
    before.kind === "tensor" ? keptShape(machine, before, value, node, scope) : value,
    scope,
  );
}

/** A tensor is changed in place, so that its shape and type stay: broadcasting may only widen the other operand. */
function keptShape(machine: Machine, before: TensorValue, value: Value, node: AugAssign, scope: Scope): Value {
  if (value.kind !== "tensor" || node.operator === "@") return value;
  const [own, result] = [before, value].map(({ shape }) => machine.facts.resolveShape(shape)) as [Shape, Shape];
  const [dims, wanted] = [knownDims(own), knownDims(result)];
  const differs =
    dims && wanted && (dims.length !== wanted.length || dims.some((size, i) => equals(size, wanted[i]!) === "no"));
  const mixed = refusedInPlace(before, value.dtype);
  if (mixed) machine.record.refuse(value.producer?.operation ?? "torch.add", mixed, { scope, node });
  if (!differs)
    return sameObject({ ...value, shape: before.shape, dtype: before.dtype, stored: before.stored }, before);
  const refusal = refuse(`changes ${printShape(own)} in place and`, `cannot make it ${printShape(result)}`, before);
  machine.record.refuse(value.producer?.operation ?? "torch.add", refusal, { scope, node });
  return unknown("the shapes do not fit");
}

/** Stores a value under a target: a name, an attribute, an item, or several targets that take it apart. */
export function assignTo(machine: Machine, target: Expression, value: Value, scope: Scope): void {
  machine.remember(target, value, scope);
  switch (target.kind) {
    case "Name":
      nameSize(target.id, value, scope);
      (scope.elsewhere?.get(target.id) ?? scope).names.set(target.id, value);
      return;
    case "Attribute":
      machine.setAttribute(machine.evaluate(target.value, scope), target.attribute.name, value, {
        node: target,
        scope,
      });
      return;
    case "Subscript":
      assignItem(machine, machine.evaluate(target.value, scope), machine.evaluate(target.index, scope), value, {
        node: target,
        scope,
      });
      return;
    case "Tuple":
    case "List":
      for (const [part, own] of unpacked(machine, target.elements, value, scope)) assignTo(machine, part, own, scope);
      return;
    case "Starred":
      assignTo(machine, target.value, value, scope);
      return;
    default:
      return;
  }
}

function assignItem(machine: Machine, container: Value, index: Value, value: Value, site: Site): void {
  changeOneOf(
    machine,
    container,
    (one) => {
      assignItem(machine, one, index, value, site);
    },
    site.scope,
  );
  if (container.kind === "unknown" || container.kind === "external") noteCallbacks(machine, args(value), site);
  const own = ownMethod(container, "__setitem__");
  if (own) machine.call(own, args(container, index, value), site);
  else if (container.kind === "tensor") storeInTensor(machine, container, index, value, site);
  else if (container.kind === "dict") {
    const key = dictKey(index);
    if (key !== undefined) container.entries.set(key, { key: index, value });
    else storeSomewhere(container, value);
    writeBack(container);
  } else if (container.kind === "list" && index.kind === "slice") {
    setItems(container, withSlice(machine, container, index, value));
  } else if (container.kind === "list") {
    const place = placeIn(container, index);
    const items = itemsOf(container);
    const isKnown = place !== undefined && !isOpenItems(items);
    setItems(container, isKnown ? items.map((item, i) => (i === place ? value : item)) : withOne(items, value));
  } else if (container.kind === "instance" && isModuleClass(container.type)) assignChild(container, index, value);
  else if (dictIn(container)) assignItem(machine, dictIn(container)!, index, value, site);
  else if (isArray(container)) writeNumbers(container, index, value);
}

/** What a list holds after `items[1:3] = others`; undefined where that is not known. */
function withSlice(
  machine: Machine,
  list: ListValue,
  { lower, upper, step }: SliceValue,
  value: Value,
): readonly Value[] | undefined {
  const items = knownItems(list);
  const added = elementsOf(machine, value);
  const bounds = [lower, upper].map((bound) =>
    bound.kind === "none" ? null : bound.kind === "int" ? constantValue(bound.value) : undefined,
  );
  if (!items || !added || bounds.includes(undefined) || step.kind !== "none") return undefined;
  const start = placeOf(bounds[0] ?? 0, items.length);
  const end = Math.max(start, placeOf(bounds[1] ?? items.length, items.length));
  return [...items.slice(0, start), ...added, ...items.slice(end)];
}

/** A bound of a slice from the front, inside of the list. */
function placeOf(bound: number, length: number): number {
  return Math.min(length, Math.max(0, bound < 0 ? bound + length : bound));
}

/** A child of a container, by name or by number. */
function assignChild(container: InstanceValue, index: Value, value: Value): void {
  const at = index.kind === "int" ? constantValue(index.value) : undefined;
  const count = childrenOf(container)?.length;
  const place = at !== undefined && at < 0 && count !== undefined ? at + count : at;
  const name = index.kind === "str" ? index.value : place === undefined ? undefined : String(place);
  if (name !== undefined && (index.kind === "str" || container.attributes.has(name))) setPart(container, name, value);
  else loseTrack(container, "which of its layers was replaced is not known");
}

function deleteItem(machine: Machine, owner: Value, index: Value, site: Site): void {
  const own = ownMethod(owner, "__delitem__");
  if (own) machine.call(own, args(owner, index), site);
  else if (owner.kind === "list" && index.kind === "slice") {
    const items = knownItems(owner);
    const places = items && placesOf(items.length, index);
    setItems(owner, places && items.filter((_, i) => !places.includes(i)));
  } else if (owner.kind === "list") {
    takeOut(owner, placeIn(owner, index));
  } else if (owner.kind === "dict") {
    const key = dictKey(index);
    if (key === undefined || owner.entries.get(key)?.maybe) forget(owner);
    else owner.entries.delete(key);
    writeBack(owner);
  } else if (dictIn(owner)) deleteItem(machine, dictIn(owner)!, index, site);
  else if (owner.kind === "instance" && isModuleClass(owner.type)) removeChild(machine, owner, index);
}

/** `del target`. */
export function deleteTarget(machine: Machine, target: Expression, scope: Scope): void {
  if (target.kind === "Name") (scope.elsewhere?.get(target.id) ?? scope).names.delete(target.id);
  if (target.kind === "Tuple" || target.kind === "List")
    for (const element of target.elements) deleteTarget(machine, element, scope);
  if (target.kind !== "Attribute" && target.kind !== "Subscript") return;
  const owner = machine.evaluate(target.value, scope);
  const site: Site = { node: target, scope };
  if (target.kind === "Subscript") deleteItem(machine, owner, machine.evaluate(target.index, scope), site);
  else if (ownMethod(owner, "__delattr__"))
    machine.call(ownMethod(owner, "__delattr__")!, args(owner, str(target.attribute.name)), site);
  else if (owner.kind === "instance") {
    const own = classAttribute(linearised(owner.type), target.attribute.name);
    const deleter = own?.kind === "function" ? own.deleter : undefined;
    if (deleter) machine.call(deleter, args(owner), site);
    else removePart(owner, target.attribute.name);
  }
}
