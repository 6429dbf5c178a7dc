/** NumPy arrays that model code makes of lists and sizes, on the way to a tensor. */
import { type DType, dtypeOf } from "../../ops/dtype";
import { tensor, unknown } from "../../ops/value";
import { type Dim, constant, unknownSize } from "../../shape/dim";
import { knownDims } from "../../shape/shape";
import { newInstance } from "../classes";
import { indexTensor } from "../indexing";
import { type Machine, type Site, args } from "../machine";
import { knownItems } from "../lists";
import { type InstanceValue, type Value, external, tensorOfArray } from "../value";
import { valuesName } from "./arrays";
import { type Builtin, type Functions, argument, numberIn, textIn } from "./given";

const deepest = 4;
const longest = 1000;

/** The sizes of nested lists of numbers; undefined where they hold anything else or are not of one length. */
function sizesOfList(value: Value, depth = 0): Dim[] | undefined {
  if (["int", "float", "bool"].includes(value.kind)) return [];
  const items = value.kind === "list" || value.kind === "tuple" ? knownItems(value) : undefined;
  if (!items || items.length === 0 || items.length > longest || depth > deepest) return undefined;
  const inner = items.map((item) => sizesOfList(item, depth + 1));
  const [first] = inner;
  const isEven =
    first && inner.every((sizes) => sizes?.map(({ key }) => key).join() === first.map(({ key }) => key).join());
  return isEven ? [constant(items.length), ...first] : undefined;
}

function dtypeOfList(value: Value): DType | undefined {
  const items = knownItems(value);
  if (!items) return value.kind === "int" ? "int64" : value.kind === "float" ? "float64" : "bool";
  const kinds = new Set(items.map(dtypeOfList));
  return kinds.has("float64") ? "float64" : kinds.size === 1 ? [...kinds][0] : undefined;
}

/** The element type that an argument names, as a type of NumPy, a word or a type of Python. */
function dtypeIn(given: Value | undefined): DType | undefined {
  const name = given?.kind === "external" ? given.name.split(".").at(-1) : textIn(given);
  const plain: Record<string, DType> = { float: "float64", int: "int64", bool: "bool", bool_: "bool" };
  return name === undefined ? undefined : (plain[name] ?? dtypeOf(name));
}

function arrayWith(machine: Machine, dims: readonly Dim[], dtype: DType | undefined, site: Site): InstanceValue {
  const made = newInstance(machine, external("numpy.ndarray"), site);
  made.attributes.set(tensorOfArray, tensor(dims, dtype));
  return made;
}

const ofList: Builtin = (machine, given, site) => {
  const [from, type] = [argument(given, 0, "object"), argument(given, 1, "dtype")];
  if (from?.kind === "instance" && from.attributes.has(tensorOfArray) && !type) return from;
  const dims = from && sizesOfList(from);
  if (!dims || dims.length === 0) return unknown("the array is not known");
  const made = arrayWith(machine, dims, type ? dtypeIn(type) : dtypeOfList(from), site);
  const isRow = dims.length === 1 && !type;
  if (isRow) made.attributes.set(valuesName, { kind: "tuple", items: [...knownItems(from)!] });
  return made;
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
    return arrayWith(machine, dims as Dim[], type ? dtypeIn(type) : typeAt === 1 ? "float64" : undefined, site);
  };

const identity: Builtin = (machine, given, site) => {
  const [size, ...others] = given.positional;
  const type = given.keywords.get("dtype");
  const isPlain = size?.kind === "int" && others.length === 0 && given.keywords.size === (type ? 1 : 0);
  return isPlain
    ? arrayWith(machine, [size.value, size.value], type ? dtypeIn(type) : "float64", site)
    : unknown("the sizes of the array are not known");
};

const withType: Builtin = (machine, { positional: [array, type] }, site) => {
  const inside = array?.kind === "instance" ? array.attributes.get(tensorOfArray) : undefined;
  const dims = inside?.kind === "tensor" ? knownDims(machine.facts.resolveShape(inside.shape)) : undefined;
  return dims ? arrayWith(machine, dims, dtypeIn(type), site) : unknown("the array is not known");
};

/** `arange` of known whole numbers. */
const range: Builtin = (machine, given, site) => {
  const numbers = given.positional.map(numberIn);
  if (numbers.length === 0 || numbers.includes(undefined) || given.keywords.size > 0)
    return unknown("the array is not known");
  const [first, second, step = 1] = numbers as [number, number | undefined, number | undefined];
  const [start, stop] = second === undefined ? [0, first] : [first, second];
  if (step === 0) return unknown("the array is not known");
  return arrayWith(machine, [constant(Math.max(0, Math.ceil((stop - start) / step)))], "int64", site);
};

/** `reshape`, as of the tensor with the same numbers. */
const reshape: Builtin = (machine, { positional: [array, ...sizes], keywords }, site) => {
  const inside = array?.kind === "instance" ? array.attributes.get(tensorOfArray) : undefined;
  if (inside?.kind !== "tensor" || keywords.size > 0) return unknown("the array is not known");
  const result = machine.call(machine.attribute(inside, "reshape", site), args(...sizes), site);
  const dims = result.kind === "tensor" ? knownDims(machine.facts.resolveShape(result.shape)) : undefined;
  return dims ? arrayWith(machine, dims, inside.dtype, site) : unknown("the array is not known");
};

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

/** `array[3:7]`, `array[:, 0]`: as of a tensor, for indices that both read alike. */
export function partOfArray(machine: Machine, array: InstanceValue, index: Value, site: Site): Value | undefined {
  const inside = array.attributes.get(tensorOfArray);
  const parts = index.kind === "tuple" ? index.items : [index];
  const isPlain = parts.every((part) => (part.kind === "slice" ? part.step.kind === "none" : isOfPlaces(part)));
  if (inside?.kind !== "tensor" || !isPlain) return undefined;
  const part = indexTensor(machine, inside, index, site);
  const dims = part.kind === "tensor" ? knownDims(machine.facts.resolveShape(part.shape)) : undefined;
  return dims && dims.length > 0 ? arrayWith(machine, dims, inside.dtype, site) : undefined;
}

/** A number, or a list of them, whose items come in its order. */
const isOfPlaces = (part: Value): boolean =>
  part.kind === "int" || (part.kind === "list" && knownItems(part)?.every(({ kind }) => kind === "int") === true);

export const arrayCreationFunctions: Functions = [
  ["numpy.array", ofList],
  ["numpy.asarray", ofList],
  ["numpy.zeros", ofSizes(1)],
  ["numpy.ones", ofSizes(1)],
  ["numpy.empty", ofSizes(1)],
  ["numpy.full", ofSizes(2)],
  ["numpy.eye", identity],
  ["numpy.identity", identity],
  ["numpy.arange", range],
  ["numpy.memmap", fromFile(4, 1, "uint8")],
  ["numpy.fromfile", fromFile(undefined, 1, "float64")],
  ["numpy.frombuffer", fromFile(undefined, 1, "float64")],
  ["numpy.ndarray.astype", withType],
  ["numpy.ndarray.reshape", reshape],
];
