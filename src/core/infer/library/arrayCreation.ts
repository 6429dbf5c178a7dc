/** NumPy arrays that model code makes of lists and sizes, on the way to a tensor. */
import { type DType, dtypeOf } from "../../ops/dtype";
import { type TensorValue, int, none, tensor, unknown } from "../../ops/value";
import { type Dim, constant, constantValue, unknownSize } from "../../shape/dim";
import { knownDims } from "../../shape/shape";
import { forgetArray, numbersOfArray, withNumbers } from "../tensors/arrayNumbers";
import { arrayAround, isArray, tensorInArray, numberOf } from "../tensors/arrays";
import { indexTensor } from "../tensors/indexing";
import { type Machine, type Site, args } from "../machine";
import { asNumber, isNumber } from "../values/truth";
import { knownItems, openItems } from "../collections/lists";
import { type InstanceValue, type SliceValue, type Value } from "../values/value";
import { type Builtin, type Functions, argument, textIn } from "./given";

const deepest = 4;
const longest = 1000;

/** The sizes of nested lists of numbers and arrays; undefined where they hold anything else or are not of one length. */
function sizesOfList(value: Value, depth = 0): readonly Dim[] | undefined {
  if (["int", "float", "bool"].includes(value.kind)) return [];
  const inside = value.kind === "tensor" ? value : tensorInArray(value);
  if (inside) return knownDims(inside.shape);
  const open = depth <= deepest ? openItems(value) : undefined;
  const ofEach = open?.each && sizesOfList(open.each, depth + 1);
  if (open) return ofEach && [open.count, ...ofEach];
  const items = value.kind === "list" || value.kind === "tuple" ? knownItems(value) : undefined;
  if (!items || items.length === 0 || items.length > longest || depth > deepest) return undefined;
  const inner = items.map((item) => sizesOfList(item, depth + 1));
  const [first] = inner;
  const isEven =
    first && inner.every((sizes) => sizes?.map(({ key }) => key).join() === first.map(({ key }) => key).join());
  return isEven ? [constant(items.length), ...first] : undefined;
}

function dtypeOfList(value: Value): DType | undefined {
  if (value.kind === "tensor") return value.dtype;
  if (tensorInArray(value)) return tensorInArray(value)!.dtype;
  const open = openItems(value);
  if (open) return open.each && dtypeOfList(open.each);
  const items = knownItems(value);
  if (value.kind === "float") return value.ofNumpy === "perhaps" ? undefined : "float64";
  if (!items) return value.kind === "int" ? "int64" : "bool";
  const kinds = new Set(items.map(dtypeOfList));
  return kinds.has("float64") && !kinds.has(undefined) ? "float64" : kinds.size === 1 ? [...kinds][0] : undefined;
}

/** The element type that an argument names, as a type of NumPy, a word or a type of Python. */
export function dtypeIn(given: Value | undefined): DType | undefined {
  const name = given?.kind === "external" ? given.name.split(".").at(-1) : textIn(given);
  const plain: Record<string, DType> = { float: "float64", int: "int64", bool: "bool", bool_: "bool" };
  return name === undefined ? undefined : (plain[name] ?? dtypeOf(name));
}

/** Elements that are arrays themselves add their axes, those of several fields take some away. */
const isStructured = (type: Value | undefined): boolean =>
  type?.kind === "tuple" || type?.kind === "list" || type?.kind === "dict" || textIn(type)?.includes(",") === true;

const arrayWith = (machine: Machine, dims: readonly Dim[], dtype: DType | undefined, site: Site): InstanceValue =>
  arrayAround(machine, tensor(dims, dtype), site);

/** The tensor that stands for an array, or for the array that NumPy makes of a list. */
export function asTensor(value: Value): TensorValue | undefined {
  const dims = sizesOfList(value);
  return tensorInArray(value) ?? (dims && dims.length > 0 ? tensor(dims, dtypeOfList(value)) : undefined);
}

