/** NumPy's functions that an operation of PyTorch does as well, done on the tensors that stand for the arrays. */
import { type DType } from "../../ops/dtype";
import { type TensorValue, int, none, str, tensor, unknown } from "../../ops/value";
import { constant } from "../../shape/dim";
import { forgetArrays, numbersOfArray, withNumbers } from "../tensors/arrayNumbers";
import { arrayAround, arrayFrom, ofAnyType, tensorInArray } from "../tensors/arrays";
import { knownItems } from "../collections/lists";
import { type Arguments, type Machine, type Site, args } from "../machine";
import { isNumber, truthOf } from "../values/truth";
import { type Value, external, tensorOfArray } from "../values/value";
import { asTensor, dtypeIn } from "./arrayCreation";
import { type Builtin, type Functions, argument } from "./given";
import { numberFunctions } from "./numbers";

/** NumPy's function, PyTorch's, and what PyTorch calls the arguments, which come in the same order. */
type Delegation = readonly [own: string, other: string, names: string];

const functionsOfArrays: readonly Delegation[] = [
  ["triu", "torch.triu", "m=input k=diagonal"],
  ["tril", "torch.tril", "m=input k=diagonal"],
  ["tile", "torch.tile", "A=input reps=dims"],
  ["repeat", "torch.repeat_interleave", "a=input repeats=repeats axis=dim"],
  ["concatenate", "torch.cat", "arrays=tensors axis=dim"],
  ["stack", "torch.stack", "arrays=tensors axis=dim"],
  ["expand_dims", "torch.unsqueeze", "a=input axis=dim"],
  ["squeeze", "torch.squeeze", "a=input axis=dim"],
  ["transpose", "torch.permute", "a=input axes=dims"],
  ["reshape", "torch.reshape", "a=input newshape=shape"],
  ["outer", "torch.outer", "a=input b=vec2"],
  ["power", "torch.pow", "x1=input x2=exponent"],
  ["clip", "torch.clamp", "a=input a_min=min a_max=max"],
  ["diff", "torch.diff", "a=input n=n axis=dim"],
  ["negative", "torch.neg", "x=input"],
  ["vstack", "torch.vstack", "tup=tensors"],
  ["hstack", "torch.hstack", "tup=tensors"],
  ["dstack", "torch.dstack", "tup=tensors"],
  ["column_stack", "torch.column_stack", "tup=tensors"],
  ["swapaxes", "torch.swapaxes", "a=input axis1=axis0 axis2=axis1"],
  ["moveaxis", "torch.moveaxis", "a=input source=source destination=destination"],
  ["broadcast_to", "torch.broadcast_to", "array=input shape=size"],
  ["roll", "torch.roll", "a=input shift=shifts axis=dims"],
  ["rot90", "torch.rot90", "m=input k=k axes=dims"],
  ["kron", "torch.kron", "a=input b=other"],
  ["diag", "torch.diag", "v=input k=diagonal"],
  ["matmul", "torch.matmul", "x1=input x2=other"],
  ["where", "torch.where", "condition=condition x=input y=other"],
  ["linalg.inv", "torch.linalg.inv", "a=A"],
  ["linalg.pinv", "torch.linalg.pinv", "a=A"],
  ["linalg.det", "torch.linalg.det", "a=A"],
  ["linalg.solve", "torch.linalg.solve", "a=A b=B"],
  ["linalg.norm", "torch.linalg.norm", "x=A ord=ord axis=dim keepdims=keepdim"],
  ["linalg.svd", "torch.linalg.svd", "a=A full_matrices=full_matrices"],
  ["linalg.qr", "torch.linalg.qr", "a=A mode=mode"],
  ["linalg.eigh", "torch.linalg.eigh", "a=A UPLO=UPLO"],
  ["linalg.cholesky", "torch.linalg.cholesky", "a=A"],
  ["cov", "torch.cov", "m=input"],
  ["corrcoef", "torch.corrcoef", "x=input"],
  ...["isnan", "isinf", "isfinite", "logical_not"].map((name): Delegation => [name, `torch.${name}`, "x=input"]),
  ...["logical_and", "logical_or", "logical_xor"].map((name): Delegation => [
    name,
    `torch.${name}`,
    "x1=input x2=other",
  ]),
  ["full_like", "torch.full_like", "a=input fill_value=fill_value"],
  ["empty_like", "torch.empty_like", "prototype=input"],
  ["zeros_like", "torch.zeros_like", "a=input"],
  ["ones_like", "torch.ones_like", "a=input"],
  ..."nan_to_num sin cos exp expm1 sqrt log log2 log10 log1p abs tanh square sign floor ceil"
    .split(" ")
    .map((name): Delegation => [name, `torch.${name}`, "x=input"]),
];

