/** NumPy's functions that cut arrays up, make them longer or shorter, or count what is in them. */
import { type DType } from "../../ops/dtype";
import { type TensorValue, int, tensor, unknown } from "../../ops/value";
import { type Dim, add, constant, constantValue, unknownInteger, unknownSize } from "../../shape/dim";
import { knownDims } from "../../shape/shape";
import { arrayOf, forgetArray, forgetArrays } from "../tensors/arrayNumbers";
import { arrayAround, arrayFrom, isArray, tensorInArray } from "../tensors/arrays";
import { knownItems } from "../collections/lists";
import { type Machine, type Site, args } from "../machine";
import { type Value, external } from "../values/value";
import { isNumber } from "../values/truth";
import { asTensor } from "./arrayCreation";
import { type Builtin, type Functions, argument, numberIn, textIn } from "./given";

const noArray = unknown("the array is not known");

/** The sizes of an array, or of the array that NumPy makes of a list. */
function sizesOf(
  machine: Machine,
  value: Value | undefined,
): { dims: readonly Dim[]; dtype: DType | undefined } | undefined {
  const inside = value && asTensor(value);
  const dims = inside && knownDims(machine.facts.resolveShape(inside.shape));
  return dims && { dims, dtype: inside.dtype };
}

/** A place among so many axes, negative ones from the end. */
function axisIn(dims: readonly Dim[], axis: Value | undefined): number | undefined {
  const at = numberIn(axis);
  const place = at !== undefined && at < 0 ? at + dims.length : at;
  return place !== undefined && place >= 0 && place < dims.length ? place : undefined;
}

/** `array_split(array, 3)`, `split(array, [2, 5], axis=1)`: the pieces share the array's memory. */
const split =
  (axis: Value | undefined): Builtin =>
  (machine, given, site) => {
    const inside = tensorInArray(argument(given, 0, "ary"));
    const sections = argument(given, 1, "indices_or_sections");
    const along = axis ?? argument(given, 2, "axis") ?? int(0);
    forgetArrays(given);
    if (!inside || !sections || given.open) return unknown("the arrays are not known");
    const cut = args(inside, tensorInArray(sections) ?? sections, along);
    const result = machine.record.silently(() => machine.call(external("torch.tensor_split"), cut, site));
    const parts = knownItems(result)?.map((part) => arrayFrom(machine, part, [given.positional[0]!], undefined, site));
    return parts?.every((part) => part !== undefined) ? machine.newList(parts) : unknown("the arrays are not known");
  };

/** How much is put before and behind each axis; undefined where that is not known. */
function widthsOf(given: Value | undefined, rank: number): readonly (readonly [number, number])[] | undefined {
  const one = numberIn(given);
  if (one !== undefined) return Array.from({ length: rank }, () => [one, one]);
  const items = given && knownItems(given);
  const pairs = items?.map((item) => knownItems(item)?.map(numberIn));
  const plain = items?.map(numberIn);
  const isOfOne = plain?.length === 2 && !plain.includes(undefined);
  const known = isOfOne ? [plain] : pairs;
  if (!known || known.some((pair) => pair?.length !== 2 || pair.includes(undefined))) return undefined;
  const widths = known as [number, number][];
  return widths.length === 1
    ? Array.from({ length: rank }, () => widths[0]!)
    : widths.length === rank
      ? widths
      : undefined;
}

const pad: Builtin = (machine, given, site) => {
  const from = sizesOf(machine, argument(given, 0, "array"));
  const widths = from && widthsOf(argument(given, 1, "pad_width"), from.dims.length);
  if (!widths) return noArray;
  const dims = from.dims.map((size, i) => add(size, constant(widths[i]![0] + widths[i]![1])));
  return arrayAround(machine, tensor(dims, from.dtype), site);
};

