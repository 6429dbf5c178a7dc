/** What calls do to the numbers in small tensors: make them, calculate with them, hand them to Python, or write to them unseen. */
import { findOperation } from "../../ops/registry";
import { type TensorValue, bool, int } from "../../ops/value";
import { type Dim, add, constantValue, multiply, newDraw, product, subtract } from "../../shape/dim";
import { knownDims } from "../../shape/shape";
import { type Arguments } from "../machine";
import { countOf, creations } from "./createdNumbers";
import { type Bounds, combineNumbers, mapNumbers, reduceNumbers, usable } from "./numberBounds";
import {
  forgetNumbers,
  hasMemory,
  holdNumber,
  holdRange,
  holdNumbers,
  holdTruths,
  joinMemory,
  numbersIn,
  rangeIn,
  symbolicNumber,
} from "./tensorNumbers";
import { truthsOfCall } from "./truths";
import { asNumber } from "../values/truth";
import { knownItems } from "../collections/lists";
import { type Value } from "../values/value";

/** A call of something outside the program has been made: its result has the numbers that are known of it. */
export function followNumbers(name: string, given: Arguments, result: Value): void {
  const [, library, operation] = /^(torch|Tensor|builtins)\.(\w+)$/.exec(name) ?? [];
  if (library === "builtins") return;
  const keywords = [...given.keywords.keys()].filter((keyword) => !settings.has(keyword));
  const [only, ...more] = keywords;
  const along = more.length === 0 && only === secondNames[operation ?? ""] ? given.keywords.get(only ?? "") : undefined;
  const isPlain = operation !== undefined && !given.open && (keywords.length === 0 || along !== undefined);
  const positional = along ? [...given.positional, along] : given.positional;
  const numbers = isPlain && result.kind === "tensor" ? calculate(operation, positional, result) : undefined;
  const truths =
    isPlain && !numbers && result.kind === "tensor" ? truthsOfCall(operation, positional, result) : undefined;
  if (isPlain && splitting.has(operation)) holdPieces(given.positional[0], result);
  if (isPlain && library === "torch" && drawing.has(operation)) holdDraws(given.positional, result);
  const owner = sharing.test(operation ?? "") ? given.positional[0] : undefined;
  if (numbers) holdAll(result, numbers, owner);
  else if (truths) holdTruths(result, truths, owner);
  else if (library && !given.keywords.has("out") && leavesAlone(name, given)) shareMemory(given, result);
  else if (!(isPlain && looking.has(operation)))
    for (const value of [...given.positional, ...given.keywords.values()]) forgetNumbers(value);
}

/** What the second argument is called, where it may stand by its name: of a row there is one dimension to go along. */
const secondNames: Readonly<Record<string, string>> = { cumsum: "dim", triu: "diagonal", tril: "diagonal", cat: "dim" };

/** An operation that writes to none of its arguments; what it gives may lie in the memory of the first one. */
function leavesAlone(name: string, { positional, open }: Arguments): boolean {
  if (open || name.endsWith("_") || !findOperation(name)) return false;
  return positional.filter(hasMemory).length < 2 || !ofSeveral.test(name);
}

/** What these give lies in the memory of each of their arguments. */
const ofSeveral = /\.(broadcast_tensors|meshgrid|atleast_\dd|align_tensors)$/;

function shareMemory({ positional }: Arguments, result: Value): void {
  const owner = positional.find(hasMemory);
  const parts = knownItems(result) ?? [result];
  if (owner) for (const part of parts) joinMemory(part, owner);
}

const drawing = new Set(["randint", "randperm"]);

/** `randint(high, sizes)`, `randint(low, high, sizes)`, `randperm(below)`. */
function holdDraws(positional: readonly Value[], result: Value): void {
  const ends = positional.filter(({ kind }) => kind === "int");
  const [low, high] = ends.length > 1 ? ends : [int(0), ends[0]];
  const least = low.kind === "int" ? constantValue(low.value) : undefined;
  const areWhole = result.kind === "tensor" && result.dtype === "int64";
  if (areWhole && least !== undefined && high?.kind === "int") holdRange(result, { least, below: high.value });
}

/** Methods that cut a tensor into pieces, one behind the other. */
const splitting = new Set(["split", "chunk", "tensor_split", "split_with_sizes"]);

/** Pieces of a tensor of one axis have its numbers in turn. */
function holdPieces(whole: Value | undefined, result: Value): void {
  const numbers = whole?.kind === "tensor" && whole.shape.length === 1 ? numbersIn(whole) : undefined;
  const pieces = numbers && knownItems(result);
  const counts = pieces?.map((piece) => (piece.kind === "tensor" ? countOf(piece) : undefined));
  if (!counts || counts.includes(undefined) || counts.reduce((a, b) => a! + b!, 0) !== numbers!.length) return;
  let start = 0;
  for (const [i, piece] of pieces!.entries())
    if (piece.kind === "tensor") holdNumbers(piece, numbers!.slice(start, (start += counts[i]!)), whole);
}

