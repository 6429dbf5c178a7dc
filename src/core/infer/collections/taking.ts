/**
 * Taking items out of iterators. One that is made of another, such as `enumerate(batches)`, takes from it only what is taken
 * from itself: behind a `break`, a `next` or an `islice` the rest is still there.
 */
import { begin, isCurrent, settle } from "../calls/later";
import { type Machine } from "../machine";
import { type ListValue, type Value } from "../values/value";
import { iterator } from "./iterators";
import { isEndless, knownItems, setItems } from "./lists";

/** What an iterator is made of. */
export interface Source {
  readonly from: Value;
  /** How many of its items are gone when so many of the new ones have been taken. */
  readonly taken: (count: number) => number;
  /** How many are when the new one has come to its end. */
  readonly all: number;
}

interface Link {
  /** How many items there were at first. */
  readonly count: number;
  readonly sources: readonly (Omit<Source, "from"> & { readonly list: ListValue; readonly items: readonly Value[] })[];
}

const links = new WeakMap<ListValue["contents"], Link>();

export function isIterator(value: Value): value is ListValue {
  return value.kind === "list" && value.reading === "once";
}

/** The items of an iterator that are left, without taking them. */
export function itemsAhead(list: ListValue): readonly Value[] | undefined {
  return isEndless(list) || !isInStep(list) ? undefined : knownItems(list);
}

/** An iterator over items that are made of those of others; undefined where they are not known, and how many are taken. */
export function drawn(machine: Machine, items: readonly Value[] | undefined, sources: readonly Source[]): ListValue {
  const own = sources.filter(
    (source): source is Source & { from: ListValue } => source.from.kind === "list" && !isEndless(source.from),
  );
  // One that is asked twice in a round gives another item each time.
  const roots = own.flatMap(({ from }) => [...rootsOf(from)]);
  const isShared = new Set(roots).size < roots.length;
  const made = iterator(machine, isShared ? undefined : items);
  const link = own.flatMap(({ from: list, ...source }) => {
    const there = isIterator(list) ? itemsAhead(list) : knownItems(list);
    return there ? [{ ...source, list, items: there }] : [];
  });
  if (items && !isShared && link.length === own.length)
    links.set(made.contents, { count: items.length, sources: link });
  else for (const { from } of own) if (isIterator(from)) forgetItems(from);
  return made;
}

/** The iterators that something takes from. */
function* rootsOf(list: ListValue): Iterable<object> {
  if (!isIterator(list)) return;
  yield list.contents;
  for (const source of links.get(list.contents)?.sources ?? []) yield* rootsOf(source.list);
}

/** As many are gone as are taken. */
export const same: Source["taken"] = (count) => count;

/** How many items are gone when so many of some of them have been taken, which stand at these places. */
export function behind(places: readonly number[]): Source["taken"] {
  return (count) => (count === 0 ? 0 : places[count - 1]! + 1);
}

/** Takes so many items, or all that are left; undefined where it is not known which ones they are. */
export function take(list: ListValue, count?: number): readonly Value[] | undefined {
  const items = knownItems(list);
  if (!items || !isInStep(list)) {
    forgetItems(list);
    if (count === undefined) settle(list);
    return undefined;
  }
  const taken = items.slice(0, count);
  setItems(list, items.slice(taken.length));
  const link = links.get(list.contents);
  for (const { list: source, items: all, ...steps } of link?.sources ?? []) {
    if (!isIterator(source)) continue;
    const gone = count === undefined ? steps.all : steps.taken(link!.count - items.length + taken.length);
    const before = all.length - (knownItems(source)?.length ?? 0);
    take(source, count === undefined && gone >= all.length ? undefined : gone - before);
  }
  if (count === undefined || taken.length === items.length) settle(list);
  else if (taken.length > 0) begin(list);
  return taken;
}

/** Nobody knows how many items have been taken. */
export function forgetItems(list: ListValue): void {
  setItems(list, undefined);
  for (const { list: source } of links.get(list.contents)?.sources ?? []) if (isIterator(source)) forgetItems(source);
}

/** Whether nobody else has taken from what an iterator is made of, or changed it. */
function isInStep(list: ListValue): boolean {
  if (!isCurrent(list)) return false;
  const link = links.get(list.contents);
  const given = link && link.count - (knownItems(list)?.length ?? 0);
  return (link?.sources ?? []).every(({ list: source, items, taken }) => {
    const left = knownItems(source);
    const gone = taken(given!);
    // Of a list those may have changed that are taken already.
    if (!isIterator(source))
      return (
        left === items || (left?.length === items.length && left.every((item, i) => i < gone || item === items[i]))
      );
    return left?.length === items.length - gone && left[0] === items[gone] && isInStep(source);
  });
}
