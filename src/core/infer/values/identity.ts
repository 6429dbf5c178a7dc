/**
 * Which tensors are one and the same Python object. Tensor values never change: what an operation does in place gives a new
 * value for the old object, and a change of its shape is written to every place that holds the object. So is another class.
 */
import { type Producer, type TensorValue, tensorOf } from "../../ops/value";
import { sameShape, unknownShape } from "../../shape/shape";
import { isOpenItems } from "../collections/lists";
import { isEntry, isValue } from "../memory/places";
import { type Machine } from "../machine";
import { type ClassValue, type InstanceValue, type Value } from "./value";

/** The objects that a value may be, where it is not just one that nothing else is. */
const objects = new WeakMap<TensorValue, readonly object[]>();

/** What stands for the objects that a value may be: the first value of each. */
export function objectsOf(value: TensorValue): readonly object[] {
  return objects.get(value) ?? [value];
}

/** The operation of `x[i] = y`, with `x` and `y` as its inputs. */
export const writing = "Tensor.__setitem__";

/** What was written into parts of a tensor, the last first. */
export function* writesOf(producer: Producer | undefined): Iterable<Producer> {
  for (let at = producer; at?.operation === writing; at = at.inputs[0]?.producer) yield at;
}

/** A new value for the same object. */
export function sameObject(value: TensorValue, as: TensorValue): TensorValue {
  objects.set(value, objectsOf(as));
  return value;
}

/** A value that may be one of several objects, as `x.contiguous()` may be `x`. */
export function maybeObject(value: TensorValue, ...others: readonly TensorValue[]): TensorValue {
  objects.set(value, [...new Set(others.flatMap(objectsOf))]);
  return value;
}

const sources = new WeakMap<TensorValue, readonly TensorValue[]>();

/** Of which values one was joined: nobody knows which of them it is, so that no operation has computed it. */
export function sourcesOf(value: TensorValue): readonly TensorValue[] | undefined {
  return sources.get(value);
}

export function joinedOf(value: TensorValue, ...others: readonly TensorValue[]): TensorValue {
  sources.set(value, others);
  return maybeObject(value, ...others);
}

/** Whether some operation has computed a value, or what it was, of which nobody knows any more which one. */
export function hasLostHistory(value: TensorValue): boolean {
  return !value.producer && objectsOf(value).some((object) => (object as TensorValue).producer !== undefined);
}

/** Places looked at for which one step is counted. */
const placesPerStep = 200;

/**
 * An object has been changed: every place that holds it holds the new value. Of those that may hold it nobody knows where
 * their values came from, nor their shape if it has got another one.
 */
export function replaceObject(machine: Machine, before: TensorValue, after: TensorValue): TensorValue {
  const old = objectsOf(before);
  const wanted = new Set(old);
  const sure = old.length === 1;
  const given = sameObject(tensorOf(after.shape, after.dtype, after.producer, after.stored), before);
  const keepsShape = sameShape(before.shape, after.shape) && before.dtype === after.dtype;
  const known = sure || keepsShape ? given : withoutShape(before);
  const change = (value: Value): Value => {
    if (value.kind !== "tensor") return value;
    const own = objectsOf(value);
    if (!own.some((object) => wanted.has(object))) return value;
    if (value === before || (sure && own.length === 1)) return known;
    return keepsShape ? withoutHistory(value) : withoutShape(value);
  };
  replaceAll(machine, change);
  return known;
}

/** `value.__class__ = type`: every place that holds the object holds one of the other class, with the same attributes. */
export function replaceClass(machine: Machine, before: InstanceValue, type: ClassValue): void {
  const after: InstanceValue = { ...before, type };
  replaceAll(machine, (value) => (value === before ? after : value));
}

function replaceAll(machine: Machine, change: (value: Value) => Value): void {
  let places = 0;
  for (const table of machine.trail.tables) {
    if (table.holdsNotes || table.isOver) continue;
    for (const [key, value] of table.items()) {
      if (places++ % placesPerStep === 0) machine.step();
      const changed = replaced(value, change);
      if (changed !== value) table.set(key, changed);
    }
  }
}

/** The same tensor with a shape of which nothing is known. */
export function withoutShape(value: TensorValue): TensorValue {
  return sameObject(tensorOf(unknownShape(), value.dtype, undefined, value.stored), value);
}

/** One of several that may have been changed, seen after a change of the one that it may be. */
function uncertain(before: Value, after: TensorValue): TensorValue {
  const keepsShape = before.kind === "tensor" && sameShape(before.shape, after.shape);
  return keepsShape ? withoutHistory(after) : withoutShape(after);
}

function withoutHistory(value: TensorValue): TensorValue {
  return sameObject(tensorOf(value.shape, value.dtype, undefined, value.stored), value);
}

function replaced(held: unknown, change: (value: Value) => Value): unknown {
  if (Array.isArray(held)) return allReplaced(held, change);
  if (isEntry(held)) {
    const value = replaced(held.value, change) as Value;
    return value === held.value ? held : { ...held, value };
  }
  if (isOpenItems(held)) {
    const each = replaced(held.each, change) as Value | undefined;
    // It was one of them, nobody knows which.
    return each === held.each ? held : { ...held, each: each?.kind === "tensor" ? uncertain(held.each!, each) : each };
  }
  if (!isValue(held)) return held;
  if (held.kind === "tensor" || held.kind === "instance") return change(held);
  if (held.kind !== "tuple") return held;
  const items = allReplaced(held.items, change) as readonly Value[];
  return items === held.items ? held : { ...held, items };
}

function allReplaced(items: readonly unknown[], change: (value: Value) => Value): readonly unknown[] {
  const changed = items.map((item) => replaced(item, change));
  return changed.some((item, i) => item !== items[i]) ? changed : items;
}
