/** Methods of dicts. */
import { oneAmong } from "../values/candidates";
import { bool, none, str, unknown } from "../../ops/value";
import { dictIn } from "../classes/dictObjects";
import { addCounts, counterMethods } from "../library/counter";
import { type Builtin } from "../library/given";
import { type Arguments, type Machine } from "../machine";
import { elementsOf } from "./elements";
import { type Items, anything } from "./lists";
import { dictKey } from "../values/texts";
import { truthOf } from "../values/truth";
import { anyOfKind, anyValueIn, isCounter, storeSomewhere } from "./dictValues";
import { type DictEntry, type DictValue, type Value, forget, knownEntries, others } from "../values/value";

function onDict(run: (dict: DictValue, rest: readonly Value[], machine: Machine, args: Arguments) => Value): Builtin {
  return (machine, args) => {
    const [dict, ...rest] = args.positional;
    return dict?.kind === "dict" ? run(dict, rest, machine, args) : unknown("the dict is not known");
  };
}

/** What `keys()` and the like give is no list: it shows what is there when it is looked at. */
export function viewOf(machine: Machine, look: () => readonly Value[] | undefined): Value {
  let last: readonly Value[] | undefined;
  const shown = (): Items => {
    const items = look();
    if (!items) return anything();
    // Who has begun to read it sees that it is the same still.
    if (last?.length !== items.length || !items.every((item, i) => isOneItem(item, last![i]!))) last = items;
    return last;
  };
  return { ...machine.newList(undefined), type: "collections.abc.MappingView", shown };
}

/** The same value, or a pair of the same values. */
function isOneItem(a: Value, b: Value): boolean {
  return a === b || (a.kind === "tuple" && b.kind === "tuple" && a.items.every((item, i) => item === b.items[i]));
}

const viewOfEntries = (give: (entry: DictEntry) => Value): Builtin =>
  onDict((dict, _, machine) => viewOf(machine, () => knownEntries(dict)?.map(give)));

/** Puts pairs of keys and values into a dict. */
function addPairs(dict: DictValue, pairs: readonly (readonly Value[] | undefined)[] | undefined): void {
  const names = pairs?.map((pair) => pair?.[0] && dictKey(pair[0]));
  if (!pairs || !names || names.includes(undefined) || pairs.some((pair) => pair?.length !== 2)) {
    forget(dict);
    return;
  }
  for (const [i, pair] of pairs.entries()) dict.entries.set(names[i]!, { key: pair![0]!, value: pair![1]! });
}

export const dictMethods: readonly (readonly [string, Builtin])[] = [
  [
    "dict.clear",
    onDict((dict) => {
      for (const name of dict.entries.keys()) dict.entries.delete(name);
      return none;
    }),
  ],
  [
    "dict.__getitem__",
    onDict((dict, [key]) => {
      const name = key && dictKey(key);
      const entry = name === undefined ? undefined : dict.entries.get(name);
      return entry && !entry.maybe ? entry.value : unknown("whether the dict has the key is not known");
    }),
  ],
  [
    "dict.__setitem__",
    onDict((dict, [key, value]) => {
      const name = key && dictKey(key);
      if (!value) forget(dict);
      else if (name === undefined) storeSomewhere(dict, value);
      else dict.entries.set(name, { key: key!, value });
      return none;
    }),
  ],
  ["dict.keys", viewOfEntries(({ key }) => key)],
  ["dict.values", viewOfEntries(({ value }) => value)],
  ["dict.items", viewOfEntries(({ key, value }) => ({ kind: "tuple", items: [key, value] }))],
  [
    "dict.get",
    onDict((dict, [key, otherwise]) => {
      const name = key && dictKey(key);
      const entry = name === undefined ? undefined : dict.entries.get(name);
      if (name === undefined || entry?.maybe || (!entry && dict.entries.has(others))) {
        const other = otherwise ?? none;
        const any = entry?.value ?? anyValueIn(dict);
        const held = entry ? [entry.value] : dict.entries.values().map((one) => one.value);
        const reason = "whether the dict has the key is not known";
        return (any && anyOfKind([any, other])) ?? oneAmong(unknown(reason), [...held, other]);
      }
      return entry?.value ?? otherwise ?? none;
    }),
  ],
  [
    "dict.pop",
    onDict((dict, [key, otherwise]) => {
      const name = key && dictKey(key);
      const entry = name === undefined ? undefined : dict.entries.get(name);
      if (name === undefined) forget(dict);
      else dict.entries.delete(name);
      const taken = entry?.maybe ? undefined : entry?.value;
      return (
        taken ??
        (name !== undefined && !entry && !dict.entries.has("?") ? otherwise : undefined) ??
        unknown("the key is not known")
      );
    }),
  ],
  [
    "dict.popitem",
    onDict((dict, [given], _, { keywords }) => {
      const isLast = truthOf(given ?? keywords.get("last") ?? bool(true));
      const names = knownEntries(dict) ? dict.entries.keys() : [];
      const name = isLast === undefined ? undefined : names.at(isLast ? -1 : 0);
      const entry = name === undefined ? undefined : dict.entries.get(name);
      if (!entry) forget(dict);
      else dict.entries.delete(name!);
      return entry ? { kind: "tuple", items: [entry.key, entry.value] } : unknown("the key is not known");
    }),
  ],
  [
    "dict.move_to_end",
    onDict((dict, [key, given], _, { keywords }) => {
      const isLast = truthOf(given ?? keywords.get("last") ?? bool(true));
      const name = key && dictKey(key);
      const entries = knownEntries(dict) ? dict.entries.items() : [];
      const moved = entries.find(([own]) => own === name);
      const others = entries.filter(([own]) => own !== name);
      if (!moved || isLast === undefined) forget(dict);
      else {
        for (const [own] of entries) dict.entries.delete(own);
        for (const [own, entry] of isLast ? [...others, moved] : [moved, ...others]) dict.entries.set(own, entry);
      }
      return none;
    }),
  ],
  [
    "dict.setdefault",
    onDict((dict, [key, otherwise]) => {
      const name = key && dictKey(key);
      const entry = name === undefined ? undefined : dict.entries.get(name);
      if (name === undefined || entry?.maybe || (!entry && dict.entries.has(others))) {
        storeSomewhere(dict, otherwise ?? none);
        return anyValueIn(dict) ?? unknown("whether the dict has the key is not known");
      }
      if (entry) return entry.value;
      dict.entries.set(name, { key: key!, value: otherwise ?? none });
      return otherwise ?? none;
    }),
  ],
  [
    "dict.copy",
    onDict((dict, _, machine) => {
      const entries = machine.newTable<DictEntry>();
      for (const [name, entry] of dict.entries.items()) entries.set(name, entry);
      return { ...dict, entries, owner: undefined };
    }),
  ],
  [
    "dict.update",
    onDict((dict, [more], machine, given) => {
      const { keywords } = given;
      if (isCounter(dict)) {
        addCounts(machine, dict, more ? [more] : [], keywords, 1);
        return none;
      }
      const other = dictIn(more);
      if (other && knownEntries(other))
        for (const [name, entry] of other.entries.items()) dict.entries.set(name, entry);
      else if (more)
        addPairs(
          dict,
          elementsOf(machine, more)?.map((pair) => elementsOf(machine, pair)),
        );
      for (const [name, value] of keywords) dict.entries.set(`s${name}`, { key: str(name), value });
      return none;
    }),
  ],
  ...counterMethods,
];
