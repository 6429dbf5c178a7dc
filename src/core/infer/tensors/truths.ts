/**
 * How many elements of a mask are true, also where its sizes are symbols: what it picks has that size. `~torch.eye(n)` has
 * n² - n of them, so that the similarities of n samples without their own are n rows of n - 1.
 */
import { type TensorValue } from "../../ops/value";
import { type Dim, add, constant, constantValue, multiply, product, subtract } from "../../shape/dim";
import { floorDivide } from "../../shape/division";
import { knownDims } from "../../shape/shape";
import { knownItems } from "../collections/lists";
import { type Truths, truthsIn } from "./tensorNumbers";
import { asNumber } from "../values/truth";
import { type Value } from "../values/value";

/** Operations that give every element a place of its own in other dimensions. */
const keeping =
  /^(view|reshape|flatten|unsqueeze|squeeze|t|transpose|permute|swapaxes|swapdims|contiguous|clone|detach|cpu|cuda|expand|expand_as)$/;

/** Operations that change the type: a fraction may become zero. */
const converting = /^(bool|int|long|float|double|half|to|type|type_as)$/;

/** What a call of an operation, by the last part of its name, tells of its result's elements. */
export function truthsOfCall(operation: string, positional: readonly Value[], result: TensorValue): Truths | undefined {
  const dims = knownDims(result.shape);
  if (!dims) return undefined;
  const all = product(dims);
  const [first, second] = positional;
  const made = truthsMade(operation, positional, dims, all);
  if (made || !first) return made;
  if (/^(cat|concat|concatenate|stack)$/.test(operation)) return together(knownItems(first));
  const own = truthsIn(first);
  if (operation === "sub" && second) return leftOver(first, second, all);
  if (!own || first.kind !== "tensor") return undefined;
  const others = subtract(all, own.count);
  if (/^(triu|tril)$/.test(operation)) return triangle(operation, own, dims, all, second);
  if (operation === "repeat") return repeated(own, first, all);
  const numel = product(knownDims(first.shape) ?? []);
  if (numel.key !== all.key) return undefined;
  if (keeping.test(operation)) return own;
  if (converting.test(operation) && (own.areOnes || result.dtype === first.dtype || result.dtype === "bool"))
    return { count: own.count, areOnes: own.areOnes || result.dtype === "bool" };
  if (/^(logical_not|bitwise_not)$/.test(operation) && result.dtype === "bool") return { count: others, areOnes: true };
  const isSame = second && compared(operation, second, own.areOnes);
  return isSame === undefined ? undefined : { count: isSame ? own.count : others, areOnes: true };
}

function truthsMade(
  operation: string,
  positional: readonly Value[],
  dims: readonly Dim[],
  all: Dim,
): Truths | undefined {
  if (/^(new_)?zeros(_like)?$/.test(operation)) return { count: constant(0), areOnes: true };
  if (/^(new_)?ones(_like)?$/.test(operation)) return { count: all, areOnes: true };
  if (operation === "eye" && dims.length === 2 && dims[0]!.key === dims[1]!.key)
    return { count: dims[0]!, areOnes: true };
  const number = operation === "full" && positional[1] ? asNumber(positional[1]) : undefined;
  // A fraction may become zero in a type that is not known here.
  return number === undefined || !Number.isInteger(number) || Math.abs(number) > 255
    ? undefined
    : { count: number === 0 ? constant(0) : all, areOnes: number === 1 };
}

/** Whether a comparison with a number is true for the elements that are not zero (true), or for the others (false). */
function compared(operation: string, value: Value, areOnes: boolean): boolean | undefined {
  const number = value.kind === "tensor" ? undefined : asNumber(value);
  // Another number may be rounded to one of these.
  if (number === undefined || !Number.isInteger(number * 2)) return undefined;
  const of = comparisons[operation];
  if (!of) return undefined;
  if (number === 0 && /^(eq|ne)$/.test(operation)) return operation === "ne";
  const [zero, one] = [of(0, number), of(1, number)];
  return areOnes && zero !== one ? one : undefined;
}

const comparisons: Readonly<Record<string, ((a: number, b: number) => boolean) | undefined>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
};

/** `1 - mask`. */
function leftOver(first: Value, second: Value, all: Dim): Truths | undefined {
  const own = truthsIn(second);
  const isWhole = second.kind === "tensor" && product(knownDims(second.shape) ?? []).key === all.key;
  const isOne = first.kind !== "tensor" && asNumber(first) === 1;
  return own?.areOnes && isWhole && isOne ? { count: subtract(all, own.count), areOnes: true } : undefined;
}

function together(parts: readonly Value[] | undefined): Truths | undefined {
  const truths = parts?.map(truthsIn);
  if (!truths || truths.length === 0 || truths.includes(undefined)) return undefined;
  const count = truths.reduce((sum, part) => add(sum, part!.count), constant(0));
  return { count, areOnes: truths.every((part) => part!.areOnes) };
}

/** Of a square that is full: k diagonals above the middle one, and that, hold n(n + 1) / 2 less those that are left out. */
function triangle(
  operation: string,
  own: Truths,
  dims: readonly Dim[],
  all: Dim,
  diagonal: Value | undefined,
): Truths | undefined {
  const [rows, columns] = dims;
  const offset = diagonal ? asNumber(diagonal) : 0;
  const isFull = own.count.key === all.key && dims.length === 2 && rows!.key === columns!.key;
  if (!isFull || offset === undefined || Math.abs(offset) > 1) return undefined;
  const above = floorDivide(multiply(rows!, subtract(rows!, constant(1))), constant(2));
  const upper = offset > 0 ? above : offset === 0 ? add(above, rows!) : undefined;
  const lower = offset < 0 ? above : offset === 0 ? add(above, rows!) : undefined;
  const opposite = operation === "triu" ? upper : lower;
  // The diagonal beside the middle one on the far side: all but the other triangle.
  return { count: opposite ?? subtract(all, beyond(rows!)), areOnes: own.areOnes };
}

/** The elements of a square that are more than one diagonal away on one side. */
function beyond(size: Dim): Dim {
  return floorDivide(multiply(subtract(size, constant(1)), subtract(size, constant(2))), constant(2));
}

/** Whole copies of it. */
function repeated(own: Truths, before: TensorValue, all: Dim): Truths | undefined {
  const numel = product(knownDims(before.shape) ?? []);
  const times = floorDivide(all, numel);
  const isWhole = constantValue(numel) !== 0 && multiply(times, numel).key === all.key;
  return isWhole ? { ...own, count: multiply(own.count, times) } : undefined;
}