/** Methods whose result has the numbers of the tensor one after the other, in other dimensions or again and again. */
const inOrder = new Set(["unsqueeze", "squeeze", "view", "reshape", "flatten", "expand", "expand_as"]);

/** Those numbers, as often as they are there; a row that is repeated has nothing in front that is more than 1. */
function rowsOf(first: Value, result: TensorValue): readonly Bounds[] | undefined {
  const numbers = numbersIn(first);
  const count = countOf(result);
  if (!numbers?.length || count === undefined || first.kind !== "tensor") return undefined;
  // `view(torch.float32)` reads the same memory as other numbers.
  if (first.dtype !== result.dtype) return undefined;
  const lengthOf = ({ shape }: TensorValue): number | undefined => {
    const last = knownDims(shape)?.at(-1);
    return last && constantValue(last);
  };
  const isRow = lengthOf(first) === numbers.length && lengthOf(result) === numbers.length;
  if (count !== numbers.length && !isRow) return undefined;
  return Array.from({ length: count }, (_, i) => numbers[i % numbers.length]!);
}

/** Keywords that leave the numbers of a new tensor alone; its type is seen in the result. */
const settings = new Set(["dtype", "device", "requires_grad"]);

/** Methods that change nothing and whose result shares no memory. */
const looking = new Set(["item", "tolist", "size", "dim", "ndimension", "numel", "nelement", "element_size"]);

/** Methods that may give the tensor itself back, or other dimensions of its memory. */
const sharing =
  /^(int|long|float|double|bool|to|type|type_as|contiguous|detach|cpu|cuda|t|transpose|permute|swapaxes|swapdims|unsqueeze|squeeze|view|reshape|flatten|expand|expand_as)$/;

/** `left + right` and the like. */
export function combined(name: string, left: Value, right: Value, result: Value): void {
  if (result.kind !== "tensor") return;
  const operation = name.split(".").at(-1)!;
  const numbers = combine(operation, left, right, result);
  const truths = numbers ? undefined : truthsOfCall(operation, [left, right], result);
  if (numbers) holdAll(result, numbers);
  else if (truths) holdTruths(result, truths);
  else if (result.shape.length === 0) combineSymbols(operation, left, right, result);
}

/** `~mask`. */
export function turnedOver(mask: TensorValue, result: TensorValue): void {
  const numbers = numbersIn(mask);
  const inverse = numbers && mapNumbers("bitwise_not", numbers, result.dtype);
  const truths = inverse ? undefined : truthsOfCall("bitwise_not", [mask], result);
  if (inverse) holdAll(result, inverse);
  else if (truths) holdTruths(result, truths);
}

const ofSymbols: Readonly<Record<string, (a: Dim, b: Dim) => Dim>> = { add, sub: subtract, mul: multiply };

/** `start + 16`, where the start was drawn. */
function combineSymbols(operation: string, left: Value, right: Value, result: TensorValue): void {
  const [a, b] = [left, right].map((value) => (value.kind === "int" ? value.value : symbolicNumber(value)));
  const number = a && b && result.dtype === "int64" ? ofSymbols[operation]?.(a, b) : undefined;
  if (number) holdNumber(result, number);
}

function combine(operation: string, left: Value, right: Value, result: TensorValue): readonly Bounds[] | undefined {
  const tensors = [left, right].filter((value) => value.kind === "tensor");
  const dtype = result.dtype === "bool" ? tensors[0]?.dtype : result.dtype;
  const [a, b] = [left, right].map((value) => spread(value, result) ?? numberOf(value, dtype));
  return a && b && combineNumbers(operation, a, b, result.dtype);
}

/** The numbers of a tensor as often as broadcasting to a result takes them. */
function spread(value: Value, result: TensorValue): readonly Bounds[] | undefined {
  const numbers = numbersIn(value);
  const [from, to] = [value, result].map((one) => (one.kind === "tensor" ? knownDims(one.shape) : undefined));
  const [own, sizes] = [from?.map(constantValue), to?.map(constantValue)] as [
    number[] | undefined,
    number[] | undefined,
  ];
  if (!numbers || !own || !sizes || countOf(result) === undefined) return undefined;
  let places = [0];
  let stride = numbers.length;
  for (const [axis, size] of sizes.entries()) {
    const length = own[axis - (sizes.length - own.length)] ?? 1;
    stride /= length;
    const steps = Array.from({ length: size }, (_, i) => (length === 1 ? 0 : i * stride));
    places = places.flatMap((place) => steps.map((step) => place + step));
  }
  return places.map((place) => numbers[place]!);
}

/** A Python number beside a tensor, which PyTorch makes a number of the result's type. */
function numberOf(value: Value, dtype: TensorValue["dtype"]): readonly Bounds[] | undefined {
  const number = value.kind === "tensor" ? undefined : asNumber(value);
  // Beside whole numbers a fraction makes fractions of them.
  if (number !== undefined && !Number.isInteger(number) && dtype !== "float32" && dtype !== "float64") return undefined;
  return number === undefined
    ? undefined
    : dtype === "float32"
      ? mapNumbers("float", [[number, number]], dtype)
      : [[number, number]];
}

