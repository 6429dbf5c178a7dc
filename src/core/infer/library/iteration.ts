/** Built-in functions over iterables: `zip`, `map`, `sorted` and their like. */
import { runLater } from "../calls/later";
import { bool, int, none, unknown } from "../../ops/value";
import { unknownSize } from "../../shape/dim";
import { type Machine, type Site, args } from "../machine";
import { classAttribute, linearised } from "../classes/classes";
import { ownMethod } from "../classes/specialMethods";
import { openChildren } from "../modules/containers";
import { eachAnew, startedStream, isStream, iterator, setOf } from "../collections/iterators";
import { countOfData, elementsAhead, elementsInAnyOrder, elementsOf, itemsFrom } from "../collections/elements";
import { type Source, behind, drawn, forgetItems, isIterator, itemsAhead, same, take } from "../collections/taking";
import { asNumber, truthOf } from "../values/truth";
import { range } from "./ranges";
import { type ListValue, type Value, hasNoItems, tensorOfArray } from "../values/value";
import { type Builtin, type Functions } from "./given";
import {
  type Items as Contents,
  isOpenItems,
  itemsInAnyOrder,
  knownItems,
  loosened,
  openItems,
} from "../collections/lists";
import { type Items, enumerate, map, tuple, zip } from "./rounds";

/** The lists of several iterables; undefined where one of them is not known. */
export function allItems(machine: Machine, iterables: Items): Items[] | undefined {
  const lists = iterables.map((value) => elementsOf(machine, value));
  return lists.includes(undefined) ? undefined : (lists as Items[]);
}

const len: Builtin = (machine, { positional: [value] }, site) => {
  const own = value?.kind === "instance" && classAttribute(linearised(value.type), "__len__");
  if (value && own && own.kind === "function")
    return machine.call(machine.attribute(value, "__len__", site), args(), site);
  const sized = value?.kind === "instance" ? value.attributes.get(tensorOfArray) : value;
  if (sized?.kind === "tensor") {
    const [first] = machine.facts.resolveShape(sized.shape);
    if (first && !("kind" in first)) return { kind: "int", value: first, measured: true };
  }
  const isIterator = value?.kind === "list" && value.reading === "once";
  if (value && (hasNoItems(value) || isIterator)) machine.record.raise("TypeError");
  const items = value && elementsInAnyOrder(machine, value);
  if (items) return int(items.length);
  const batches = value?.kind === "data" && value.data.is === "stream" ? value.data.batches : undefined;
  const count = value && (openItems(value)?.count ?? openChildren(value)?.count ?? batches ?? countOfData(value));
  if (count) return int(count);
  return int(unknownSize());
};

/** `slice(stop)`, `slice(start, stop, step)`. */
const slice: Builtin = (_, { positional: [first = none, ...others] }) =>
  others.length === 0
    ? { kind: "slice", lower: none, upper: first, step: none }
    : { kind: "slice", lower: first, upper: others[0]!, step: others[1] ?? none };

/** The list of what an iterable gives, transformed. */
function listing(
  transform: (items: Items) => Items,
  give: (machine: Machine, items: Contents) => Value = iterator,
): Builtin {
  return (machine, { positional: [value] }) => {
    if (value && hasNoItems(value)) machine.record.raise("TypeError");
    const items = value ? itemsFrom(machine, value) : [];
    return give(machine, isOpenItems(items) ? items : transform(items));
  };
}

const set: Builtin = (machine, { positional: [value] }) =>
  setOf(machine, value ? (itemsInAnyOrder(value) ?? elementsInAnyOrder(machine, value)) : []);

/** The items that pass a test, or those that do not. */
export const filtered = (wanted: boolean): Builtin =>
  lazily((machine, { positional: [test, value] }, site) => {
    const items = value && elementsAhead(machine, value);
    if (!test || !items) return drawn(machine, undefined, value ? [{ from: value, taken: same, all: 0 }] : []);
    const truths = items.map((item) =>
      truthOf(test.kind === "none" ? item : machine.record.asHeld(() => machine.call(test, args(item), site))),
    );
    return picked(machine, value, items, truths, wanted);
  });

/** Those of the items of which something is `wanted`. */
export function picked(
  machine: Machine,
  from: Value,
  items: Items,
  truths: readonly (boolean | undefined)[],
  wanted = true,
): ListValue {
  const kept = items.flatMap((_, i) => (truths[i] === wanted ? [i] : []));
  const source: Source = { from, taken: behind(kept), all: items.length };
  return drawn(machine, truths.includes(undefined) ? undefined : kept.map((i) => items[i]!), [source]);
}

/** What gives an iterator computes its items when they are taken. */
export const lazily =
  (run: (...given: Parameters<Builtin>) => ListValue): Builtin =>
  (machine, given, site) =>
    runLater(machine, site.scope, () => run(machine, given, site))!;

/**
 * Which of two values comes first, as numbers, texts or tuples of them; undefined where that is not known. Texts are ordered
 * by code points, which for texts of one plane is the order of their units.
 */
function compared(a: Value, b: Value): number | undefined {
  if (a.kind === "tuple" && b.kind === "tuple") {
    for (const [i, item] of a.items.slice(0, b.items.length).entries()) {
      const found = compared(item, b.items[i]!);
      if (found !== 0) return found;
    }
    return a.items.length - b.items.length;
  }
  const [first, second] = a.kind === "str" && b.kind === "str" ? [a.value, b.value] : [asNumber(a), asNumber(b)];
  if (first === undefined || second === undefined) return undefined;
  return first === second ? 0 : first < second ? -1 : 1;
}