const ofList: Builtin = (machine, given, site) => {
  const [from, type] = [argument(given, 0, "object"), argument(given, 1, "dtype")];
  if (!from || isStructured(type) || given.keywords.has("ndmin")) return unknown("the array is not known");
  const dims = sizesOfList(from);
  if (!dims || dims.length === 0) return unknown("the array is not known");
  const own = dtypeOfList(from);
  const dtype = type ? dtypeIn(type) : own;
  const made = arrayWith(machine, dims, dtype, site);
  const numbers = dims.length === 1 && dtype === own ? (numbersOfArray(from) ?? knownItems(from)) : undefined;
  return numbers ? withNumbers(made, [...numbers]) : made;
};

/** An array stays the object that it is. */
const ofArray: Builtin = (machine, given, site) => {
  const [from, type] = [argument(given, 0, "a"), argument(given, 1, "dtype")];
  return from && isArray(from) && !type ? from : ofList(machine, given, site);
};

/** A number becomes a row of one. */
const atLeastRow: Builtin = (machine, given, site) => {
  const [from, ...others] = given.positional;
  if (!from || others.length + given.keywords.size > 0) return unknown("the arrays are not known");
  const row = isNumber(from) ? machine.newList([from]) : from;
  const made = ofArray(machine, args(row), site);
  return isArray(made) && tensorInArray(made)?.shape.length === 0 ? unknown("the array is not known") : made;
};

/** `zeros`, `ones`, `empty`, `full`: the sizes first, the element type at a place of its own. */
const ofSizes =
  (typeAt: number): Builtin =>
  (machine, given, site) => {
    const sizes = argument(given, 0, "shape");
    const items = sizes?.kind === "int" ? [sizes] : sizes && knownItems(sizes);
    const dims = items?.map((size) => (size.kind === "int" ? size.value : undefined));
    if (!dims || dims.includes(undefined)) return unknown("the sizes of the array are not known");
    const type = argument(given, typeAt, "dtype");
    if (isStructured(type)) return unknown("the elements of the array are not known");
    const filled = typeAt === 1 ? "float64" : typeOfNumber(argument(given, 1, "fill_value"));
    return arrayWith(machine, dims as Dim[], type ? dtypeIn(type) : filled, site);
  };

const typeOfNumber = (value: Value | undefined): DType | undefined =>
  value && isNumber(value) ? dtypeOfList(value) : undefined;

const identity: Builtin = (machine, given, site) => {
  const [size, ...others] = given.positional;
  const type = given.keywords.get("dtype");
  const isPlain = size?.kind === "int" && others.length === 0 && given.keywords.size === (type ? 1 : 0);
  return isPlain
    ? arrayWith(machine, [size.value, size.value], type ? dtypeIn(type) : "float64", site)
    : unknown("the sizes of the array are not known");
};

const withType: Builtin = (machine, { positional: [array, type] }, site) => {
  const inside = tensorInArray(array);
  const dims = inside ? knownDims(machine.facts.resolveShape(inside.shape)) : undefined;
  if (!dims) return unknown("the array is not known");
  const made = arrayWith(machine, dims, dtypeIn(type), site);
  const numbers = numbersOfArray(array)?.map((number) => asType(number, dtypeIn(type)));
  return numbers && !numbers.includes(undefined) ? withNumbers(made, numbers as Value[]) : made;
};

/** A number of an array in another type; undefined where that would round it in a way of its own. */
function asType(value: Value, dtype: DType | undefined): Value | undefined {
  const number = asNumber(value);
  if (number === undefined || Math.abs(number) >= 2 ** 31) return undefined;
  if (dtype === "int64" || dtype === "int32") return int(Math.trunc(number));
  return dtype === "float64" ? { kind: "float", value: number } : undefined;
}