/** Likewise its methods; the array itself is the first argument. */
const methodsOfArrays: readonly Delegation[] = [
  ["repeat", "torch.repeat_interleave", "a=input repeats=repeats axis=dim"],
  ["squeeze", "torch.squeeze", "a=input axis=dim"],
  ["reshape", "Tensor.reshape", "shape=shape"],
  ["flatten", "torch.flatten", "a=input"],
  ["ravel", "torch.flatten", "a=input"],
  ["copy", "torch.clone", "a=input"],
  ["transpose", "Tensor.permute", "axes=dims"],
  ["swapaxes", "torch.swapaxes", "a=input axis1=axis0 axis2=axis1"],
  ["clip", "torch.clamp", "a=input min=min max=max"],
  ["round", "torch.round", "a=input decimals=decimals"],
];

/** What they give shares its memory with the array: who writes there writes here. */
const inOneMemory = /\.(round|squeeze|unsqueeze|permute|reshape|flatten|swapaxes|moveaxis|broadcast_to|rot90|diag)$/;

/** PyTorch's operation for arrays; numbers go to the function that knows them, if there is one. */
function delegated(own: string, other: string, names: string, ofNumbers?: Builtin): Builtin {
  const renamed = new Map(names.split(" ").map((pair) => pair.split("=") as [string, string]));
  return (machine, asGiven, site) => {
    const given = takesLists.has(own)
      ? { ...asGiven, positional: asGiven.positional.map((one) => asTensor(one) ?? one) }
      : asGiven;
    const arrays = [...given.positional, ...given.keywords.values()].flatMap((value) => knownItems(value) ?? [value]);
    const isOfTensor = ofEach.test(other) && given.positional[0]?.kind === "tensor" && !arrays.some(tensorInArray);
    if (ofNumbers && !isOfTensor && !arrays.some(tensorInArray)) return ofNumbers(machine, given, site);
    const known = onTensors(given, renamed);
    if (inOneMemory.test(other)) forgetArrays(given);
    const result = known && machine.record.silently(() => machine.call(external(other), known, site));
    // What NumPy computes number by number it gives back in the form in which it came.
    if (isOfTensor && result?.kind === "tensor") return tensor(result.shape, asItCame(given.positional[0]!, result));
    const dtype = dtypeIn(given.keywords.get("dtype")) ?? ownType(own, arrays);
    if (known && result?.kind === "unknown" && refusesAlike.has(own))
      machine.record.refusedAlike(own, () => machine.call(external(other), untyped(known), site));
    // Of a condition alone come the places where it holds.
    const ofPieces = other === "torch.where" ? "int64" : dtype;
    if (result?.kind === "tuple") return arraysFrom(machine, result.items, arrays, ofPieces, site);
    const array = result && arrayFrom(machine, result, arrays, dtype, site);
    const isMixed = arrays.some((value) => value.kind === "list" || value.kind === "tuple");
    if (array && isMixed && !dtype) array.attributes.set(tensorOfArray, ofAnyType(tensorInArray(array)!));
    const isSure = ofNumbers && isExact.test(other);
    const numbers = array && isSure ? numbersAfter(machine, given, ofNumbers, site) : undefined;
    return array && numbers ? withNumbers(array, numbers) : (array ?? unknown("the array is not known"));
  };
}

/** Functions that are mostly given lists of numbers. */
const takesLists = new Set(["numpy.outer", "numpy.kron"]);

/** Functions that refuse just what PyTorch's refuse, but for element types. */
const refusesAlike = new Set(
  (
    "concatenate stack vstack hstack dstack column_stack matmul dot power maximum minimum reshape broadcast_to " +
    "ndarray.reshape ndarray.dot"
  )
    .split(" ")
    .map((name) => `numpy.${name}`),
);

