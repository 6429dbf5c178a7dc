/** Lists: of items that are known one by one, or of a number of items of which it is known what each is like. */
import { type TensorValue, tensorOf } from "../../ops/value";
import {
  type Dim,
  add,
  constant,
  constantValue,
  isUnknown,
  multiply,
  onlyAtom,
  subtract,
  unknownInteger,
  unknownSize,
} from "../../shape/dim";
import { type Facts } from "../../shape/facts";
import { isRest } from "../../shape/shape";
import { areBuiltAlike } from "../values/alike";
import { nextCounter } from "../statements/counters";
import { maybeObject } from "../values/identity";
import { join } from "../values/join";
import { type ListValue, type Value } from "../values/value";

/** Items that are not known one by one. */
export interface OpenItems {
  /** What each of them is like; undefined where nothing has been put in so far. */
  readonly each: Value | undefined;
  readonly count: Dim;
}

export type Items = readonly Value[] | OpenItems;

export function isOpenItems(contents: unknown): contents is OpenItems {
  return typeof contents === "object" && contents !== null && "each" in contents && "count" in contents;
}

/** Any number of anything. */
export function anything(): OpenItems {
  return { each: { kind: "unknown", reason: "what is in the list is not known" }, count: unknownSize() };
}

/** What is in a list. */
export function itemsOf({ contents, shown }: ListValue): Items {
  return shown?.() ?? contents.get("items") ?? anything();
}

/** Writes what is in a list; undefined for what is not known. */
export function setItems({ contents }: ListValue, items: Items | undefined): void {
  contents.set("items", within(mostItems.get(contents), items ?? anything()));
}

/** How many items a queue keeps at most, by where it keeps them; undefined where that is not known. */
const mostItems = new WeakMap<object, { readonly most: number | undefined }>();

/** `deque(items, maxlen=most)`: it loses those at one end when more are put in at the other. */
export function asBounded(list: ListValue, most: number | undefined): ListValue {
  mostItems.set(list.contents, { most });
  setItems(list, itemsOf(list));
  return list;
}

export function boundOf({ contents }: ListValue): { readonly most: number | undefined } | undefined {
  return mostItems.get(contents);
}

/** What a queue keeps of its items: the last ones, or the first. */
export function within(bound: { readonly most: number | undefined } | undefined, items: Items, end = "last"): Items {
  if (!bound || (!isOpenItems(items) && items.length === 0)) return items;
  const { most } = bound;
  const count = constantValue(countOf(items));
  if (most !== undefined && count !== undefined && count <= most) return items;
  if (most === undefined || isOpenItems(items)) return { ...loosened(items), count: unknownSize() };
  return end === "first" ? items.slice(0, most) : items.slice(items.length - most);
}

/** The items of a tuple, or of a list that is known. */
export function knownItems(value: Value): readonly Value[] | undefined {
  if (value.kind === "tuple") return value.items;
  const items = value.kind === "list" ? itemsOf(value) : undefined;
  return items && !isOpenItems(items) ? items : undefined;
}

/** Iterators without an end hold so many items, more of which nobody takes. */
export const endless = 1000;

const endlessLists = new WeakSet<object>();

export function asEndless(list: ListValue): ListValue {
  endlessLists.add(list.contents);
  return list;
}

/** Whether more items would come behind those that it holds. */
export function isEndless(value: Value): boolean {
  return value.kind === "list" && endlessLists.has(value.contents);
}

/** The items of a list that are not known one by one. */
export function openItems(value: Value | undefined): OpenItems | undefined {
  const items = value?.kind === "list" ? itemsOf(value) : undefined;
  return items && isOpenItems(items) ? items : undefined;
}

/** What each item of such a list is like, where anything is known of it: an item for whoever asks. */
export function eachIn(value: Value | undefined): Value | undefined {
  const each = openItems(value)?.each;
  return each && each.kind !== "unknown" ? anotherLike(each) : undefined;
}

/** The same without knowing the items one by one. */
export function loosened(items: Items, facts?: Facts): OpenItems {
  return isOpenItems(items) ? items : { each: eachOf(items, facts), count: countOf(items) };
}

/** Which items there are where nobody knows their order: Python's own objects, that nothing changes. */
const inSomeOrder = new WeakMap<OpenItems, readonly Value[]>();

/** Known items in an order that nobody knows, as those of a set of texts, or of a list that was shuffled. */
export function withoutOrder(items: readonly Value[], facts?: Facts): OpenItems {
  const open = { each: eachOf(items, facts), count: constant(items.length) };
  if (items.every(isFixed)) inSomeOrder.set(open, items);
  return open;
}

