/** Methods of lists, of tuples and of deques. */
import { int, none, unknown } from "../../ops/value";
import { type Builtin, numberIn } from "../library/given";
import { sortedItems } from "../library/iteration";
import {
  type Items,
  anything,
  asBounded,
  boundOf,
  extended,
  isOpenItems,
  itemsInAnyOrder,
  itemsOf,
  knownItems,
  loosened,
  placeIn,
  setItems,
  takeOut,
  within,
} from "./lists";
import { type Machine, type Site } from "../machine";
import { itemsFrom } from "./elements";
import { subscript } from "./sequences";
import { isUnordered } from "./iterators";
import { popFromSet } from "./setMethods";
import { compare } from "../values/comparing";
import { type ListValue, type Value } from "../values/value";

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

function copyOfList(machine: Machine, list: ListValue): ListValue {
  const copy = { ...list, contents: machine.newList(itemsOf(list)).contents };
  const bound = boundOf(list);
  return bound ? asBounded(copy, bound.most) : copy;
}

/** A method that puts items before the others; a queue that is full loses its last ones. */
function atFront(added: (rest: readonly Value[], machine: Machine) => Items): Builtin {
  return onList((list, rest, machine) => {
    setItems(list, within(boundOf(list), extended(added(rest, machine), itemsOf(list)), "first"));
    return none;
  });
}

const sort: Builtin = (machine, { positional: [list], keywords }, site) => {
  const items = list && (knownItems(list) ?? itemsInAnyOrder(list));
  // Sorted, a list has the items that it had.
  if (list?.kind === "list" && items) setItems(list, sortedItems(machine, items, keywords, site) ?? loosened(items));
  return none;
};

/** The place of the first item that is equal to another value; undefined where that is not known. */
const indexOf: Builtin = (machine, { positional: [list, item, ...bounds] }) => {
  const items = list && bounds.length === 0 ? knownItems(list) : undefined;
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

export const listMethods: readonly (readonly [string, Builtin])[] = [
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
      if (isUnordered(list)) return popFromSet(list);
      const taken = subscript(machine, list, at, site);
      takeOut(list, placeIn(list, at));
      return taken;
    }),
  ],
  ["list.index", indexOf],
  ["tuple.index", indexOf],
  ["list.count", countOf],
  ["tuple.count", countOf],
  ["list.copy", onList((list, _, machine) => copyOfList(machine, list))],
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
  ["list.appendleft", atFront(([item]) => (item ? [item] : anything()))],
  [
    "list.popleft",
    onList((list, _, machine, site) => {
      const taken = subscript(machine, list, int(0), site);
      takeOut(list, placeIn(list, int(0)));
      return taken;
    }),
  ],
  [
    "list.extendleft",
    atFront(([more], machine) => {
      const added = more ? itemsFrom(machine, more) : anything();
      return isOpenItems(added) ? added : [...added].reverse();
    }),
  ],
  [
    "list.rotate",
    changing((items, [by = int(1)]) => {
      const steps = numberIn(by);
      if (isOpenItems(items) || items.length === 0) return items;
      if (steps === undefined) return loosened(items);
      const first = ((-steps % items.length) + items.length) % items.length;
      return [...items.slice(first), ...items.slice(0, first)];
    }),
  ],
  ["list.clear", (_, { positional: [list] }) => (list?.kind === "list" && setItems(list, []), none)],
  ["list.sort", sort],
];
