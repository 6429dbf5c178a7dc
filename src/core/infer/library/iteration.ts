/** Built-in functions over iterables: `range`, `zip`, `map`, `sorted` and their like. */
import { bool, int, none, unknown } from "../../ops/value";
import { constantValue, unknownSize } from "../../shape/dim";
import { type Machine, type Site, args } from "../machine";
import { eachAnew, eachOf, streamOf, isStream, iterator, setOf } from "../iterators";
import { elementsOf } from "../sequences";
import { asNumber, truthOf } from "../truth";
import { type Value, setItems, tensorOfArray } from "../value";
import { type Builtin, type Functions, argument } from "./given";
import { eachIn, openList } from "./openLists";

const mostNumbers = 20_000;

export type Items = readonly Value[];

export const tuple = (items: Items): Value => ({ kind: "tuple", items });

/** The lists of several iterables; undefined where one of them is not known. */
export function allItems(machine: Machine, iterables: Items): Items[] | undefined {
  const lists = iterables.map((value) => elementsOf(machine, value));
  return lists.includes(undefined) ? undefined : (lists as Items[]);
}

const range: Builtin = (machine, { positional }) => {
  const bounds = positional.map((value) => (value.kind === "int" ? constantValue(value.value) : undefined));
  if (bounds.includes(undefined) || bounds.length === 0) return machine.newList(undefined);
  const [first, second, step = 1] = bounds as [number, number | undefined, number | undefined];
  const [start, stop] = second === undefined ? [0, first] : [first, second];
  const count = step === 0 ? 0 : Math.max(0, Math.ceil((stop - start) / step));
  return machine.newList(
    count > mostNumbers ? undefined : Array.from({ length: count }, (_, i) => int(start + i * step)),
  );
};

const len: Builtin = (machine, { positional: [value] }, site) => {
  const items = value && contentsOf(machine, value);
  if (items) return int(items.length);
  const sized = value?.kind === "instance" ? value.attributes.get(tensorOfArray) : value;
  if (sized?.kind === "tensor") {
    const [first] = machine.facts.resolveShape(sized.shape);
    if (first && !("kind" in first)) return { kind: "int", value: first, measured: true };
  }
  if (value?.kind === "instance" && value.type.kind === "class") {
    const own = machine.attribute(value, "__len__", site);
    if (own.kind === "method") return machine.call(own, args(), site);
  }
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
  give: (machine: Machine, items: Items | undefined) => Value = iterator,
): Builtin {
  return (machine, { positional: [value] }) => {
    const items = value ? elementsOf(machine, value) : [];
    const each = items ? undefined : eachIn(value);
    if (each) return openList(machine, each);
    return give(machine, items && transform(items));
  };
}

const set: Builtin = (machine, { positional: [value] }) => setOf(machine, value ? contentsOf(machine, value) : []);

/** The items of something whose order does not matter. */
function contentsOf(machine: Machine, value: Value): Items | undefined {
  return value.kind === "list" && value.reading === "unordered"
    ? value.contents.get("items")
    : elementsOf(machine, value);
}

const zip: Builtin = (machine, { positional }) => {
  if (positional.some(isStream)) return streamOf(tuple(positional.map(eachOf)));
  const lists = allItems(machine, positional);
  if (!lists) return streamOf(tuple(positional.map(eachOf)));
  const shortest = lists.length > 0 ? Math.min(...lists.map((list) => list.length)) : 0;
  return iterator(
    machine,
    Array.from({ length: shortest }, (_, i) => tuple(lists.map((list) => list[i]!))),
  );
};

const enumerate: Builtin = (machine, given) => {
  const value = argument(given, 0, "iterable");
  const items = value && !isStream(value) ? elementsOf(machine, value) : undefined;
  if (value && !items) return streamOf(tuple([{ kind: "int", value: unknownSize() }, eachOf(value)]));
  const first = asNumber(argument(given, 1, "start") ?? int(0));
  return iterator(machine, first === undefined ? undefined : items?.map((item, i) => tuple([int(first + i), item])));
};