/** Arrays that are read from a file, of one axis unless they are given sizes. */
const fromFile =
  (sizesAt: number | undefined, typeAt: number, usual: DType): Builtin =>
  (machine, given, site) => {
    const type = argument(given, typeAt, "dtype");
    const sizes = sizesAt === undefined ? undefined : argument(given, sizesAt, "shape");
    const dtype = type ? dtypeIn(type) : usual;
    if (!sizes || sizes.kind === "none") return arrayWith(machine, [unknownSize()], dtype, site);
    const dims = (knownItems(sizes) ?? [sizes]).map((size) => (size.kind === "int" ? size.value : undefined));
    return dims.includes(undefined)
      ? unknown("the sizes of the array are not known")
      : arrayWith(machine, dims as Dim[], dtype, site);
  };

/** `array[3:7]`, `array[:, None]`: as of a tensor, for indices that both read alike. */
export function partOfArray(machine: Machine, array: InstanceValue, index: Value, site: Site): Value | undefined {
  const inside = tensorInArray(array);
  const given = index.kind === "tuple" ? index.items : [index];
  const parts = given.map(asForwards);
  const isPlain = parts.every((part) => (part.kind === "slice" ? isForwards(part) : isOfPlaces(part)));
  // Beside a list a number is one too, which moves the axes where a slice stands between them.
  const areMixed =
    parts.some(({ kind }) => kind === "int") && parts.some((part) => part.kind === "list" || isArray(part));
  if (!inside || !isPlain || areMixed) return undefined;
  const places = parts.map((part) => tensorInArray(part) ?? part);
  const part = indexTensor(machine, inside, index.kind === "tuple" ? { ...index, items: places } : places[0]!, site);
  const dims = part.kind === "tensor" ? knownDims(machine.facts.resolveShape(part.shape)) : undefined;
  if (dims?.length === 0) return numberOf(inside.dtype);
  // Who writes into the part writes into the array.
  if (!parts.some((one) => one.kind === "list" || isArray(one))) forgetArray(array);
  return dims && arrayWith(machine, dims, inside.dtype, site);
}

/** `[::-1]` takes all there is, from the end. */
function asForwards(part: Value): Value {
  if (part.kind !== "slice" || part.lower.kind !== "none" || part.upper.kind !== "none") return part;
  const isTurned = part.step.kind === "int" && constantValue(part.step.value) === -1;
  return isTurned ? { ...part, step: none } : part;
}

/** NumPy has steps backwards too. */
const isForwards = ({ step }: SliceValue): boolean =>
  step.kind === "none" || (step.kind === "int" && (constantValue(step.value) ?? 0) > 0);

/** A new axis, a number, a list or an array of numbers, whose items come in its order, or a mask. */
const isOfPlaces = (part: Value): boolean =>
  part.kind === "int" ||
  part.kind === "none" ||
  (part.kind === "external" && part.name === "builtins.Ellipsis") ||
  (isArray(part) && /^(int64|int32|bool)$/.test(tensorInArray(part)?.dtype ?? "")) ||
  (part.kind === "list" && knownItems(part)?.every(({ kind }) => kind === "int") === true);

export const arrayCreationFunctions: Functions = [
  ["numpy.dtype", (_, { positional: [type] }) => type ?? unknown("the element type is not known")],
  ["numpy.array", ofList],
  ["numpy.asarray", ofArray],
  ["numpy.atleast_1d", atLeastRow],
  ["numpy.zeros", ofSizes(1)],
  ["numpy.ones", ofSizes(1)],
  ["numpy.empty", ofSizes(1)],
  ["numpy.full", ofSizes(2)],
  ["numpy.eye", identity],
  ["numpy.identity", identity],
  ["numpy.memmap", fromFile(4, 1, "uint8")],
  ["numpy.fromfile", fromFile(undefined, 1, "float64")],
  ["numpy.frombuffer", fromFile(undefined, 1, "float64")],
  ["numpy.ndarray.astype", withType],
];
