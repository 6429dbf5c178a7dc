/** NumPy's random numbers: by the module's functions, and by generators that a program makes for itself. */
import { type DType } from "../../ops/dtype";
import { int, none, tensor, unknown } from "../../ops/value";
import { type Dim, newDraw, unknownInteger } from "../../shape/dim";
import { sameShape } from "../../shape/shape";
import { forgetArray } from "../tensors/arrayNumbers";
import { arrayAround, isArray, tensorInArray, numberOf } from "../tensors/arrays";
import { newInstance } from "../classes/classes";
import { itemsOf, knownItems, loosened, setItems } from "../collections/lists";
import { type Arguments, type Machine, type Site } from "../machine";
import { type Value, external } from "../values/value";
import { asTensor, dtypeIn } from "./arrayCreation";
import { type Builtin, type Functions, argument, numberIn } from "./given";

const anyFloat: Value = { kind: "float", value: undefined };

/** An array of which the sizes are known; undefined for sizes that are not. */
function sizedArray(
  machine: Machine,
  sizes: readonly Value[] | undefined,
  dtype: DType | undefined,
  site: Site,
): Value {
  const dims = sizes?.map((size) => (size.kind === "int" ? size.value : undefined));
  if (!dims || dims.includes(undefined)) return unknown("the sizes of the array are not known");
  return arrayAround(machine, tensor(dims as Dim[], dtype), site);
}

/** Random numbers with `size` at a position; without one it is a single number. */
const drawn =
  (position: number, usual: DType, isOfRange = false): Builtin =>
  (machine, given, site) => {
    const size = argument(given, position, "size");
    const isSingle = !size || size.kind === "none";
    const type = given.keywords.get("dtype");
    const dtype = given.positional.length > position + 1 ? undefined : type ? dtypeIn(type) : usual;
    const ranges = [...given.positional.slice(0, position), ...valuesBeside(given, ["size", "dtype"])];
    if (isSingle && !ranges.every(isPlainNumber)) return inSizesOf(machine, ranges, dtype, site);
    if (isSingle) return usual === "int64" ? wholeNumber(given, isOfRange) : anyFloat;
    return sizedArray(machine, size.kind === "int" ? [size] : knownItems(size), dtype, site);
  };

const valuesBeside = ({ keywords }: Arguments, names: readonly string[]): Value[] =>
  [...keywords].flatMap(([name, value]) => (names.includes(name) ? [] : [value]));

/** `randint(high)`, `randint(low, high)`; the other functions say nothing of what they give. */
function wholeNumber({ positional, keywords }: Arguments, isOfRange: boolean): Value {
  const [low, high] = positional.length > 1 ? positional : [int(0), ...positional];
  const first = numberIn(low);
  const isKnown = isOfRange && keywords.size === 0 && first !== undefined && high?.kind === "int";
  return int(isKnown ? newDraw(first, high.value) : unknownInteger());
}

/** Without a size there are as many numbers as in the arrays that say how they are drawn. */
function inSizesOf(machine: Machine, given: readonly Value[], dtype: DType | undefined, site: Site): Value {
  const arrays = given.filter((value) => !isPlainNumber(value)).map(tensorInArray);
  const [first] = arrays;
  const isOne = first && arrays.every((array) => array && sameShape(array.shape, first.shape));
  return isOne ? arrayAround(machine, tensor(first.shape, dtype), site) : unknown("the array is not known");
}

const isPlainNumber = ({ kind }: Value): boolean => kind === "int" || kind === "float";

/** `numpy.random.randn(2, 3)`. */
const drawnBySizes: Builtin = (machine, { positional }, site) =>
  positional.length === 0 ? anyFloat : sizedArray(machine, positional, "float64", site);

/** `permutation(10)`, `permutation(rows)`: the places in another order, or what was given with its first axis so. */
const permutation: Builtin = (machine, { positional: [from] }, site) => {
  if (from?.kind === "int") return arrayAround(machine, tensor([from.value], "int64"), site);
  const inside = from && asTensor(from);
  return inside && inside.shape.length > 0
    ? arrayAround(machine, tensor(inside.shape, inside.dtype), site)
    : unknown("the array is not known");
};

/** In place: the array or list keeps its sizes. */
const shuffle: Builtin = (machine, { positional: [from] }) => {
  if (from && isArray(from)) forgetArray(from);
  else if (from?.kind === "list") setItems(from, loosened(itemsOf(from), machine.facts));
  return none;
};

/** `choice(10, 3)`, `choice(rows[:, 0], size=(2, 3))`: so many of them. */
const choice: Builtin = (machine, given, site) => {
  const from = argument(given, 0, "a");
  const size = argument(given, 1, "size");
  const inside = from && from.kind !== "int" ? asTensor(from) : undefined;
  const dtype = from?.kind === "int" ? "int64" : inside?.dtype;
  if (!from || given.keywords.has("axis") || (from.kind !== "int" && inside?.shape.length !== 1))
    return unknown("what is drawn is not known");
  if (!size || size.kind === "none") return numberOf(dtype);
  return sizedArray(machine, size.kind === "int" ? [size] : knownItems(size), dtype, site);
};

/** At which place each function takes the sizes of what it gives. */
const placesOfSizes: Readonly<Record<string, number>> = {
  normal: 2,
  uniform: 2,
  laplace: 2,
  logistic: 2,
  gumbel: 2,
  lognormal: 2,
  beta: 2,
  gamma: 2,
  exponential: 1,
  rayleigh: 1,
  standard_normal: 0,
  standard_exponential: 0,
  random: 0,
  random_sample: 0,
  sample: 0,
  ranf: 0,
};

const placesOfIntegerSizes: Readonly<Record<string, number>> = {
  randint: 2,
  integers: 2,
  binomial: 2,
  poisson: 1,
  geometric: 1,
};

const draws: readonly (readonly [name: string, run: Builtin])[] = [
  ...Object.entries(placesOfSizes).map(([name, place]) => [name, drawn(place, "float64")] as const),
  ...Object.entries(placesOfIntegerSizes).map(
    ([name, place]) => [name, drawn(place, "int64", /^(randint|integers)$/.test(name))] as const,
  ),
  ["rand", drawnBySizes],
  ["randn", drawnBySizes],
  ["permutation", permutation],
  ["permuted", permutation],
  ["shuffle", shuffle],
  ["choice", choice],
];

/** The same function as a method of a generator, which comes first. */
const asMethod =
  (run: Builtin): Builtin =>
  (machine, { positional: [, ...positional], ...others }, site) =>
    run(machine, { positional, ...others }, site);

const generators = ["numpy.random.RandomState", "numpy.random.Generator"];

const makeGenerator =
  (type: string): Builtin =>
  (machine, _, site) =>
    newInstance(machine, external(type), site);

export const randomArrayFunctions: Functions = [
  ...draws.map(([name, run]) => [`numpy.random.${name}`, run] as const),
  ...generators.flatMap((type) => draws.map(([name, run]) => [`${type}.${name}`, asMethod(run)] as const)),
  ["numpy.random.RandomState", makeGenerator("numpy.random.RandomState")],
  ["numpy.random.default_rng", makeGenerator("numpy.random.Generator")],
];
