/** Methods of sets. */
import { bool, int, none, unknown } from "../../ops/value";
import { isUnordered, notePlaces, setOf } from "./iterators";
import { type Builtin } from "../library/given";
import { itemsOf, knownItems, placeIn, setItems, takeOut } from "./lists";
import { type Machine } from "../machine";
import { elementsInAnyOrder } from "./elements";
import { type SetOperator, combinedSets, comparedSets } from "./sets";
import { dictKey } from "../values/texts";
import { type ListValue, type Value } from "../values/value";

/** A set of what an iterable gives. */
function asSet(machine: Machine, value: Value | undefined): ListValue {
  return value && isUnordered(value) ? value : setOf(machine, value && elementsInAnyOrder(machine, value));
}

/** A set and any iterables, as the operator between sets has it. */
function ofSets(operator: SetOperator): Builtin {
  return (machine, { positional: [first, ...others] }) =>
    others.reduce<Value>(
      (set, other) => combinedSets(machine, operator, set, asSet(machine, other)) ?? setOf(machine, undefined),
      first ?? none,
    );
}

/** The same written into the set. */
function writing(operator: SetOperator): Builtin {
  const combine = ofSets(operator);
  return (machine, given, site) => {
    const [set] = given.positional;
    const result = combine(machine, given, site);
    if (set?.kind !== "list") return none;
    setItems(set, result.kind === "list" ? itemsOf(result) : undefined);
    notePlaces(set);
    return none;
  };
}

/** What `<=` and `>=` say, of any iterable. */
const comparing =
  (operator: string): Builtin =>
  (machine, { positional: [set, other] }) =>
    bool(set && comparedSets(operator, set, asSet(machine, other)));

const isDisjoint: Builtin = (machine, { positional: [set, other] }) => {
  const both = set && combinedSets(machine, "&", set, asSet(machine, other));
  return bool(both && knownItems(both)?.length === 0);
};

const add: Builtin = (machine, { positional: [set, item] }) => {
  if (set?.kind !== "list") return none;
  const items = knownItems(set);
  setItems(set, items && item && knownItems(setOf(machine, [...items, item])));
  notePlaces(set);
  return none;
};

const discard: Builtin = (machine, { positional: [set, item] }) => {
  if (set?.kind !== "list") return none;
  const left = item && combinedSets(machine, "-", set, setOf(machine, [item]));
  setItems(set, left && dictKey(item) !== undefined ? knownItems(left) : undefined);
  return none;
};

/** `pop()`: of a set, whatever lies first in its table. */
export function popFromSet(set: ListValue): Value {
  const items = knownItems(set);
  const isOnly = items?.length === 1;
  if (isOnly) takeOut(set, placeIn(set, int(0)));
  else setItems(set, undefined);
  return isOnly ? items[0]! : unknown("which item of the set it is is not known");
}

const frozen: Builtin = (machine, { positional: [value] }) =>
  setOf(machine, value ? elementsInAnyOrder(machine, value) : []);

export const setMethods: readonly (readonly [string, Builtin])[] = [
  ["builtins.frozenset", frozen],
  ["list.add", add],
  ["list.discard", discard],
  ["list.union", ofSets("|")],
  ["list.intersection", ofSets("&")],
  ["list.difference", ofSets("-")],
  ["list.symmetric_difference", ofSets("^")],
  ["list.update", writing("|")],
  ["list.intersection_update", writing("&")],
  ["list.difference_update", writing("-")],
  ["list.symmetric_difference_update", writing("^")],
  ["list.issubset", comparing("<=")],
  ["list.issuperset", comparing(">=")],
  ["list.isdisjoint", isDisjoint],
];
