/** What goes over several iterables at once, round by round: `zip`, `map`, `enumerate`. */
import { runLater } from "../calls/later";
import { int, none, unknown } from "../../ops/value";
import { newestSymbol, unknownSize } from "../../shape/dim";
import { type Machine, args } from "../machine";
import { counter, inAnyRound } from "../statements/counters";
import { streamOf, iterator } from "../collections/iterators";
import { elementsAhead, itemsFrom } from "../collections/elements";
import { type Source, drawn, forgetItems, isIterator, same } from "../collections/taking";
import { asNumber } from "../values/truth";
import { type Value, hasNoItems } from "../values/value";
import { type Builtin, argument } from "./given";
import {
  type Items as Contents,
  type OpenItems,
  anotherLike,
  countOf,
  endless,
  isEndless,
  isOpenItems,
  knownItems,
  loosened,
  setItems,
} from "../collections/lists";

export type Items = readonly Value[];

export const tuple = (items: Items): Value => ({ kind: "tuple", items });

/** What several iterables give round by round, and how they are taken for that. */
interface KnownRounds {
  readonly known: Items[];
  readonly sources: readonly Source[];
}

/** `zip(*[iterator] * 2)`: one iterator, of which each round takes several items. */
function roundsOfOne([first, ...others]: Items): KnownRounds | undefined {
  const isOne = (other: Value): boolean =>
    other.kind === "list" && first?.kind === "list" && other.contents === first.contents;
  if (
    first?.kind !== "list" ||
    first.reading !== "once" ||
    isEndless(first) ||
    others.length === 0 ||
    !others.every(isOne)
  )
    return undefined;
  const items = knownItems(first);
  const width = others.length + 1;
  if (!items) return undefined;
  return {
    known: Array.from({ length: Math.floor(items.length / width) }, (_, i) => items.slice(i * width, (i + 1) * width)),
    sources: [{ from: first, taken: (count) => count * width, all: items.length }],
  };
}

/** What several iterables give, or an open list of what each of them gives in one round: the shortest one ends them. */
function roundsOf(machine: Machine, iterables: Items): KnownRounds | OpenItems {
  const shared = roundsOfOne(iterables);
  if (shared) return shared;
  const finite = iterables
    .filter((value) => !isEndless(value))
    .map((value) => elementsAhead(machine, value) ?? itemsFrom(machine, value));
  const isShort = finite.some((items) => !isOpenItems(items) && items.length <= endless);
  const others = [...finite];
  const lists = iterables.map((value) => (isEndless(value) ? taken(value, isShort) : others.shift()!));
  const known = lists.filter((items): items is Items => !isOpenItems(items));
  if (known.length === lists.length) {
    const shortest = known.length > 0 ? Math.min(...known.map((list) => list.length)) : 0;
    const last = known.findIndex(({ length }) => length === shortest);
    // Those in front of the one that ends first have given one more by then.
    const sources = iterables.map((from, i) => ({ from, taken: same, all: shortest + (i < last ? 1 : 0) }));
    return { known: Array.from({ length: shortest }, (_, i) => known.map((list) => list[i]!)), sources };
  }
  for (const value of iterables) if (isIterator(value)) forgetItems(value);
  const [first, ...counts] = lists.map(countOf);
  const count = counts.every(({ key }) => key === first!.key) ? first! : unknownSize();
  return { each: tuple(lists.map(eachOfItems)), count };
}

export const zip: Builtin = (machine, { positional }) => {
  const rounds = roundsOf(machine, positional);
  return isOpenItems(rounds)
    ? streamOf(rounds.each!, rounds.count)
    : drawn(machine, rounds.known.map(tuple), rounds.sources);
};

/** What an iterator without an end gives beside another one, if that ends before it does; what is left nobody follows. */
function taken(value: Value, isShort: boolean): Contents {
  const items = isShort ? knownItems(value) : undefined;
  if (value.kind === "list") setItems(value, undefined);
  return items ?? { each: unknown("what is taken from it is not known"), count: unknownSize() };
}

function eachOfItems(items: Contents): Value {
  return loosened(items).each ?? unknown("there is nothing in the list");
}

export const enumerate: Builtin = (machine, given) => {
  const value = argument(given, 0, "iterable");
  const items = value ? (elementsAhead(machine, value) ?? itemsFrom(machine, value)) : [];
  if (isOpenItems(items)) return streamOf(tuple([counter(0, items.count), eachOfItems(items)]), items.count);
  const first = asNumber(argument(given, 1, "start") ?? int(0));
  const pairs = first === undefined ? undefined : items.map((item, i) => tuple([int(first + i), item]));
  return drawn(machine, pairs, value ? [{ from: value, taken: same, all: items.length }] : []);
};

export const map: Builtin = (machine, { positional: [callee, ...lists] }, site) => {
  if (lists.some(hasNoItems)) machine.record.raise("TypeError");
  const rounds = roundsOf(machine, lists);
  const result = (given: Items): Value =>
    callee ? machine.record.asHeld(() => machine.call(callee, args(...given), site)) : none;
  if (!isOpenItems(rounds))
    return runLater(machine, site.scope, () => drawn(machine, rounds.known.map(result), rounds.sources))!;
  const since = newestSymbol();
  const given = knownItems(anotherLike(rounds.each!))!;
  const isTold = given.every(({ kind }) => kind !== "unknown");
  return iterator(machine, isTold ? { ...rounds, each: inAnyRound(result(given), since) } : undefined);
};