const map: Builtin = (machine, { positional: [callee, ...lists] }, site) => {
  const known = allItems(machine, lists);
  const each = lists.length === 1 ? eachIn(lists[0]) : undefined;
  if (callee && each && !known) return openList(machine, machine.call(callee, args(each), site));
  if (!callee || !known) return iterator(machine, undefined);
  const shortest = known.length > 0 ? Math.min(...known.map((list) => list.length)) : 0;
  const rounds = Array.from({ length: shortest }, (_, i) => known.map((list) => list[i]!));
  return iterator(
    machine,
    rounds.map((given) => machine.call(callee, args(...given), site)),
  );
};

const filter: Builtin = (machine, { positional: [test, value] }, site) => {
  const items = value && elementsOf(machine, value);
  if (!test || !items) return iterator(machine, undefined);
  const truths = items.map((item) => truthOf(test.kind === "none" ? item : machine.call(test, args(item), site)));
  return iterator(machine, truths.includes(undefined) ? undefined : items.filter((_, i) => truths[i]));
};

/** What a value is sorted by, a number, a text or a list of them; undefined where that is not known. */
function rankOf(value: Value): (number | string)[] | undefined {
  if (value.kind === "str") return value.value === undefined ? undefined : [value.value];
  if (value.kind === "tuple") {
    const parts = value.items.map(rankOf);
    return parts.includes(undefined) ? undefined : (parts as (number | string)[][]).flat();
  }
  const number = asNumber(value);
  return number === undefined ? undefined : [number];
}

/** Texts are ordered by code points, which for texts of one plane is the order of their units. */
function compareRanks(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [i, part] of a.entries()) {
    const other = b[i];
    if (other === undefined) return 1;
    if (part !== other) return part < other ? -1 : 1;
  }
  return a.length - b.length;
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
  const ranks = items.map((item) => rankOf(key && key.kind !== "none" ? machine.call(key, args(item), site) : item));
  const kinds = new Set(ranks.flatMap((rank) => (rank ?? []).map((part) => typeof part)).values());
  const isPlain = kinds.size <= 1 || items.every((_, i) => ranks[i]?.length === ranks[0]?.length);
  if (ranks.includes(undefined) || turned === undefined || !isPlain) return undefined;
  const sign = turned ? -1 : 1;
  const order = items.map((_, i) => i).sort((a, b) => sign * compareRanks(ranks[a]!, ranks[b]!) || a - b);
  return order.map((i) => items[i]!);
}

const sorted: Builtin = (machine, { positional: [value], keywords }, site) => {
  const items = value && contentsOf(machine, value);
  const each = eachIn(value);
  return each && !items
    ? openList(machine, each)
    : machine.newList(items && sortedItems(machine, items, keywords, site));
};

const every: (wanted: boolean) => Builtin =
  (wanted) =>
  (machine, { positional: [value] }) => {
    const truths = (value && contentsOf(machine, value))?.map(truthOf);
    if (!truths) return bool(undefined);
    if (truths.includes(!wanted)) return bool(!wanted);
    return bool(truths.includes(undefined) ? undefined : wanted);
  };

const makeTuple: Builtin = (machine, { positional: [value] }) => {
  const items = value ? elementsOf(machine, value) : [];
  return items ? tuple(items) : unknown("the tuple is not known");
};

const next: Builtin = (machine, { positional: [value, otherwise] }) => {
  if (value && isStream(value)) return eachAnew(machine, value);
  const items = value?.kind === "list" && value.reading === "once" ? value.contents.get("items") : undefined;
  if (!items || value?.kind !== "list") return unknown("the next item is not known");
  setItems(value, items.slice(1));
  return items[0] ?? otherwise ?? unknown("there is no next item");
};

const builtinTable: Record<string, Builtin> = {
  range,
  len,
  slice,
  zip,
  enumerate,
  map,
  filter,
  sorted,
  set,
  frozenset: set,
  next,
  list: listing(
    (items) => items,
    (machine, items) => machine.newList(items),
  ),
  iter: (machine, given, site) =>
    isStream(given.positional[0]) ? given.positional[0]! : listing((items) => items)(machine, given, site),
  reversed: listing((items) => [...items].reverse()),
  tuple: makeTuple,
  all: every(true),
  any: every(false),
};

export const iterationFunctions: Functions = [
  ...Object.entries(builtinTable).map(([name, run]) => [`builtins.${name}`, run] as const),
  ["torch.Size", makeTuple],
];
