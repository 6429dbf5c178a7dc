/** Assignments: storing values under names, attributes and items, taking them apart, and deleting. */
import { refuse } from "../ops/call";
import { type TensorValue, unknown } from "../ops/value";
import type { AugAssign, Expression } from "../python/syntax";
import { equals } from "../shape/bounds";
import { constantValue, isUnknown, onlyAtom } from "../shape/dim";
import { type Span } from "../text/source";
import { printShape } from "../shape/notation";
import { type Shape, knownDims } from "../shape/shape";
import { classAttribute, isModuleClass, linearised, loseTrack } from "./classes";
import { removeChild } from "./containerMethods";
import { dictIn } from "./dictObjects";
import { sameObject } from "./identity";
import { storeInTensor } from "./indexing";
import { forgetArray, numbersOfArray, withNumbers, writeNumbers } from "./arrayNumbers";
import { isArray } from "./arrays";
import { type Machine, type Site, args } from "./machine";
import { binary } from "./operators";
import { writeBack } from "./objectDicts";
import { type Scope } from "./scope";
import { elementsOf, itemsFrom, unpackSize } from "./sequences";
import { forgetNumbers } from "./tensorNumbers";
import { dictKey } from "./texts";
import { extended, isOpenItems, itemsOf, knownItems, placeIn, setItems, takeOut, withOne } from "./lists";
import { type InstanceValue, type ListValue, type SliceValue, type Value, forget, hasNoItems } from "./value";
import { childrenOf, isContainer } from "./containers";

/** `target += value`. */
export function augmented(machine: Machine, node: AugAssign, scope: Scope): void {
  const before = machine.evaluate(node.target, scope);
  const change = machine.evaluate(node.value, scope);
  if (before.kind === "list" && node.operator === "+") {
    setItems(before, extended(itemsOf(before), itemsFrom(machine, change)));
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
    if (node.operator === "|")
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
  if (!differs) return sameObject({ ...value, shape: before.shape, dtype: before.dtype }, before);
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
      unpack(machine, target.elements, value, scope);
      return;
    case "Starred":
      assignTo(machine, target.value, value, scope);
      return;
    default:
      return;
  }
}

/** The first name that a size, or a number that a loop counts, gets in a function is what its shapes are shown with. */
function nameSize(name: string, value: Value, { frame }: Scope): void {
  if (value.kind !== "int" || /^_+$/.test(name)) return;
  const atom = onlyAtom(value.value);
  const isCounted = atom?.kind === "symbol" && atom.below !== undefined;
  const isOpen = atom?.kind === "symbol" || isUnknown(value.value);
  if ((!isCounted && !(frame.node && value.measured && isOpen)) || frame.sizeNames?.has(value.value.key)) return;
  frame.sizeNames ??= new Map();
  frame.sizeNames.set(value.value.key, name);
}