/** The items of a list of which the order alone is not known. */
export function itemsInAnyOrder(value: Value): readonly Value[] | undefined {
  const items = value.kind === "list" ? itemsOf(value) : undefined;
  return items && isOpenItems(items) ? inSomeOrder.get(items) : undefined;
}

function isFixed(value: Value): boolean {
  return value.kind === "tuple" ? value.items.every(isFixed) : fixed.has(value.kind);
}

const fixed = new Set<Value["kind"]>(["str", "int", "float", "bool", "none"]);

/** How many items there are. */
export function countOf(items: Items): Dim {
  return isOpenItems(items) ? items.count : constant(items.length);
}

/** More items are not compared to tell what they have in common. */
const mostAlike = 1000;

/** What any item is like; undefined where there is none. */
function eachOf(items: Items, facts?: Facts): Value | undefined {
  if (isOpenItems(items)) return items.each;
  return items.length <= mostAlike
    ? items.reduce<Value | undefined>((all, item) => joinItem(all, item, facts), undefined)
    : anything().each;
}

/** What two items have in common. Of those that one line makes, the history of the first stands for all. */
function joinItem(all: Value | undefined, item: Value, facts?: Facts): Value {
  if (!all) return item;
  if (all.kind === "instance" && item.kind === "instance" && areBuiltAlike(all, item)) return all;
  const joined = join(all, item, facts);
  if (joined.kind !== "tensor" || all.kind !== "tensor" || item.kind !== "tensor" || !haveOneOrigin(all, item))
    return joined;
  return maybeObject(tensorOf(joined.shape, joined.dtype, all.producer, joined.stored), all, item);
}

function haveOneOrigin({ producer: a }: TensorValue, { producer: b }: TensorValue): boolean {
  return a !== undefined && a.operation === b?.operation && a.origin.span === b.origin.span;
}

/** Longer lists are not followed item by item. */
export const longest = 10_000;

/** What is in a list behind which others are put. */
export function extended(items: Items, more: Items): Items {
  if (!isOpenItems(items) && !isOpenItems(more) && items.length + more.length <= longest) return [...items, ...more];
  return { ...joinItems(items, more), count: add(countOf(items), countOf(more)) };
}

/** What is in a list that holds others so many times over. */
export function repeated(items: Items, times: Dim): OpenItems {
  const { each, count } = loosened(items);
  return { each, count: multiply(count, times) };
}

/** What is in a list that holds one of two contents. */
export function joinItems(a: Items, b: Items, facts?: Facts): OpenItems {
  const [one, other] = [a, b].map((items) => loosened(items, facts)) as [OpenItems, OpenItems];
  return {
    each: one.each && other.each ? joinItem(one.each, other.each, facts) : (one.each ?? other.each),
    count: one.count.key === other.count.key ? one.count : unknownSize(),
  };
}

/** What is in a list after one of its items has become another value, nobody knows which. */
export function withOne(items: Items, value: Value): OpenItems {
  return { ...joinItems(items, [value]), count: countOf(items) };
}

/** Takes out the item at a place; where the place is not known, one of them. */
export function takeOut(list: ListValue, place: number | undefined): void {
  const items = itemsOf(list);
  const isKnown = !isOpenItems(items) && place !== undefined;
  const left = isKnown ? items.filter((_, i) => i !== place) : loosened(items);
  setItems(list, isOpenItems(left) ? { ...left, count: subtract(left.count, constant(1)) } : left);
}

/** The place that an index means in a list, negative ones from the end. */
export function placeIn(list: ListValue, index: Value): number | undefined {
  const at = index.kind === "int" ? constantValue(index.value) : undefined;
  const count = constantValue(countOf(itemsOf(list)));
  return at !== undefined && at < 0 ? count && at + count : at;
}

/** Another value of which just as much is known: sizes that are not known are other ones. */
export function anotherLike(value: Value): Value {
  if (value.kind === "int")
    return isUnknown(value.value) ? { kind: "int", value: anotherSize(value.value) } : (nextCounter(value) ?? value);
  if (value.kind === "tuple") return { ...value, items: value.items.map(anotherLike) };
  if (value.kind !== "tensor" || !value.shape.some((axis) => !isRest(axis) && isUnknown(axis))) return value;
  const shape = value.shape.map((axis) => (!isRest(axis) && isUnknown(axis) ? unknownSize() : axis));
  return maybeObject(tensorOf(shape, value.dtype, value.producer, value.stored), value);
}

function anotherSize(dim: Dim): Dim {
  const atom = onlyAtom(dim);
  return atom?.kind === "symbol" && atom.min >= 0 ? unknownSize() : unknownInteger();
}