function untyped({ positional, keywords, open }: Arguments): Arguments {
  const each = (value: Value): Value =>
    value.kind === "tuple" ? { ...value, items: value.items.map(ofAnyType) } : ofAnyType(value);
  return {
    positional: positional.map(each),
    keywords: new Map([...keywords].map(([name, value]) => [name, each(value)])),
    open,
  };
}

/** Some compute in float64 whatever they get, linear algebra where it gets whole numbers. */
function ownType(own: string, [first]: readonly Value[]): DType | undefined {
  const isWhole = /^u?int|^bool/.test(tensorInArray(first)?.dtype ?? "");
  return /^numpy\.(cov|corrcoef)$/.test(own) || (own.startsWith("numpy.linalg.") && isWhole) ? "float64" : undefined;
}

/** What an operation gives that has several results. */
function arraysFrom(
  machine: Machine,
  results: readonly Value[],
  from: readonly Value[],
  dtype: DType | undefined,
  site: Site,
): Value {
  const arrays = results.map((result) => arrayFrom(machine, result, from, dtype, site));
  return arrays.every((array) => array !== undefined)
    ? { kind: "tuple", items: arrays }
    : unknown("the arrays are not known");
}

/** The last bit of the others is one library's own. */
const isExact = /\.(floor|ceil|round|abs|square|neg|sqrt)$/;

/** What a function makes of each number of the one array that it is given. */
function numbersAfter(
  machine: Machine,
  { positional, keywords }: Arguments,
  ofNumber: Builtin,
  site: Site,
): readonly Value[] | undefined {
  const numbers = positional.length === 1 && keywords.size === 0 ? numbersOfArray(positional[0]) : undefined;
  const results = numbers?.map((number) => ofNumber(machine, args(number), site));
  return results?.every((one) => one.kind === "int" || (one.kind === "float" && one.value !== undefined))
    ? results
    : undefined;
}

const ofEach = /\.(clamp|neg|pow|sin|cos|exp|expm1|sqrt|log|log2|log10|log1p|abs|tanh|square|sign|floor|ceil)$/;

const asItCame = (given: Value, { dtype }: TensorValue): DType | undefined =>
  given.kind === "tensor" && given.dtype === dtype && (dtype ?? "").startsWith("float") ? dtype : undefined;

/** An operation that PyTorch has between two tensors, NumPy between arrays and numbers. */
function betweenArrays(own: string, other: string, ofNumbers: Builtin | undefined): Builtin {
  const ofTensors = delegated(own, other, "x1=input x2=other");
  const asArray = (value: Value): Value => (isNumber(value) ? tensor([], undefined) : value);
  return (machine, given, site) =>
    ofNumbers && !given.positional.some(tensorInArray)
      ? ofNumbers(machine, given, site)
      : withTypeOf(ofTensors(machine, { ...given, positional: given.positional.map(asArray) }, site), given);
}

/** Beside one of Python's numbers an array of fractions keeps its type. */
function withTypeOf(result: Value, { positional }: Arguments): Value {
  const [inside, ...others] = positional.flatMap((value) => tensorInArray(value) ?? []);
  const array = tensorInArray(result);
  if (!inside || others.length > 0 || !array || !(inside.dtype ?? "").startsWith("float")) return result;
  if (result.kind === "instance") result.attributes.set(tensorOfArray, tensor(array.shape, inside.dtype));
  return result;
}

/** The arguments as PyTorch's operation takes them; undefined where it has no such argument. */
function onTensors(
  { positional, keywords, open }: Arguments,
  renamed: ReadonlyMap<string, string>,
): Arguments | undefined {
  const others = [...keywords].filter(([name]) => name !== "dtype");
  if (open || others.some(([name]) => !renamed.has(name))) return undefined;
  const named = others.map(([name, value]) => [renamed.get(name)!, tensorOrValue(value)] as const);
  return { positional: positional.map(tensorOrValue), keywords: new Map(named), open };
}

function tensorOrValue(value: Value): Value {
  const items = knownItems(value);
  // Among arrays a list is an array too.
  if (items?.some(tensorInArray)) return { kind: "tuple", items: items.map((item) => asTensor(item) ?? item) };
  return tensorInArray(value) ?? value;
}

