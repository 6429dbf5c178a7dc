/** What NumPy computes over the axes of an array, and what it does with an array that keeps its shape. */
import { type DType, categoryOf } from "../../ops/dtype";
import { type TensorValue, tensor, unknown } from "../../ops/value";
import { forgetArrays, numbersOfArray } from "../tensors/arrayNumbers";
import { arrayAround, numberOf, tensorInArray } from "../tensors/arrays";
import { type Arguments, type Machine, type Site, args } from "../machine";
import { type Value, external } from "../values/value";
import { asTensor } from "./arrayCreation";
import { type Builtin, type Functions, argument } from "./given";
import { numberFunctions } from "./numbers";

/** What a reduction makes of element types; undefined where they decide too little. */
type TypeOf = (own: DType | undefined) => DType | undefined;

const isInteger = (type: DType | undefined): boolean => type !== undefined && categoryOf(type) < 2;
const asFloat: TypeOf = (own) => (isInteger(own) ? "float64" : own);
/** NumPy adds up in its widest type, for which PyTorch has no name where it has no sign. */
export const asSum: TypeOf = (own) => (own === "uint8" ? undefined : isInteger(own) ? "int64" : own);
const asIs: TypeOf = (own) => own;

const reductions: Readonly<Record<string, TypeOf>> = {
  mean: asFloat,
  std: asFloat,
  var: asFloat,
  median: asFloat,
  sum: asSum,
  prod: asSum,
  max: asIs,
  amax: asIs,
  min: asIs,
  amin: asIs,
  argmax: () => "int64",
  argmin: () => "int64",
  any: () => "bool",
  all: () => "bool",
};

/** Of the methods an array has those that are no functions of NumPy alone. */
const isMethod = (name: string): boolean => !/^(median|amax|amin)$/.test(name);

const numbers = new Map(numberFunctions);

function reduction(name: string, typeOf: TypeOf): Builtin {
  return (machine, given, site) => {
    const [array] = given.positional;
    const ofNumbers = numbers.get(`numpy.${name}`);
    if (ofNumbers && !tensorInArray(array)) return ofNumbers(machine, given, site);
    const inside = array && asTensor(array);
    if (!inside) return unknown("the array is not known");
    const others = [...given.keywords.keys()].filter((keyword) => !/^(axis|keepdims|ddof|dtype)$/.test(keyword));
    if (given.open || others.length > 0 || given.positional.length > 2) return unknown("the array is not known");
    const type = given.keywords.has("dtype") ? undefined : typeOf(inside.dtype);
    const axis = argument(given, 1, "axis");
    const keepdims = given.keywords.get("keepdims");
    const isWhole = !keepdims && (!axis || axis.kind === "none");
    const items = isWhole && ofNumbers ? numbersOfArray(array) : undefined;
    if (items) return ofNumbers!(machine, args(machine.newList(items)), site);
    if (isWhole) return numberOf(type);
    return alongAxis(machine, inside, { axis, keepdims }, type, site);
  };
}

function alongAxis(
  machine: Machine,
  inside: TensorValue,
  { axis, keepdims }: Readonly<Record<"axis" | "keepdims", Value | undefined>>,
  type: DType | undefined,
  site: Site,
): Value {
  const keywords = new Map<string, Value>();
  if (axis && axis.kind !== "none") keywords.set("dim", axis);
  if (keepdims) keywords.set("keepdim", keepdims);
  const given: Arguments = { positional: [inside], keywords, open: false };
  const result = machine.record.silently(() => machine.call(external("torch.amax"), given, site));
  const isArray = result.kind === "tensor" && result.shape.length > 0;
  return isArray ? arrayAround(machine, tensor(result.shape, type), site) : numberOf(type);
}

/** A function of one array whose result has its shape. */
export const inShapeOf =
  (typeOf: TypeOf): Builtin =>
  (machine, given, site) => {
    const inside = tensorInArray(given.positional[0]);
    const isFlat = argument(given, 1, "axis")?.kind === "none";
    if (!inside || isFlat) return unknown("the array is not known");
    const copy = machine.record.silently(() => machine.call(external("torch.clone"), args(inside), site));
    return copy.kind === "tensor" ? arrayAround(machine, { ...copy, dtype: typeOf(copy.dtype) }, site) : copy;
  };

/** The sums or products up to each place; without an axis those of an array with several come in one row. */
export const upToEach: Builtin = (machine, given, site) => {
  const [first, ...others] = given.positional;
  const axis = argument(given, 1, "axis");
  if (axis && axis.kind !== "none") return inShapeOf(asSum)(machine, given, site);
  const inside = tensorInArray(first);
  const isPlain = others.length === 0 && given.keywords.size === 0 && !given.open;
  if (!inside || !isPlain) return unknown("the array is not known");
  const row = machine.record.silently(() => machine.call(external("torch.flatten"), args(inside), site));
  return row.kind === "tensor" ? arrayAround(machine, { ...row, dtype: asSum(row.dtype) }, site) : row;
};

/** Likewise one that gives another look at the same memory. */
const viewOf: Builtin = (machine, given, site) => {
  forgetArrays(given);
  return inShapeOf(asIs)(machine, given, site);
};

export const arrayReductions: Functions = [
  ...Object.entries(reductions).flatMap(([name, typeOf]): Functions[number][] => {
    const run = reduction(name, typeOf);
    return [[`numpy.${name}`, run], ...(isMethod(name) ? [[`numpy.ndarray.${name}`, run] as const] : [])];
  }),
  ["numpy.sort", inShapeOf(asIs)],
  ["numpy.cumprod", upToEach],
  ...["flip", "fliplr", "flipud", "ascontiguousarray"].map((name): Functions[number] => [`numpy.${name}`, viewOf]),
];