function assignItem(machine: Machine, container: Value, index: Value, value: Value, site: Site): void {
  if (container.kind === "tensor") storeInTensor(machine, container, index, value, site);
  else if (container.kind === "dict") {
    const key = dictKey(index);
    if (key !== undefined) container.entries.set(key, { key: index, value });
    else forget(container);
    writeBack(container);
  } else if (container.kind === "list" && index.kind === "slice") {
    setItems(container, withSlice(machine, container, index, value));
  } else if (container.kind === "list") {
    const place = placeIn(container, index);
    const items = itemsOf(container);
    const isKnown = place !== undefined && !isOpenItems(items);
    setItems(container, isKnown ? items.map((item, i) => (i === place ? value : item)) : withOne(items, value));
  } else if (container.kind === "instance" && isModuleClass(container.type)) assignChild(container, index, value);
  else if (dictIn(container)) assignInDict(machine, container, index, value, site);
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

/** An item of an object that is a dict, by its class's own way if it has one. */
function assignInDict(machine: Machine, owner: Value, index: Value, value: Value, site: Site): void {
  const own = owner.kind === "instance" ? classAttribute(linearised(owner.type), "__setitem__") : undefined;
  if (own) machine.call(own, args(owner, index, value), site);
  else assignItem(machine, dictIn(owner)!, index, value, site);
}

/** A child of a container, by name or by number. */
function assignChild(container: InstanceValue, index: Value, value: Value): void {
  const at = index.kind === "int" ? constantValue(index.value) : undefined;
  const count = childrenOf(container)?.length;
  const place = at !== undefined && at < 0 && count !== undefined ? at + count : at;
  const name = index.kind === "str" ? index.value : place === undefined ? undefined : String(place);
  if (name !== undefined && (index.kind === "str" || container.attributes.has(name)))
    container.attributes.set(name, value);
  else loseTrack(container, "which of its layers was replaced is not known");
}

function unpack(machine: Machine, targets: readonly Expression[], value: Value, scope: Scope): void {
  const names = targets.map((target) => (target.kind === "Name" ? target.id : "D"));
  const star = targets.findIndex((target) => target.kind === "Starred");
  const items = value.kind === "size" && star < 0 ? unpackSize(machine, value.of, names) : elementsOf(machine, value);
  if (hasNoItems(value)) machine.record.raise("TypeError");
  if (items && star < 0 && items.length !== targets.length) machine.record.raise("ValueError");
  if (items && targets.length > 0 && isOfTensors(items)) refuseUnpacking(machine, targets, star, items, scope);
  for (const [i, target] of targets.entries()) {
    if (!items || (star < 0 ? items.length !== targets.length : items.length < targets.length - 1)) {
      assignTo(machine, target, partOf(value), scope);
    } else if (i === star) {
      assignTo(machine, target, machine.newList(items.slice(star, items.length - (targets.length - 1 - star))), scope);
    } else {
      const item = items[star >= 0 && i > star ? items.length - (targets.length - i) : i]!;
      assignTo(machine, target, target.kind === "Name" ? sizeNamed(machine, item, target.id, scope) : item, scope);
    }
  }
}

/** `B, T = x.shape`: a size that is not known is called what its author calls it. */
function sizeNamed(machine: Machine, item: Value, name: string, scope: Scope): Value {
  if (item.kind !== "int" || !item.measured || name.startsWith("_")) return item;
  nameSize(name, item, scope);
  return { ...item, value: machine.facts.name(item.value, name) };
}

/** Pieces of a tensor, or its sizes: what else is unpacked has nothing to do with shapes. */
function isOfTensors(items: readonly Value[]): boolean {
  return items.length > 0 && items.every((item) => item.kind === "tensor" || (item.kind === "int" && item.measured));
}

function refuseUnpacking(
  machine: Machine,
  targets: readonly Expression[],
  star: number,
  items: readonly Value[],
  scope: Scope,
): void {
  const fewest = star < 0 ? targets.length : targets.length - 1;
  if (targets.length === 0 || (star < 0 ? items.length === fewest : items.length >= fewest)) return;
  const [first] = items;
  const source = first?.kind === "tensor" ? first : undefined;
  const wanted = `expects ${star < 0 ? "" : "at least "}${fewest} values`;
  const node = fromTo(targets[0]!, targets.at(-1)!);
  machine.record.refuse("unpacking", refuse(wanted, String(items.length), source), { node, scope });
}

/** From one node to another, wherever they have been moved to. */
function fromTo(first: Span, last: Span): Span {
  return {
    get start() {
      return first.start;
    },
    get end() {
      return last.end;
    },
  };
}

/** A part of something that is not known. */
function partOf(value: Value): Value {
  return unknown(value.kind === "unknown" ? value.reason : "what is unpacked is not known");
}

/**
 * `height, width = pair(size)`: what a function of the program makes of something that nobody describes. Its parts go by
 * their author's names, and are numbers where they are used as sizes.
 */
export function partsByName(value: Value, target: Expression): Value {
  if (value.kind !== "unknown" || target.kind !== "Tuple") return value;
  const names = target.elements.map((element) => (element.kind === "Name" ? element.id : undefined));
  return names.includes(undefined)
    ? value
    : { kind: "tuple", items: names.map((name) => ({ ...unknown(value.reason), name: name! })) };
}

function deleteItem(machine: Machine, owner: Value, index: Value): void {
  if (owner.kind === "list") {
    takeOut(owner, placeIn(owner, index));
  } else if (owner.kind === "dict") {
    const key = dictKey(index);
    if (key === undefined || owner.entries.get(key)?.maybe) forget(owner);
    else owner.entries.delete(key);
    writeBack(owner);
  } else if (dictIn(owner)) deleteItem(machine, dictIn(owner)!, index);
  else if (owner.kind === "instance" && isModuleClass(owner.type)) removeChild(machine, owner, index);
}

/** `del target`. */
export function deleteTarget(machine: Machine, target: Expression, scope: Scope): void {
  if (target.kind === "Name") (scope.elsewhere?.get(target.id) ?? scope).names.delete(target.id);
  if (target.kind === "Tuple" || target.kind === "List")
    for (const element of target.elements) deleteTarget(machine, element, scope);
  if (target.kind !== "Attribute" && target.kind !== "Subscript") return;
  const owner = machine.evaluate(target.value, scope);
  if (target.kind === "Subscript") deleteItem(machine, owner, machine.evaluate(target.index, scope));
  else if (owner.kind === "instance") owner.attributes.delete(target.attribute.name);
}
