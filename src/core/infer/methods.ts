/** Methods of Python's containers and strings, and the tensor methods that are about Python rather than shapes. */
import { refuse } from "../ops/call";
import { int, none, str, unknown } from "../ops/value";
import { constantValue } from "../shape/dim";
import { printShape } from "../shape/notation";
import { knownDims, restIndex } from "../shape/shape";
import { dictIn } from "./dictObjects";
import { type Builtin, numberIn } from "./library/given";
import { sortedItems } from "./library/iteration";
import { elementCount } from "./library/torch";
import { type Arguments, type Machine, type Site } from "./machine";
import { matrixProduct } from "./matmul";
import { setOf } from "./iterators";
import { binary } from "./operators";
import { elementsOf, itemsFrom, sizeAt, sizesOf, subscript } from "./sequences";
import { compare } from "./truth";
import { dictKey } from "./texts";
import {
  type Items,
  anything,
  extended,
  isOpenItems,
  itemsOf,
  knownItems,
  loosened,
  placeIn,
  setItems,
  takeOut,
} from "./lists";
import { type DictEntry, type DictValue, type ListValue, type Value, forget, knownEntries } from "./value";

/** A method gets its object as the first positional argument. */
function onList(run: (list: ListValue, rest: readonly Value[], machine: Machine, site: Site) => Value): Builtin {
  return (machine, { positional: [list, ...rest] }, site) =>
    list?.kind === "list" ? run(list, rest, machine, site) : unknown("the list is not known");
}

/** A method that puts other items into a list. */
function changing(change: (items: Items, rest: readonly Value[], machine: Machine) => Items): Builtin {
  return onList((list, rest, machine) => {
    setItems(list, change(itemsOf(list), rest, machine));
    return none;
  });
}

function onDict(run: (dict: DictValue, rest: readonly Value[], machine: Machine, args: Arguments) => Value): Builtin {
  return (machine, args) => {
    const [dict, ...rest] = args.positional;
    return dict?.kind === "dict" ? run(dict, rest, machine, args) : unknown("the dict is not known");
  };
}

const size: Builtin = (machine, { positional: [value, dim], keywords }, site) => {
  if (value?.kind !== "tensor") return unknown("the tensor is not known");
  const which = dim ?? keywords.get("dim");
  if (!which) return sizesOf(machine, value);
  const at = which.kind === "int" ? constantValue(which.value) : undefined;
  if (at === undefined) return unknown("the dimension is not known");
  const dims = knownDims(machine.facts.resolveShape(value.shape));
  if (dims && (at >= dims.length || at < -dims.length))
    machine.record.refuse("size", refuse(`has no dimension ${at} in`, printShape(dims), value), site);
  return sizeAt(machine, value, at);
};

const rank: Builtin = (machine, { positional: [value] }) => {
  const shape = value?.kind === "tensor" ? machine.facts.resolveShape(value.shape) : undefined;
  return shape && restIndex(shape) < 0 ? int(knownDims(shape)!.length) : unknown("the rank of the tensor is not known");
};

const sort: Builtin = (machine, { positional: [list], keywords }, site) => {
  const items = list && knownItems(list);
  // Sorted, a list has the items that it had.
  if (list?.kind === "list" && items) setItems(list, sortedItems(machine, items, keywords, site) ?? loosened(items));
  return none;
};

/** Puts pairs of keys and values into a dict. */
function addPairs(dict: DictValue, pairs: readonly (readonly Value[] | undefined)[] | undefined): void {
  const names = pairs?.map((pair) => pair?.[0] && dictKey(pair[0]));
  if (!pairs || !names || names.includes(undefined) || pairs.some((pair) => pair?.length !== 2)) {
    forget(dict);
    return;
  }
  for (const [i, pair] of pairs.entries()) dict.entries.set(names[i]!, { key: pair![0]!, value: pair![1]! });
}

/** The place of the first item that is equal to another value; undefined where that is not known. */
const indexOf: Builtin = (machine, { positional: [list, item] }) => {
  const items = list && knownItems(list);
  const answers = items?.map((other) => item && compare("==", other, item, machine.facts));
  const place = answers?.findIndex((answer) => answer !== false) ?? -1;
  return answers?.[place] ? int(place) : unknown("the place of the item is not known");
};

const countOf: Builtin = (machine, { positional: [list, item] }) => {
  const items = list && knownItems(list);
  const answers = items?.map((other) => item && compare("==", other, item, machine.facts));
  return !answers || answers.includes(undefined)
    ? unknown("how often the item occurs is not known")
    : int(answers.filter((answer) => answer).length);
};

