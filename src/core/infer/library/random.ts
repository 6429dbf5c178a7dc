/** Python's `random`: what is drawn from a collection is like any of its items, whichever it is. */
import { oneAmong } from "../values/candidates";
import { type FloatValue, int, none, unknown } from "../../ops/value";
import { add, constant, newDraw, unknownInteger, unknownSize } from "../../shape/dim";
import { newInstance } from "../classes/classes";
import { itemsFrom } from "../collections/elements";
import {
  type OpenItems,
  anotherLike,
  itemsInAnyOrder,
  knownItems,
  loosened,
  withoutOrder,
  setItems,
} from "../collections/lists";
import { type Machine } from "../machine";
import { type Value, external } from "../values/value";
import { type Builtin, type Functions, argument, numberIn } from "./given";

/** What any item of a collection is like. */
function poolOf(machine: Machine, value: Value | undefined): OpenItems {
  if (!value || value.kind === "unknown" || value.kind === "tensor")
    return loosened([unknown("what is drawn is not known")]);
  return loosened(itemsFrom(machine, value), machine.facts);
}

const oneOf = ({ each }: OpenItems): Value =>
  each ? oneAmong(anotherLike(each), [each]) : unknown("there is nothing to draw from");

/** `random.sample(items, 8)`, `random.choices(items, weights, k=8)`: so many of them. */
const several =
  (place: number, usual?: Value): Builtin =>
  (machine, given) => {
    const count = argument(given, place, "k") ?? usual;
    const { each } = poolOf(machine, argument(given, 0, "population"));
    return machine.newList({ each, count: count?.kind === "int" ? count.value : unknownSize() });
  };

const shuffle: Builtin = (machine, given) => {
  const list = argument(given, 0, "x");
  const items = list && (knownItems(list) ?? itemsInAnyOrder(list));
  if (list?.kind === "list") setItems(list, items ? withoutOrder(items, machine.facts) : poolOf(machine, list));
  return none;
};

/** A whole number from the first to the last one, or to the one before it. */
const between =
  (isLastIncluded: boolean): Builtin =>
  (_, { positional, keywords }) => {
    const [low, high] = positional.length > 1 ? positional : [int(0), ...positional];
    const first = numberIn(low);
    if (first === undefined || high?.kind !== "int" || positional.length > 2 || keywords.size > 0)
      return int(unknownInteger());
    return int(newDraw(first, isLastIncluded ? add(high.value, constant(1)) : high.value));
  };

const number: FloatValue = { kind: "float", value: undefined };
const fractions = "random uniform gauss normalvariate expovariate betavariate gammavariate lognormvariate triangular";

const draws: Functions = [
  ["sample", several(1)],
  ["choices", several(3, int(1))],
  ["choice", (machine, { positional: [from] }) => oneOf(poolOf(machine, from))],
  ["shuffle", shuffle],
  ["randint", between(true)],
  ["randrange", between(false)],
  ...fractions.split(" ").map((name) => [name, (): Value => number] as const),
  ["seed", () => none],
];

const generators = ["random.Random", "random.SystemRandom"];

export const randomFunctions: Functions = [
  ...draws.map(([name, run]) => [`random.${name}`, run] as const),
  ...generators.map((type): Functions[number] => [
    type,
    (machine, _, site) => newInstance(machine, external(type), site),
  ]),
  // A generator's methods get it first.
  ...generators.flatMap((type) =>
    draws.map(([name, run]): Functions[number] => [
      `${type}.${name}`,
      (machine, { positional: [, ...positional], ...others }, site) => run(machine, { positional, ...others }, site),
    ]),
  ),
];
