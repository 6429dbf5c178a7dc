/** `itertools` (https://docs.python.org/3/library/itertools.html) over iterables whose items are known. */
import { int, unknown } from "../../ops/value";
import { type Machine, args } from "../machine";
import { dependOn } from "../calls/later";
import { truthOf } from "../values/truth";
import { iterator } from "../collections/iterators";
import { asEndless, endless, isEndless, knownItems } from "../collections/lists";
import { elementsAhead, elementsOf } from "../collections/elements";
import { type Source, behind, drawn, forgetItems, isIterator, same } from "../collections/taking";
import { type Value } from "../values/value";
import { binary } from "../expressions/operators";
import { type Builtin, type Functions, argument, numberIn } from "./given";
import { allItems, filtered, lazily, picked } from "./iteration";
import { type Items, tuple } from "./rounds";

/** Longer results are not followed, and no more iterators over the same items. */
const longest = 10_000;
const mostCopies = 64;

const zipLongest: Builtin = (machine, { positional, keywords }) => {
  const lists = positional.map((value) => elementsAhead(machine, value));
  const filling = keywords.get("fillvalue") ?? { kind: "none" };
  const length = Math.max(0, ...lists.map((list) => list?.length ?? 0));
  const rounds = Array.from({ length }, (_, i) => tuple(lists.map((list) => list?.[i] ?? filling)));
  const sources = positional.map((from, i): Source => {
    const all = lists[i]?.length ?? 0;
    return { from, taken: (count) => Math.min(count, all), all };
  });
  return drawn(machine, lists.includes(undefined) ? undefined : rounds, sources);
};

const product: Builtin = (machine, { positional, keywords }) => {
  const lists = allItems(machine, positional);
  const repeat = keywords.has("repeat") ? numberIn(keywords.get("repeat")) : 1;
  if (!lists || repeat === undefined || repeat > 8) return iterator(machine, undefined);
  const all = Array.from({ length: repeat }, () => lists).flat();
  if (all.reduce((count, list) => count * list.length, 1) > longest) return iterator(machine, undefined);
  const start: Items[] = [[]];
  return iterator(
    machine,
    all.reduce((rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])), start).map(tuple),
  );
};

function choices(items: Items, count: number): Items[] {
  if (count === 0) return [[]];
  return items.flatMap((item, i) => choices(items.slice(i + 1), count - 1).map((rest) => [item, ...rest]));
}

const combinations: Builtin = (machine, given) => {
  const value = argument(given, 0, "iterable");
  const items = value && elementsOf(machine, value);
  const count = numberIn(argument(given, 1, "r"));
  const known = items && items.length <= 12 && count !== undefined && count >= 0;
  return iterator(machine, known ? choices(items, count).map(tuple) : undefined);
};

const repeat: Builtin = (machine, given) => {
  const [value, times] = [argument(given, 0, "object"), numberIn(argument(given, 1, "times"))];
  const isKnown = value && times !== undefined && times <= longest;
  return iterator(machine, isKnown ? Array.from({ length: Math.max(0, times) }, () => value) : undefined);
};

const accumulate = lazily((machine, given, site) => {
  const value = argument(given, 0, "iterable");
  const items = value && elementsAhead(machine, value);
  const callee = argument(given, 1, "func");
  const initial = given.keywords.get("initial");
  if (!value || !items) return drawn(machine, undefined, value ? [{ from: value, taken: same, all: 0 }] : []);
  const all = initial && initial.kind !== "none" ? [initial, ...items] : items;
  const early = all.length - items.length;
  const totals: Value[] = [];
  for (const item of all) {
    const before = totals.at(-1);
    const combined = (left: Value): Value =>
      callee && callee.kind !== "none"
        ? machine.call(callee, args(left, item), site)
        : binary(machine, "+", left, item, site);
    totals.push(before ? combined(before) : item);
  }
  return drawn(machine, totals, [{ from: value, taken: (count) => Math.max(count - early, 0), all: items.length }]);
});

const slice: Builtin = (machine, { positional: [value, ...bounds] }) => {
  const last = bounds[bounds.length === 1 ? 0 : 1];
  const isWithin = last !== undefined && (numberIn(last) ?? Infinity) <= endless / 2;
  const items =
    value && (isEndless(value) ? (isWithin ? knownItems(value) : undefined) : elementsAhead(machine, value));
  const numbers = bounds.map((bound) => (bound.kind === "none" ? null : numberIn(bound)));
  const [a, b, step] = numbers as (number | null)[];
  const [start, stop] = numbers.length === 1 ? [0, a] : [a, b];
  const behindLast = Math.max(start ?? 0, stop ?? Infinity);
  const places = items?.flatMap((_, i) => (isPicked(i, start ?? 0, stop ?? Infinity, step ?? 1) ? [i] : []));
  const known = items && places && !numbers.includes(undefined) ? places.map((i) => items[i]!) : undefined;
  if (!value || isEndless(value)) return iterator(machine, known);
  const all = Math.min(behindLast, items?.length ?? 0);
  return drawn(machine, known, [{ from: value, taken: behind(places ?? []), all }]);
};

function isPicked(place: number, start: number, stop: number, step: number): boolean {
  return place >= start && place < stop && (place - start) % step === 0;
}

const count: Builtin = (machine, given) => {
  const [start, step] = [argument(given, 0, "start") ?? int(0), argument(given, 1, "step") ?? int(1)].map(numberIn);
  const isKnown = start !== undefined && step !== undefined;
  const items = isKnown ? Array.from({ length: endless }, (_, i) => int(start + i * step)) : undefined;
  return asEndless(iterator(machine, items));
};