/** Puts an item into a set, or takes it out. */
function changeSet(
  change: (items: readonly Value[], added: readonly Value[]) => readonly Value[] | undefined,
): Builtin {
  return (machine, { positional: [set, ...given] }) => {
    if (set?.kind !== "list") return none;
    const items = knownItems(set);
    const changed = items && change(items, given);
    setItems(set, changed && knownItems(setOf(machine, changed)));
    return none;
  };
}

/** A set and any iterables, as the operator between sets has it. */
function ofSets(operator: "|" | "&" | "-"): Builtin {
  return (machine, { positional: [first, ...others] }, site) =>
    others.reduce<Value>((set, other) => {
      const items = knownItems(other) ?? elementsOf(machine, other);
      return binary(machine, operator, set, items ? setOf(machine, items) : unknown("the items are not known"), site);
    }, first ?? none);
}

export const methods: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ["list.append", changing((items, [item]) => (item ? extended(items, [item]) : anything()))],
  [
    "list.extend",
    changing((items, [more], machine) => (more ? extended(items, itemsFrom(machine, more)) : anything())),
  ],
  [
    "list.insert",
    changing((items, [at, item]) => {
      const index = numberIn(at);
      if (!item) return anything();
      if (index === undefined || isOpenItems(items)) return extended(loosened(items), [item]);
      return [...items.slice(0, index), item, ...items.slice(index)];
    }),
  ],
  [
    "list.pop",
    onList((list, [at = int(-1)], machine, site) => {
      const taken = subscript(machine, list, at, site);
      takeOut(list, placeIn(list, at));
      return taken;
    }),
  ],
  ["list.index", indexOf],
  ["tuple.index", indexOf],
  ["list.count", countOf],
  ["tuple.count", countOf],
  ["list.add", changeSet((items, added) => [...items, ...added])],
  ["list.union", ofSets("|")],
  ["list.intersection", ofSets("&")],
  ["list.difference", ofSets("-")],
  ["list.copy", onList((list, _, machine) => machine.newList(itemsOf(list)))],
  ["list.reverse", changing((items) => (isOpenItems(items) ? items : [...items].reverse()))],
  [
    "list.remove",
    onList((list, [item], machine) => {
      const answers = knownItems(list)?.map((other) => item && compare("==", other, item, machine.facts));
      const place = answers?.findIndex((answer) => answer !== false) ?? -1;
      takeOut(list, answers?.[place] ? place : undefined);
      return none;
    }),
  ],
  ["list.appendleft", changing((items, [item]) => (item ? extended([item], items) : anything()))],
  [
    "list.popleft",
    onList((list, _, machine, site) => {
      const taken = subscript(machine, list, int(0), site);
      takeOut(list, placeIn(list, int(0)));
      return taken;
    }),
  ],
  ["list.clear", (_, { positional: [list] }) => (list?.kind === "list" && setItems(list, []), none)],
  ["list.sort", sort],
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
      if (name === undefined || !value) forget(dict);
      else dict.entries.set(name, { key: key!, value });
      return none;
    }),
  ],
  ["dict.keys", onDict((dict, _, machine) => machine.newList(knownEntries(dict)?.map((entry) => entry.key)))],
  ["dict.values", onDict((dict, _, machine) => machine.newList(knownEntries(dict)?.map((entry) => entry.value)))],
  [
    "dict.items",
    onDict((dict, _, machine) =>
      machine.newList(knownEntries(dict)?.map(({ key, value }) => ({ kind: "tuple", items: [key, value] }))),
    ),
  ],
  [
    "dict.get",
    onDict((dict, [key, otherwise]) => {
      const name = key && dictKey(key);
      const entry = name === undefined ? undefined : dict.entries.get(name);
      if (name === undefined || entry?.maybe || dict.entries.has("?"))
        return unknown("whether the dict has the key is not known");
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
    "dict.setdefault",
    onDict((dict, [key, otherwise]) => {
      const name = key && dictKey(key);
      const entry = name === undefined ? undefined : dict.entries.get(name);
      if (name === undefined || entry?.maybe || dict.entries.has("?")) {
        forget(dict);
        return unknown("whether the dict has the key is not known");
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
      return { kind: "dict", entries };
    }),
  ],
  [
    "dict.update",
    onDict((dict, [more], machine, { keywords }) => {
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
  ["Tensor.size", size],
  ["Tensor.dim", rank],
  ["Tensor.ndimension", rank],
  ["Tensor.numel", (machine, { positional: [value] }) => elementCount(machine, value)],
  ["Tensor.backward", () => none],
  [
    "Tensor.matmul",
    (machine, { positional: [left, right] }, site) =>
      left && right ? matrixProduct(machine, left, right, site) : unknown("a factor is missing"),
  ],
]);
