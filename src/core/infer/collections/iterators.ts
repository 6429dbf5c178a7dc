/** Lists that are read differently: iterators, which are empty once they have been read, and sets, which have no order. */
import { tensor, unknown } from "../../ops/value";
import { type Dim, constantValue } from "../../shape/dim";
import { isRest } from "../../shape/shape";
import { type Items, anotherLike, eachIn, knownItems } from "./lists";
import { holdDrawn } from "../statements/counters";
import { type Machine } from "../machine";
import { dictKey } from "../values/texts";
import { type DataValue, type DictEntry, type ListValue, type Value } from "../values/value";

/** What `map`, `zip` or a generator gives. */
export function iterator(machine: Machine, items: Items | undefined): ListValue {
  return { ...machine.newList(items), reading: "once" };
}

/** A set: of equal items it keeps the first. Nothing is known of it where it is not known which items are equal. */
export function setOf(machine: Machine, items: readonly Value[] | undefined): ListValue {
  return unordered(machine, items && distinct(items));
}

/** What is met in an order that nobody knows. */
export function unordered(machine: Machine, items: readonly Value[] | undefined): ListValue {
  const set: ListValue = { ...machine.newList(items), reading: "unordered" };
  notePlaces(set);
  return set;
}

export function isUnordered(value: Value): value is ListValue {
  return value.kind === "list" && value.reading === "unordered";
}

/** Whether Python meets the items in an order that nobody knows: that of texts is another one in each run. */
export function hasNoOrder(value: Value): boolean {
  return isUnordered(value) && inOrderOfSet(value) === undefined;
}

/** The least size of a set's table: a whole number below it stands at its own place there (CPython's Objects/setobject.c). */
const leastTable = 8;

/** Sets that hold something, or did, which may stand in the place of another item. */
const scattered = new WeakSet<object>();

/** To be told of a set whenever something was put into it. */
export function notePlaces(set: ListValue): void {
  if (!knownItems(set)?.every((item) => ownPlace(item) !== undefined)) scattered.add(set.contents);
}

/** What is left of a set may lie in a copy of its table. */
export function leaveScattered(before: ListValue, after: ListValue): void {
  if (scattered.has(before.contents)) scattered.add(after.contents);
}

/** The items of a set as Python meets them, where that is known. */
export function inOrderOfSet(set: ListValue): readonly Value[] | undefined {
  const items = knownItems(set);
  if (!items || items.length < 2) return items;
  const places = items.map(ownPlace);
  const areOwn = !scattered.has(set.contents) && !places.includes(undefined);
  return areOwn ? items.toSorted((a, b) => places[items.indexOf(a)]! - places[items.indexOf(b)]!) : undefined;
}

/** Where a small whole number stands in the table of a set. */
function ownPlace(item: Value): number | undefined {
  const place = item.kind === "int" ? constantValue(item.value) : undefined;
  return place !== undefined && place >= 0 && place < leastTable ? place : undefined;
}

function distinct(items: readonly Value[]): readonly Value[] | undefined {
  const found = new Map<string, Value>();
  for (const item of items) {
    const key = dictKey(item);
    if (key === undefined) return items.length > 1 ? undefined : items;
    if (!found.has(key)) found.set(key, item);
  }
  return [...found.values()];
}

/** What something gives that is iterated over an unknown number of times. */
export function eachOf({ facts }: Machine, iterable: Value): Value {
  const each = knownEach(iterable);
  if (each) return each;
  if (iterable.kind === "tensor") {
    const [first, ...rest] = facts.resolveShape(iterable.shape);
    if (first && !isRest(first)) return holdDrawn(tensor(rest, iterable.dtype), iterable);
  }
  return iterable.kind === "unknown"
    ? { kind: "unknown", reason: iterable.reason }
    : unknown("what is iterated over is not known");
}

/** The same for one round of a loop: a loader makes each batch anew, so what a round does to its dict does not last. */
export function eachAnew(machine: Machine, iterable: Value): Value {
  const each = eachOf(machine, iterable);
  return iterable.kind === "data" ? madeAnew(machine, anotherLike(each)) : each;
}

export function madeAnew(machine: Machine, value: Value): Value {
  if (value.kind === "tuple") return { ...value, items: value.items.map((item) => madeAnew(machine, item)) };
  const items = value.kind === "list" ? knownItems(value) : undefined;
  if (items) return machine.newList(items.map((item) => madeAnew(machine, item)));
  if (value.kind !== "dict" || value.owner) return value;
  const entries = machine.newTable<DictEntry>();
  for (const [name, entry] of value.entries.items())
    entries.set(name, { ...entry, value: madeAnew(machine, entry.value) });
  return { kind: "dict", entries };
}

/** An iterable over such things, of which nobody knows how many there are as a number. */
export function streamOf(each: Value, count?: Dim): Value {
  return { kind: "data", data: { is: "stream", each, ...(count && { count }) } };
}

/** What `iter` gives of a stream: how many of its items are left, nobody counts. */
export function startedStream(value: Value): Value {
  if (value.kind !== "data" || value.data.is !== "stream") return value;
  const { each, dataset, batches } = value.data;
  const made = started.get(value.data) ?? {
    kind: "data",
    data: { is: "stream", each, ...(dataset && { dataset }), ...(batches && { batches }) },
  };
  started.set(value.data, made);
  return made;
}

/** One is like another: where a loop begins anew, nothing else is known of it than before. */
const started = new WeakMap<object, DataValue>();

/** Whether each item is known of something of unknown length. */
export function isStream(value: Value | undefined): boolean {
  return value !== undefined && knownEach(value) !== undefined;
}

function knownEach(value: Value): Value | undefined {
  if (value.kind === "data" && value.data.is === "stream") return value.data.each;
  if (value.kind === "data" && value.data.is === "dataset") return value.data.sample;
  if (value.kind === "list") return eachIn(value);
  const hasOthers = value.kind === "instance" && value.attributes.keys().some((name) => /^\d+$/.test(name));
  return value.kind === "instance" && !hasOthers ? value.attributes.get(eachChild) : undefined;
}

/** Under these names a container of an unknown number of layers holds what each of them is like, and how many there are. */
export const eachChild = "?each";
export const childCount = "?count";