const cycle: Builtin = (machine, { positional: [value] }) => {
  const items = value && elementsOf(machine, value);
  const count = items?.length ?? 0;
  return items && count > 0
    ? asEndless(
        iterator(
          machine,
          Array.from({ length: endless }, (_, i) => items[i % count]!),
        ),
      )
    : iterator(machine, items);
};

function orders(items: Items, count: number): Items[] {
  if (count === 0) return [[]];
  return items.flatMap((item, i) =>
    orders([...items.slice(0, i), ...items.slice(i + 1)], count - 1).map((rest) => [item, ...rest]),
  );
}

const permutations: Builtin = (machine, given) => {
  const value = argument(given, 0, "iterable");
  const items = value && elementsOf(machine, value);
  const taken = argument(given, 1, "r");
  const count = taken && taken.kind !== "none" ? numberIn(taken) : items?.length;
  const isKnown = items && items.length <= 6 && count !== undefined && count >= 0;
  return iterator(machine, isKnown ? orders(items, count).map(tuple) : undefined);
};

/** The items in front of the first one that fails a test, or those from it on. */
const split = (part: "front" | "rest"): Builtin =>
  lazily((machine, { positional: [test, value] }, site) => {
    const items = value && (part === "front" && isEndless(value) ? knownItems(value) : elementsAhead(machine, value));
    let place = 0;
    for (const item of items ?? []) {
      const truth = test && truthOf(machine.call(test, args(item), site));
      if (truth === undefined) return drawn(machine, undefined, [{ from: value!, taken: same, all: 0 }]);
      if (!truth) break;
      place++;
    }
    if (value && isEndless(value) && place === items?.length) return iterator(machine, undefined);
    if (!value || isEndless(value)) return iterator(machine, items?.slice(0, place));
    const [from, count] = [value, items?.length ?? 0];
    if (part === "front")
      return drawn(machine, items?.slice(0, place), [{ from, taken: same, all: Math.min(place + 1, count) }]);
    const taken = (given: number): number => (given === 0 ? 0 : place + given);
    return drawn(machine, items?.slice(place), [{ from, taken, all: count }]);
  });

function chained(machine: Machine, iterables: Items | undefined): Value {
  const lists = iterables?.map((value) => elementsAhead(machine, value));
  const isKnown = lists?.every((items) => items !== undefined);
  let before = 0;
  const sources = (iterables ?? []).map((from, i): Source => {
    const [first, all] = [before, lists?.[i]?.length ?? 0];
    before += all;
    return { from, taken: (count) => Math.min(Math.max(count - first, 0), all), all };
  });
  return drawn(machine, isKnown ? lists.flatMap((items) => items) : undefined, sources);
}

/** Iterators of their own over the same items. */
const tee: Builtin = (machine, given) => {
  const [value, times] = [argument(given, 0, "iterable"), argument(given, 1, "n") ?? int(2)];
  const count = numberIn(times);
  const items = value && elementsAhead(machine, value);
  if (value && isIterator(value)) forgetItems(value);
  if (count === undefined || count > mostCopies) return unknown("how many iterators there are is not known");
  const copies = Array.from({ length: count }, () => iterator(machine, items));
  if (value?.kind === "list") for (const copy of copies) dependOn(copy, value);
  return tuple(copies);
};

export const itertoolsFunctions: Functions = [
  ["itertools.tee", tee],
  ["itertools.chain", (machine, { positional }) => chained(machine, positional)],
  [
    "itertools.chain.from_iterable",
    (machine, { positional: [value] }) => chained(machine, value && elementsOf(machine, value)),
  ],
  ["itertools.product", product],
  ["itertools.combinations", combinations],
  ["itertools.permutations", permutations],
  ["itertools.count", count],
  ["itertools.cycle", cycle],
  ["itertools.takewhile", split("front")],
  ["itertools.dropwhile", split("rest")],
  ["itertools.repeat", repeat],
  ["itertools.zip_longest", zipLongest],
  ["itertools.accumulate", accumulate],
  ["itertools.islice", slice],
  [
    "itertools.pairwise",
    (machine, { positional: [value] }) => {
      const items = value && elementsAhead(machine, value);
      const pairs = items?.slice(1).map((item, i) => tuple([items[i]!, item]));
      const taken = (count: number): number => (count === 0 ? 0 : count + 1);
      return drawn(machine, pairs, value ? [{ from: value, taken, all: items?.length ?? 0 }] : []);
    },
  ],
  [
    "itertools.starmap",
    lazily((machine, { positional: [callee, value] }, site) => {
      const rows = (value && elementsAhead(machine, value))?.map((row) => elementsOf(machine, row));
      const isKnown = callee && rows && !rows.includes(undefined);
      const results = isKnown ? rows.map((row) => machine.call(callee, args(...row!), site)) : undefined;
      return drawn(machine, results, value ? [{ from: value, taken: same, all: rows?.length ?? 0 }] : []);
    }),
  ],
  ["itertools.filterfalse", filtered(false)],
  [
    "itertools.compress",
    (machine, { positional: [value, selectors] }) => {
      const [items, chosen] = [value, selectors].map((one) => one && elementsAhead(machine, one));
      const truths = chosen?.slice(0, items?.length).map(truthOf);
      if (!value || !items || !truths || isIterator(selectors!)) {
        for (const one of [value, selectors]) if (one && isIterator(one)) forgetItems(one);
        return iterator(machine, undefined);
      }
      return picked(machine, value, items.slice(0, truths.length), truths);
    },
  ],
];