/** `delete(array, 0, axis=0)` and `insert(array, 0, values, axis=0)`: one place or several less or more along an axis. */
const resized =
  (change: 1 | -1): Builtin =>
  (machine, given, site) => {
    const from = sizesOf(machine, argument(given, 0, "arr"));
    const axis = from && axisIn(from.dims, argument(given, change > 0 ? 3 : 2, "axis"));
    const places = argument(given, 1, "obj");
    const isOfNumbers = change < 0 || isNumber(argument(given, 2, "values") ?? noArray);
    const listed = places && knownItems(places);
    const count = places?.kind === "int" ? 1 : listed?.every(({ kind }) => kind === "int") ? listed.length : undefined;
    if (!from || !isOfNumbers || axis === undefined || count === undefined || (count > 1 && change < 0)) return noArray;
    const dims = from.dims.map((size, i) => (i === axis ? add(size, constant(change * count)) : size));
    return arrayAround(machine, tensor(dims, from.dtype), site);
  };

const pair = (machine: Machine, site: Site, ...parts: readonly (readonly [Dim, DType | undefined])[]): Value => ({
  kind: "tuple",
  items: parts.map(([size, dtype]) => arrayAround(machine, tensor([size], dtype), site)),
});

/** `histogram(values, bins=8)`: how many there are between so many borders. */
const histogram: Builtin = (machine, given, site) => {
  const bins = argument(given, 1, "bins") ?? int(10);
  const borders = sizesOf(machine, bins)?.dims;
  const isCounted = !["weights", "density", "normed"].some((name) => given.keywords.has(name));
  if (bins.kind !== "int" && borders?.length !== 1) return noArray;
  const count = bins.kind === "int" ? bins.value : add(borders![0]!, constant(-1));
  return pair(machine, site, [count, isCounted ? "int64" : undefined], [add(count, constant(1)), undefined]);
};

/** `unique(values, return_counts=True)`: nobody knows how many there are. */
const unique: Builtin = (machine, given, site) => {
  const from = sizesOf(machine, argument(given, 0, "ar"));
  const more = ["return_index", "return_inverse", "return_counts"].map((name, i) => argument(given, i + 1, name));
  const asked = more.map((flag) => (flag?.kind === "bool" ? flag.value : flag ? undefined : false));
  if (asked.includes(undefined) || given.keywords.has("axis") || given.positional.length > 4) return noArray;
  const size = unknownSize();
  const found = arrayAround(machine, tensor([size], from?.dtype), site);
  if (!asked.includes(true)) return found;
  const all = from?.dims.length === 1 ? from.dims[0]! : unknownSize();
  const others = [size, all, size].filter((_, i) => asked[i]);
  return {
    kind: "tuple",
    items: [found, ...others.map((count) => arrayAround(machine, tensor([count], "int64"), site))],
  };
};

/** Weights are added up instead of counting. */
const counts: Builtin = (machine, { positional, keywords }, site) => {
  const dtype = positional.length > 1 || keywords.has("weights") ? undefined : "int64";
  return arrayAround(machine, tensor([unknownSize()], dtype), site);
};

/** The places of what is not zero, axis by axis: nobody knows how many there are. */
const nonzero: Builtin = (machine, given, site) => {
  const from = sizesOf(machine, given.positional[0]);
  if (!from) return unknown("the arrays are not known");
  const size = unknownSize();
  return pair(machine, site, ...from.dims.map((): readonly [Dim, DType] => [size, "int64"]));
};

/** `fromstring("13-64-2", dtype=int, sep="-")`: the numbers in a text. */
const ofText: Builtin = (machine, given, site) => {
  const [text, separator] = [textIn(argument(given, 0, "string")), textIn(given.keywords.get("sep"))];
  const type = given.keywords.get("dtype");
  if (given.positional.length > 1 || given.keywords.size > 2) return noArray;
  const isOfIntegers = type?.kind === "external" && /(^|\.)int(64)?$/.test(type.name);
  const words = separator?.trim() ? text?.split(separator) : text?.trim().split(/\s+/);
  if (!words || separator === undefined || !isOfIntegers || !words.every((word) => /^\s*[-+]?\d{1,9}\s*$/.test(word)))
    return noArray;
  return arrayOf(
    machine,
    words.map((word) => int(Number(word))),
    site,
  );
};

