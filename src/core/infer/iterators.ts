/** Lists that are read differently: iterators, which are empty once they have been read, and sets, which have no order. */
import { tensor, unknown } from "../ops/value";
import { isRest } from "../shape/shape";
import { type Machine } from "./machine";
import { dictKey } from "./texts";
import { type ListValue, type Value } from "./value";

/** What `map`, `zip` or a generator gives. */
export function iterator(machine: Machine, items: readonly Value[] | undefined): ListValue {
  return { ...listOf(machine, items), reading: "once" };
}

/** A set: of equal items it keeps the first. Nothing is known of it where it is not known which items are equal. */
export function setOf(machine: Machine, items: readonly Value[] | undefined): ListValue {
  return { ...listOf(machine, items && distinct(items)), reading: "unordered" };
}

function listOf(machine: Machine, items: readonly Value[] | undefined): ListValue {
  const contents = machine.newTable<readonly Value[] | undefined>();
  contents.set("items", items);
  return { kind: "list", contents };
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
export function eachOf(iterable: Value): Value {
  const each = knownEach(iterable);
  if (each) return each;
  if (iterable.kind === "tensor" && iterable.shape[0] && !isRest(iterable.shape[0]))
    return tensor(iterable.shape.slice(1), iterable.dtype);
  return iterable.kind === "unknown"
    ? { kind: "unknown", reason: iterable.reason }
    : unknown("what is iterated over is not known");
}

/** An iterable of unknown length over such things. */
export function streamOf(each: Value): Value {
  return { kind: "data", data: { is: "stream", each } };
}

/** Whether each item is known of something of unknown length. */
export function isStream(value: Value | undefined): boolean {
  return value !== undefined && knownEach(value) !== undefined;
}

function knownEach(value: Value): Value | undefined {
  if (value.kind === "data" && value.data.is === "stream") return value.data.each;
  if (value.kind === "list" && !value.contents.get("items")) return value.contents.get("each")?.[0];
  const hasOthers = value.kind === "instance" && value.attributes.keys().some((name) => /^\d+$/.test(name));
  return value.kind === "instance" && !hasOthers ? value.attributes.get(eachChild) : undefined;
}

/** Under this name a container of an unknown number of layers holds what each of them is like. */
export const eachChild = "?each";
