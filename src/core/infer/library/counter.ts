/** `collections.Counter`: a dict of how often each thing was met; what was not is 0, without a place of its own. */
import { int, none, unknown } from "../../ops/value";
import { add, multiply, unknownInteger } from "../../shape/dim";
import { dictIn } from "../classes/dictObjects";
import { itemsFrom } from "../collections/elements";
import { isOpenItems } from "../collections/lists";
import { type Arguments, type Machine } from "../machine";
import { dictKey } from "../values/texts";
import { isCounter, zero } from "../collections/dictValues";
import { type DictEntry, type DictValue, type Value, external, knownEntries, others } from "../values/value";
import { type Builtin, type Functions, numberIn } from "./given";

const anyCount = (): Value => int(unknownInteger());

/** Of what is counted nothing is known but that it is. */
function forgetCounts({ entries }: DictValue): void {
  for (const name of entries.keys()) entries.delete(name);
  entries.set(others, { key: unknown("what is counted is not known"), value: anyCount(), maybe: true });
}

function countIn(counter: DictValue, key: Value, more: Value): boolean {
  const name = dictKey(key);
  const before = name === undefined ? undefined : counter.entries.get(name);
  if (name === undefined || before?.maybe || more.kind !== "int") return false;
  const value = before?.value.kind === "int" ? int(add(before.value.value, more.value)) : more;
  counter.entries.set(name, { key: before?.key ?? key, value });
  return true;
}

/** Adds what an iterable holds, once for each item, or the counts of another dict; `sign` -1 takes them off. */
export function addCounts(
  machine: Machine,
  counter: DictValue,
  [from]: readonly Value[],
  keywords: Arguments["keywords"],
  sign: 1 | -1,
): void {
  const signed = (value: Value): Value => (value.kind === "int" ? int(multiply(value.value, int(sign).value)) : value);
  const dict = dictIn(from);
  const items = from && !dict ? itemsFrom(machine, from) : [];
  const counted: readonly (readonly [Value, Value])[] | undefined = dict
    ? knownEntries(dict)?.map(({ key, value }) => [key, signed(value)])
    : isOpenItems(items)
      ? undefined
      : items.map((item) => [item, int(sign)]);
  const named = [...keywords].map(([name, value]) => [{ kind: "str", value: name }, signed(value)] as const);
  const isKnown = counted && !counter.entries.has(others);
  if (!isKnown || ![...counted, ...named].every(([key, count]) => countIn(counter, key, count))) forgetCounts(counter);
}

const make: Builtin = (machine, given) => {
  const counter: DictValue = {
    kind: "dict",
    entries: machine.newTable<DictEntry>(),
    missing: external(zero),
    type: "collections.Counter",
  };
  if (given.open) forgetCounts(counter);
  else addCounts(machine, counter, given.positional, given.keywords, 1);
  return counter;
};

function onCounter(run: (counter: DictValue, machine: Machine, given: Arguments) => Value): Builtin {
  return (machine, { positional: [counter, ...positional], ...more }) =>
    counter?.kind === "dict" && isCounter(counter)
      ? run(counter, machine, { positional, ...more })
      : unknown("the dict is not known");
}

const pairOf = (key: Value, value: Value): Value => ({ kind: "tuple", items: [key, value] });

/** The most frequent first; of those that are equally frequent the one that was met first. */
const mostCommon = onCounter((counter, machine, { positional: [most = none] }) => {
  const entries = knownEntries(counter);
  const counts = entries?.map(({ value }) => numberIn(value));
  const number = most.kind === "none" ? Infinity : numberIn(most);
  if (!entries || !counts || counts.includes(undefined) || number === undefined)
    return machine.newList({ each: pairOf(anyKeyOf(counter), anyCount()), count: unknownInteger() });
  const order = entries.map((_, i) => i).sort((a, b) => counts[b]! - counts[a]! || a - b);
  return machine.newList(order.slice(0, number).map((i) => pairOf(entries[i]!.key, entries[i]!.value)));
});

/** Texts, if all that are known are texts. */
function anyKeyOf({ entries }: DictValue): Value {
  return entries.values()[0]?.key ?? unknown("what is counted is not known");
}

const total = onCounter((counter) => {
  const counts = knownEntries(counter)?.map(({ value }) => (value.kind === "int" ? value.value : unknownInteger()));
  return counts ? int(counts.reduce(add, int(0).value)) : anyCount();
});

const elements = onCounter((counter, machine) => {
  const all = knownEntries(counter)?.map(({ key, value }) => ({ key, count: numberIn(value) }));
  const isKnown = all?.every(({ count }) => count !== undefined && count < 1000);
  return machine.newList(
    isKnown ? all!.flatMap(({ key, count }) => Array<Value>(Math.max(0, count!)).fill(key)) : undefined,
  );
});

export const counterMethods: Functions = [
  ["dict.most_common", mostCommon],
  ["dict.total", total],
  ["dict.elements", elements],
  [
    "dict.subtract",
    onCounter((counter, machine, { positional, keywords }) => {
      addCounts(machine, counter, positional, keywords, -1);
      return none;
    }),
  ],
];

export const counterFunctions: Functions = [["collections.Counter", make]];