function holdAll(result: Value, numbers: readonly Bounds[], owner?: Value): void {
  const dims = result.kind === "tensor" ? knownDims(result.shape) : undefined;
  if (dims && constantValue(product(dims)) === numbers.length) holdNumbers(result, numbers, owner);
}

/** The numbers that an operation gives by position of its arguments. */
function calculate(
  operation: string,
  positional: readonly Value[],
  result: TensorValue,
): readonly Bounds[] | undefined {
  const make = creations[operation];
  if (make)
    return positional.some(({ kind }) => kind === "tensor") ? undefined : made(make(positional, result), result);
  const [first, second, ...others] = positional;
  if (first && inOrder.has(operation)) return rowsOf(first, result);
  if (first && /^(cat|concat|concatenate)$/.test(operation)) return joined(first, result);
  if (!first || others.length > 0) return undefined;
  const numbers = numbersIn(first);
  if (second && operation === "cumsum" && numbers && result.shape.length === 1 && result.dtype === "int64")
    return totalsOf(numbers);
  if (numbers && (operation === "triu" || operation === "tril")) return triangle(operation, numbers, second, result);
  if (second && /^(to|type|type_as)$/.test(operation)) return numbers && converted(numbers, first, result);
  if (second) return combine(operation, first, second, result);
  if (!numbers) return undefined;
  if (result.shape.length === 0 && numbers.length > 0) {
    const reduced = reduceNumbers(operation, numbers, result.dtype);
    if (reduced) return reduced;
  }
  return operation === "diff" && result.shape.length === 1
    ? combineNumbers("sub", numbers.slice(1), numbers.slice(0, -1), result.dtype)
    : mapNumbers(operation, numbers, result.dtype);
}

/** Rows one behind the other. */
function joined(rows: Value, result: TensorValue): readonly Bounds[] | undefined {
  const parts = result.shape.length === 1 ? knownItems(rows)?.map(numbersIn) : undefined;
  return parts && !parts.includes(undefined)
    ? usable(
        parts.flatMap((part) => part!),
        result.dtype,
      )
    : undefined;
}

/** Numbers above or below a diagonal; the others become zero. */
function triangle(
  operation: "triu" | "tril",
  numbers: readonly Bounds[],
  diagonal: Value | undefined,
  result: TensorValue,
): readonly Bounds[] | undefined {
  const columns = result.shape.length === 2 ? knownDims(result.shape)?.[1] : undefined;
  const [width, offset] = [columns && constantValue(columns), diagonal ? asNumber(diagonal) : 0];
  if (width === undefined || offset === undefined) return undefined;
  return numbers.map((number, i) => {
    const from = (i % width) - Math.floor(i / width) - offset;
    return (operation === "triu" ? from >= 0 : from <= 0) ? number : [0, 0];
  });
}

/** The numbers in another type. */
function converted(numbers: readonly Bounds[], before: Value, { dtype }: TensorValue): readonly Bounds[] | undefined {
  if (before.kind === "tensor" && before.dtype === dtype) return numbers;
  const names: Readonly<Record<string, string>> = { bool: "bool", int64: "long", int32: "int", float32: "float" };
  return mapNumbers(names[dtype ?? ""] ?? "", numbers, dtype);
}

/** Each number with those before it. */
function totalsOf(numbers: readonly Bounds[]): readonly Bounds[] {
  let [low, high] = [0, 0];
  return numbers.map((number) => [(low += number[0]), (high += number[1])]);
}

function made(numbers: readonly Bounds[] | undefined, { dtype }: TensorValue): readonly Bounds[] | undefined {
  return dtype === "float32" ? numbers && mapNumbers("float", numbers, dtype) : numbers && usable(numbers, dtype);
}

/** The numbers of a tensor as Python's. */
export function pythonNumbers(value: Value | undefined): readonly Value[] | undefined {
  return value?.kind === "tensor" ? numbersIn(value)?.map((bounds) => pythonNumber(bounds, value.dtype)) : undefined;
}

function pythonNumber([low, high]: Bounds, dtype: TensorValue["dtype"]): Value {
  if (dtype === "bool") return bool(low === 1);
  if (dtype !== "float32") return int(low);
  return low === high ? { kind: "float", value: low } : { kind: "float", value: undefined, between: [low, high] };
}

/** The number in a tensor of one element, as `item()`, `int(x)` and `float(x)` ask for it. */
export function onlyNumber(value: Value | undefined): Value | undefined {
  const numbers = pythonNumbers(value);
  const range =
    value?.kind === "tensor" && constantValue(product(knownDims(value.shape) ?? [])) === 1 && rangeIn(value);
  const number = value && (range ? newDraw(range.least, range.below) : symbolicNumber(value));
  return number ? int(number) : numbers?.length === 1 ? numbers[0] : undefined;
}
