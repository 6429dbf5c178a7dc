/** The least and the largest of several values, and what they add up to or multiply to. */
import { type Dim, add, constantValue, product } from "../../shape/dim";
import { maximum, minimum } from "../../shape/division";
import { type FloatValue, int, numberLike, unknown } from "../../ops/value";
import { type Machine, type Site, args } from "../machine";
import { toInteger } from "../expressions/numberOperations";
import { binary } from "../expressions/operators";
import { elementsInAnyOrder, elementsOf, itemsFrom } from "../collections/elements";
import { compare } from "../values/comparing";
import { asNumber, isNumber } from "../values/truth";
import { anotherLike, isOpenItems, knownItems } from "../collections/lists";
import { join } from "../values/join";
import { type Value, external } from "../values/value";
import { type Builtin, argument } from "./given";

/** The numbers of an iterable, or of the arguments themselves. */
function numbersOf(machine: Machine, positional: readonly Value[]): readonly Value[] | undefined {
  const [only, ...others] = positional;
  // NumPy takes one number too.
  return only && others.length === 0 && !isNumber(only) ? elementsInAnyOrder(machine, only) : positional;
}

/** `min` and `max`: of sizes as a size, of other numbers and with a key where all are known. */
function extreme(isLess: (a: number, b: number) => boolean, ofSizes: (a: Dim, b: Dim) => Dim): Builtin {
  return (machine, { positional, keywords }, site) => {
    const items = numbersOf(machine, positional);
    if (items?.length === 0) return keywords.get("default") ?? unknown("there is nothing to choose from");
    const key = keywords.get("key");
    if (!items) return unknown("the numbers are not known");
    const other = key ? undefined : besideInfinity(items, isLess(0, 1));
    if (other) return other;
    if (!key && items.every((item) => item.kind === "int")) return int(items.map((item) => item.value).reduce(ofSizes));
    const ranks = items.map((item) =>
      asNumber(key && key.kind !== "none" ? machine.call(key, args(item), site) : item),
    );
    if (ranks.includes(undefined)) {
      if (!key || key.kind === "none") {
        const best = extremeOf(items, isLess(0, 1) ? "<" : ">", machine);
        if (best) return best;
      }
      const isNumeric = !key && items.every(({ kind }) => kind === "float" || kind === "int");
      return isNumeric && items.every(({ kind }) => kind === "float")
        ? numberLike(undefined, (items.reduce((a, b) => join(a, b)) as FloatValue).ofNumpy)
        : unknown("the numbers are not known");
    }
    const best = ranks.reduce<number>((found, rank, i) => (isLess(rank!, ranks[found]!) ? i : found), 0);
    return items[best]!;
  };
}

/** Of a number, known or not, and an infinite one that it cannot pass, it is the number. */
function besideInfinity(items: readonly Value[], isLeast: boolean): Value | undefined {
  const isInfinite = (item: Value): boolean => {
    const [low, high] = (item.kind === "float" ? item.between : undefined) ?? [0, 0];
    return isLeast ? low === Number.MAX_VALUE : high === -Number.MAX_VALUE;
  };
  const [only, ...others] = items.filter((item) => !isInfinite(item));
  return only?.kind === "int" && others.length === 0 ? only : undefined;
}

/** The first of texts, tuples or lists in Python's order; undefined where the order is not known. */
function extremeOf(items: readonly Value[], operator: "<" | ">", { facts }: Machine): Value | undefined {
  if (!items.every(({ kind }) => kind === "tuple" || kind === "list" || kind === "str")) return undefined;
  return items.reduce<Value | undefined>((found, item) => {
    const isBefore = found && compare(operator, item, found, facts);
    return isBefore === undefined ? undefined : isBefore ? item : found;
  }, items[0]);
}

export const sum: Builtin = (machine, given, site) => {
  const value = given.positional[0];
  const items = value ? itemsFrom(machine, value) : [];
  const first = argument(given, 1, "start") ?? int(0);
  if (isOpenItems(items)) {
    if (!items.each || items.each.kind === "unknown") return unknown("what is added up is not known");
    const one = addUp(machine, first, anotherLike(items.each), site);
    return join(one, addUp(machine, one, anotherLike(items.each), site), machine.facts);
  }
  return items.reduce((total, item) => addUp(machine, total, item, site), first);
};

function addUp(machine: Machine, total: Value, item: Value, site: Site): Value {
  if (total.kind === "int" && item.kind === "int") return int(add(total.value, item.value));
  // Of truth values 0 and the first one make a number.
  const isNumeric = item.kind === "tensor" && item.dtype !== "bool";
  if (isNumeric && total.kind === "int" && constantValue(total.value) === 0) return item;
  return total.kind === "tensor" || item.kind === "tensor"
    ? machine.call(external("torch.add"), args(total, item), site)
    : binary(machine, "+", total, item, site);
}

/** The product of sizes as a size, of other numbers as a number. */
export const prod: Builtin = (machine, { positional: [value], keywords }) => {
  const items = value && elementsOf(machine, value);
  if (!items || keywords.size > 0) return unknown("the numbers are not known");
  const whole = items.map(toInteger);
  if (whole.every((number) => number !== undefined)) return int(product(whole.map((number) => number.value)));
  const numbers = items.map(asNumber);
  return numbers.includes(undefined)
    ? unknown("the numbers are not known")
    : { kind: "float", value: (numbers as number[]).reduce((a, b) => a * b, 1) };
};

/** What NumPy makes of a flat list of numbers, as Python's own function does. */
export const ofFlat =
  (run: Builtin): Builtin =>
  (machine, given, site) => {
    const [list, ...others] = given.positional;
    const items = list && others.length + given.keywords.size === 0 ? knownItems(list) : undefined;
    return items && items.length > 0 && items.every(({ kind }) => kind === "int" || kind === "float")
      ? run(machine, given, site)
      : unknown("the numbers are not known");
  };

/** The least of several values, and the largest one. */
export const least = extreme((a, b) => a < b, minimum);
export const largest = extreme((a, b) => a > b, maximum);