/** The items in order; undefined where what they are ordered by is not known. */
export function sortedItems(
  machine: Machine,
  items: Items,
  keywords: ReadonlyMap<string, Value>,
  site: Site,
): Items | undefined {
  const key = keywords.get("key");
  const turned = truthOf(keywords.get("reverse") ?? bool(false));
  const keys = items.map((item) => (key && key.kind !== "none" ? machine.call(key, args(item), site) : item));
  let isKnown = turned !== undefined;
  const inOrder = (a: number, b: number): number => {
    const found = compared(keys[a]!, keys[b]!);
    isKnown &&= found !== undefined;
    return (turned ? -1 : 1) * (found ?? 0) || a - b;
  };
  const order = items.map((_, i) => i).sort(inOrder);
  return isKnown ? order.map((i) => items[i]!) : undefined;
}

const sorted: Builtin = (machine, { positional: [value], keywords }, site) => {
  const items = value && (itemsInAnyOrder(value) ?? elementsInAnyOrder(machine, value));
  return machine.newList(items ? (sortedItems(machine, items, keywords, site) ?? loosened(items)) : openItems(value));
};

/** What asks one after the other leaves those behind the one that decides. */
function takeUntil(list: ListValue, truths: readonly (boolean | undefined)[] | undefined, wanted: boolean): void {
  const place = truths?.findIndex((truth) => truth !== !wanted);
  if (place === undefined || truths?.[place] !== undefined)
    take(list, place === undefined || place < 0 ? undefined : place + 1);
  else forgetItems(list);
}

const every: (wanted: boolean) => Builtin =
  (wanted) =>
  (machine, { positional: [value] }) => {
    const ahead = value && isIterator(value) ? itemsAhead(value) : undefined;
    const truths = (ahead ?? (value && elementsInAnyOrder(machine, value)))?.map(truthOf);
    if (value && isIterator(value)) takeUntil(value, truths, !wanted);
    if (!truths) return bool(undefined);
    if (truths.includes(!wanted)) return bool(!wanted);
    return bool(truths.includes(undefined) ? undefined : wanted);
  };

/** A tuple that the old constructors of tensors take for a size. */
const makeSize: Builtin = (machine, given, site) => {
  const made = makeTuple(machine, given, site);
  return made.kind === "tuple" ? { ...made, isSize: true } : made;
};

const makeTuple: Builtin = (machine, { positional: [value] }) => {
  if (value && hasNoItems(value)) machine.record.raise("TypeError");
  const items = value ? elementsOf(machine, value) : [];
  return items ? tuple(items) : unknown("the tuple is not known");
};

const next: Builtin = (machine, { positional: [value, otherwise] }) => {
  if (value && isStream(value)) return eachAnew(machine, value);
  const isLast = value && isIterator(value) && knownItems(value)?.length === 0;
  const items = value && isIterator(value) ? take(value, isLast ? undefined : 1) : undefined;
  if (!items) return unknown("the next item is not known");
  if (items.length === 0 && !otherwise) machine.record.raise("StopIteration");
  return items[0] ?? otherwise ?? unknown("there is no next item");
};

const isList = (value: Value): value is ListValue =>
  value.kind === "list" && value.reading === undefined && knownItems(value) !== undefined;

/** An iterator reads the list when it is asked: one that has changed may give other items. */
function overList(machine: Machine, list: ListValue, order: (items: Items) => Items, taken: Source["taken"]): Value {
  const items = knownItems(list)!;
  return drawn(machine, order(items), [{ from: list, taken, all: items.length }]);
}

/** `iter(function, sentinel)`: how often it is called, nobody knows. */
function untilSentinel(machine: Machine, callee: Value, site: Site): Value {
  return runLater(machine, site.scope, () => {
    machine.record.asHeld(() => machine.call(callee, args(), site));
    return iterator(machine, undefined);
  })!;
}

const builtinTable: Record<string, Builtin> = {
  range,
  len,
  slice,
  zip,
  enumerate,
  map,
  filter: filtered(true),
  sorted,
  set,
  frozenset: set,
  next,
  list: listing(
    (items) => items,
    (machine, items) => machine.newList(items),
  ),
  iter: (machine, given, site) => {
    const [value] = given.positional;
    const isAlone = given.positional.length === 1;
    if (value && given.positional.length === 2) return untilSentinel(machine, value, site);
    if (value && isAlone && isStream(value)) return startedStream(value);
    if (value && isAlone && isIterator(value)) return value;
    const own = value?.kind === "instance" && isAlone ? ownMethod(value, "__iter__") : undefined;
    const made = own && machine.call(own, args(value!), site);
    if (made) return isIterator(made) ? made : listing((items) => items)(machine, args(made), site);
    return value && isList(value)
      ? overList(machine, value, (items) => items, same)
      : listing((items) => items)(machine, given, site);
  },
  reversed: (machine, given, site) => {
    const [value] = given.positional;
    const turned = (items: Items): Items => [...items].reverse();
    return value && isList(value) ? overList(machine, value, turned, () => 0) : listing(turned)(machine, given, site);
  },
  tuple: makeTuple,
  all: every(true),
  any: every(false),
};

export const iterationFunctions: Functions = [
  ...Object.entries(builtinTable).map(([name, run]) => [`builtins.${name}`, run] as const),
  ["torch.Size", makeSize],
];