/** Where PyTorch's own way is by rows, NumPy's is by columns, unless it is told otherwise. */
const meshgrid: Builtin = (machine, { positional, keywords }, site) => {
  const indexing = keywords.get("indexing") ?? str("xy");
  const given = { positional: positional.map(tensorOrValue), keywords: new Map([["indexing", indexing]]), open: false };
  const isOther = ([name, value]: readonly [string, Value]): boolean =>
    name !== "indexing" && name !== "copy" && !(name === "sparse" && truthOf(value) === false);
  if (!positional.every(tensorInArray) || [...keywords].some(isOther)) return unknown("the arrays are not known");
  const result = machine.record.silently(() => machine.call(external("torch.meshgrid"), given, site));
  const grids = knownItems(result)?.map((grid) => arrayFrom(machine, grid, positional, undefined, site));
  return grids?.every((grid) => grid !== undefined) ? machine.newList(grids) : unknown("the arrays are not known");
};

/** A sum over letters: the text first, then the arrays. */
const einsum: Builtin = (machine, given, site) => {
  const [text, ...arrays] = given.positional;
  const tensors = arrays.map(tensorInArray);
  forgetArrays(given);
  if (!text || given.keywords.size > 0 || tensors.includes(undefined)) return unknown("the array is not known");
  const result = machine.record.silently(() =>
    machine.call(external("torch.einsum"), args(text, ...(tensors as Value[])), site),
  );
  return arrayFrom(machine, result, arrays, undefined, site) ?? unknown("the array is not known");
};

/** Up to two axes it is the product of matrices, beyond it is another one than PyTorch's. */
const dot: Builtin = (machine, given, site) => {
  const tensors = given.positional.map(tensorInArray);
  const isOfMatrices = tensors.length === 2 && tensors.every((one) => one && one.shape.length <= 2);
  return isOfMatrices
    ? delegated("numpy.dot", "torch.matmul", "a=input b=other")(machine, given, site)
    : unknown("the array is not known");
};

/** `append(array, values)`: one behind the other, in one row where no axis is named. */
const append: Builtin = (machine, given, site) => {
  const parts = ["arr", "values"].map((name, i) => argument(given, i, name));
  const tensors = parts.map((part) => part && (asTensor(part) ?? (isNumber(part) ? tensorOfOne(part) : undefined)));
  if (given.open || tensors.includes(undefined)) return unknown("the array is not known");
  const axis = argument(given, 2, "axis") ?? none;
  const call = (name: string, ...positional: Value[]): Value => machine.call(external(name), args(...positional), site);
  const joined = machine.record.silently(() => {
    const rows = axis.kind === "none" ? tensors.map((part) => call("torch.flatten", part!)) : (tensors as Value[]);
    return call("torch.cat", { kind: "tuple", items: rows }, axis.kind === "none" ? int(0) : axis);
  });
  const types = new Set(tensors.map((one) => (one as TensorValue).dtype));
  const dtype = types.size === 1 ? [...types][0] : undefined;
  return joined.kind === "tensor"
    ? arrayAround(machine, { ...joined, dtype }, site)
    : unknown("the array is not known");
};

const tensorOfOne = (number: Value): Value => tensor([constant(1)], number.kind === "int" ? "int64" : "float64");

const ofNumbers = new Map(numberFunctions);

export const arrayOperations: Functions = [
  ...functionsOfArrays.map(([own, other, names]): Functions[number] => {
    const name = `numpy.${own}`;
    return [name, delegated(name, other, names, ofNumbers.get(name))];
  }),
  ...methodsOfArrays.map(([own, other, names]): Functions[number] => {
    const name = `numpy.ndarray.${own}`;
    return [name, delegated(name, other, names)];
  }),
  ...["maximum", "minimum"].map((name): Functions[number] => [
    `numpy.${name}`,
    betweenArrays(`numpy.${name}`, `torch.${name}`, ofNumbers.get(`numpy.${name}`)),
  ]),
  ["numpy.meshgrid", meshgrid],
  ["numpy.append", append],
  ["numpy.einsum", einsum],
  ["numpy.dot", dot],
  ["numpy.ndarray.dot", dot],
];