/** `percentile(values, q, axis)`: without the axis, once for each of several parts. */
const quantile: Builtin = (machine, given, site) => {
  const from = sizesOf(machine, argument(given, 0, "a"));
  const parts = argument(given, 1, "q");
  const axis = argument(given, 2, "axis");
  const at = from && axisIn(from.dims, axis);
  const isOne = parts?.kind === "int" || parts?.kind === "float";
  const others = ["out", "overwrite_input", "method", "keepdims", "interpolation"];
  const outer = isOne ? [] : sizesOf(machine, parts)?.dims;
  if (!from || !outer || given.positional.length > 3 || others.some((name) => given.keywords.has(name))) return noArray;
  if ((axis && axis.kind !== "none" && at === undefined) || (!axis && isOne)) return noArray;
  const left = at === undefined ? [] : from.dims.filter((_, i) => i !== at);
  return arrayAround(machine, tensor([...outer, ...left], from.dtype === "float32" ? undefined : "float64"), site);
};

/** One number for each of those that are looked up. */
const lookedUp =
  (place: number, name: string, dtype: DType): Builtin =>
  (machine, given, site) => {
    const from = sizesOf(machine, argument(given, place, name));
    return from && from.dims.length > 0 ? arrayAround(machine, tensor(from.dims, dtype), site) : noArray;
  };

/** Longer lists are not written down. */
const longest = 1000;

/** `tolist()` of several axes: lists in lists, of numbers of which only the kind is known. */
export function nestedList(machine: Machine, { shape, dtype }: TensorValue): Value | undefined {
  const sizes = knownDims(machine.facts.resolveShape(shape))?.map(constantValue);
  const isSmall = sizes && !sizes.includes(undefined) && (sizes as number[]).reduce((a, b) => a * b, 1) <= longest;
  const kind = /^b?float/.test(dtype ?? "") ? "float" : /^u?int/.test(dtype ?? "") ? "int" : undefined;
  if (!isSmall || !kind || sizes.length === 0) return undefined;
  const listed = ([size, ...inner]: readonly number[]): Value =>
    size === undefined
      ? kind === "float"
        ? { kind, value: undefined }
        : int(unknownInteger())
      : machine.newList(Array.from({ length: size }, () => listed(inner)));
  return listed(sizes as number[]);
}

/** A method that changes an array in place, whose numbers are others then. */
const inPlace: Builtin = (_, { positional: [array] }) => {
  if (array && isArray(array)) forgetArray(array);
  return { kind: "none" };
};

export const arrayPieceFunctions: Functions = [
  ["numpy.split", split(undefined)],
  ["numpy.array_split", split(undefined)],
  ["numpy.vsplit", split(int(0))],
  ["numpy.hsplit", split(int(1))],
  ["numpy.pad", pad],
  ["numpy.delete", resized(-1)],
  ["numpy.insert", resized(1)],
  ["numpy.histogram", histogram],
  ["numpy.unique", unique],
  ["numpy.bincount", counts],
  ["numpy.nonzero", nonzero],
  ["numpy.ndarray.nonzero", nonzero],
  ["numpy.flatnonzero", counts],
  ["numpy.argwhere", () => noArray],
  ["numpy.fromstring", ofText],
  ["numpy.percentile", quantile],
  ["numpy.quantile", quantile],
  ["numpy.digitize", lookedUp(0, "x", "int64")],
  ["numpy.searchsorted", lookedUp(1, "v", "int64")],
  ["numpy.interp", lookedUp(0, "x", "float64")],
  ["numpy.ndarray.sort", inPlace],
  ["numpy.ndarray.fill", inPlace],
];
