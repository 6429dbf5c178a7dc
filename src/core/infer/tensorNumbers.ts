/**
 * The numbers in small tensors that a program computes from constants, such as the widths of its stages. PyTorch rounds, and not
 * everywhere alike, so that each number is known by two bounds. Tensors that share memory lose their numbers together, as soon
 * as one of them goes where nobody follows it.
 */
import { type TensorValue } from "../ops/value";
import { type Dim } from "../shape/dim";
import { knownItems } from "./lists";
import { type Value } from "./value";

/** What a number is not below and not above. */
export type Bounds = readonly [low: number, high: number];

/** Tensors with more numbers are not followed. */
const mostNumbers = 512;

interface Memory {
  intact: boolean;
  /** The how many-th of all it is. */
  readonly count: number;
}

let memories = 0;
/** The oldest of those that lost their numbers lately. */
let oldestLost = Infinity;

/** Runs something, and says whether tensors that were there before have lost their numbers in it. */
export function losesNumbers(run: () => void): boolean {
  const since = memories;
  const before = oldestLost;
  oldestLost = Infinity;
  try {
    run();
    return oldestLost <= since;
  } finally {
    oldestLost = Math.min(oldestLost, before);
  }
}

/** Whole numbers from the least one on, below another. */
export interface Range {
  readonly least: number;
  readonly below: Dim;
}

/** What is known of a tensor's numbers, if anything, and the memory that they lie in. */
interface Held {
  readonly numbers: readonly Bounds[] | undefined;
  /** What each of them was drawn from. */
  readonly range?: Range;
  /** The one number, in symbols. */
  readonly number?: Dim;
  readonly memory: Memory;
}

const held = new WeakMap<TensorValue, Held>();

/** The numbers of a tensor, row by row; undefined where they are not known. */
export function numbersIn(value: Value | undefined): readonly Bounds[] | undefined {
  const known = value?.kind === "tensor" ? held.get(value) : undefined;
  return known?.memory.intact ? known.numbers : undefined;
}

/** Those whole numbers of a tensor that are known to the last digit. */
export function knownNumbers(value: Value): readonly number[] {
  return (numbersIn(value) ?? []).flatMap(([low, high]) => (low === high && Number.isInteger(low) ? [low] : []));
}

/** A new tensor has these numbers; `owner` is the one whose memory it may share. */
export function holdNumbers(value: Value, numbers: readonly Bounds[], owner?: Value): void {
  if (value.kind !== "tensor" || numbers.length > mostNumbers) return;
  held.set(value, { numbers, memory: memoryOf(owner) });
}

/** A new tensor has numbers that were drawn from a range. */
export function holdRange(value: Value, range: Range, owner?: Value): void {
  if (value.kind === "tensor") held.set(value, { numbers: undefined, range, memory: memoryOf(owner) });
}

export function rangeIn(value: Value): Range | undefined {
  const known = value.kind === "tensor" ? held.get(value) : undefined;
  return known?.memory.intact ? known.range : undefined;
}

/** A new tensor has this one number. */
export function holdNumber(value: Value, number: Dim, owner?: Value): void {
  if (value.kind === "tensor") held.set(value, { numbers: undefined, number, memory: memoryOf(owner) });
}

/** The one number of a tensor, in symbols where it is not known otherwise. */
export function symbolicNumber(value: Value): Dim | undefined {
  const known = value.kind === "tensor" ? held.get(value) : undefined;
  return known?.memory.intact ? known.number : undefined;
}

function memoryOf(owner: Value | undefined): Memory {
  const shared = owner?.kind === "tensor" ? held.get(owner)?.memory : undefined;
  return shared ?? { intact: true, count: ++memories };
}

/** A tensor that may lie in the memory of another one, without numbers of its own: who writes to it writes there. */
export function joinMemory(value: Value, owner: Value): void {
  const shared = owner.kind === "tensor" ? held.get(owner)?.memory : undefined;
  if (value.kind === "tensor" && shared && !held.has(value)) held.set(value, { numbers: undefined, memory: shared });
}

/** Whether a tensor lies in a memory of which numbers are known. */
export function hasMemory(value: Value): boolean {
  return value.kind === "tensor" && held.get(value)?.memory.intact === true;
}

/** Another value for the same tensor. */
export function shareNumbers(value: TensorValue, as: TensorValue): TensorValue {
  const known = held.get(as);
  if (known) held.set(value, known);
  return value;
}

const deepest = 4;

/** Something may write to the tensor, or to those in the list. */
export function forgetNumbers(value: Value, depth = 0, seen = new Set<readonly Value[]>()): void {
  const known = value.kind === "tensor" ? held.get(value) : undefined;
  if (known?.memory.intact) {
    known.memory.intact = false;
    oldestLost = Math.min(oldestLost, known.memory.count);
  }
  if (depth >= deepest || (value.kind !== "tuple" && value.kind !== "list")) return;
  const items = knownItems(value);
  // A list may be in itself, many times over.
  if (!items || seen.has(items)) return;
  seen.add(items);
  for (const item of items) forgetNumbers(item, depth + 1, seen);
}

/** Float32 has 24 bits, and a function of PyTorch may be off by some units in the last place. */
const slack = 2 ** -21;

const isExact = ([low, high]: Bounds): boolean => low === high;

/** The bounds of a floating result: exact where any way to compute it is. */
function rounded(low: number, high: number, isSure: boolean): Bounds {
  if (isSure && low === high && Math.fround(low) === low) return [low, high];
  return [low - Math.abs(low) * slack, high + Math.abs(high) * slack];
}

function around(numbers: readonly number[], isSure: boolean): Bounds {
  return rounded(Math.min(...numbers), Math.max(...numbers), isSure);
}

/** A function of two numbers by what it makes of their bounds: it is monotonic in each of them. */
function corners(of: (a: number, b: number) => number, [a, b]: Bounds, [c, d]: Bounds): number[] {
  return [of(a, c), of(a, d), of(b, c), of(b, d)];
}

type Combine = (a: Bounds, b: Bounds) => Bounds | undefined;

const exactly =
  (of: (a: number, b: number) => number): Combine =>
  (a, b) =>
    around(corners(of, a, b), isExact(a) && isExact(b));

const sum = exactly((x, y) => x + y);
const difference = exactly((x, y) => x - y);
const times = exactly((x, y) => x * y);

/** Exact by a power of two only: some divide by multiplying with the inverse. */
const quotient: Combine = (a, b) => {
  if (b[0] <= 0 && b[1] >= 0) return undefined;
  return around(
    corners((x, y) => x / y, a, b),
    isExact(a) && isExact(b) && Number.isInteger(Math.log2(Math.abs(b[0]))),
  );
};

const power: Combine = (a, b) => {
  const raise = (x: number, y: number): number => x ** y;
  return a[0] > 0 ? around(corners(raise, a, b), false) : undefined;
};

/** By the last part of the operation's name. */
const combinations: ReadonlyMap<string, Combine> = new Map([
  ["add", sum],
  ["sub", difference],
  ["subtract", difference],
  ["mul", times],
  ["multiply", times],
  ["div", quotient],
  ["divide", quotient],
  ["true_divide", quotient],
  ["pow", power],
]);

/** Element by element; a single number goes with each of the others. Integers are exact or not known. */
export function combineNumbers(
  name: string,
  left: readonly Bounds[],
  right: readonly Bounds[],
  dtype: TensorValue["dtype"],
): readonly Bounds[] | undefined {
  const combine = combinations.get(name);
  const count = Math.max(left.length, right.length);
  if (!combine || [left, right].some(({ length }) => length !== count && length !== 1)) return undefined;
  const results = Array.from({ length: count }, (_, i) =>
    combine(left[left.length === 1 ? 0 : i]!, right[right.length === 1 ? 0 : i]!),
  );
  return usable(results, dtype);
}

/** Rounding to even. */
function nearest(x: number): number {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}

/** Functions that never fall, with whether whole numbers come of them. */
const rising = new Map<string, { readonly of: (x: number) => number; readonly whole?: true }>([
  ["round", { of: nearest, whole: true }],
  ["floor", { of: Math.floor, whole: true }],
  ["ceil", { of: Math.ceil, whole: true }],
  ["trunc", { of: Math.trunc, whole: true }],
  ["int", { of: Math.trunc, whole: true }],
  ["long", { of: Math.trunc, whole: true }],
  ["float", { of: (x) => x }],
  ["log", { of: Math.log }],
  ["log2", { of: Math.log2 }],
  ["exp", { of: Math.exp }],
  ["sqrt", { of: Math.sqrt }],
]);

/** Whole numbers are known where both bounds come to the same one. */
export function mapNumbers(
  name: string,
  numbers: readonly Bounds[],
  dtype: TensorValue["dtype"],
): readonly Bounds[] | undefined {
  const step = rising.get(name);
  if (!step) return undefined;
  const results = numbers.map(([low, high]): Bounds => {
    const [a, b] = [step.of(low) + 0, step.of(high) + 0];
    return step.whole ? [a, b] : rounded(a, b, name === "float" && low === high);
  });
  const isSure = !step.whole || results.every(isExact);
  return isSure ? usable(results, dtype) : undefined;
}

const largestOf = (numbers: readonly Bounds[]): Bounds => [
  Math.max(...numbers.map(([low]) => low)),
  Math.max(...numbers.map(([, high]) => high)),
];

/** What is made of all numbers together. In which order PyTorch adds them up is its own affair. */
const reductions: ReadonlyMap<string, (numbers: readonly Bounds[]) => Bounds | undefined> = new Map([
  ["max", largestOf],
  ["amax", largestOf],
  ["min", (numbers) => turned(largestOf(numbers.map(turned)))],
  ["amin", (numbers) => turned(largestOf(numbers.map(turned)))],
  ["sum", added],
  ["prod", (numbers) => numbers.reduce<Bounds | undefined>((a, b) => a && times(a, b), [1, 1])],
  ["mean", (numbers) => quotient(added(numbers), [numbers.length, numbers.length])],
]);

const turned = ([low, high]: Bounds): Bounds => [-high, -low];

function added(numbers: readonly Bounds[]): Bounds {
  const isSure = numbers.every((number) => isExact(number) && Number.isInteger(number[0]));
  const [low, high] = [0, 1].map((end) => numbers.reduce((total, number) => total + number[end]!, 0)) as [
    number,
    number,
  ];
  // Each partial sum is rounded.
  const size = numbers.reduce((total, [a, b]) => total + Math.max(Math.abs(a), Math.abs(b)), 0);
  return isSure && size < 2 ** 24 ? [low, high] : [low - size * slack, high + size * slack];
}

/** The one number that a reduction makes of them all. */
export function reduceNumbers(
  name: string,
  numbers: readonly Bounds[],
  dtype: TensorValue["dtype"],
): readonly Bounds[] | undefined {
  const result = reductions.get(name)?.(numbers);
  return result && usable([result], dtype);
}

/** Beyond this an integer is none as a float32, and a float32 may be none at all. */
const largest: Readonly<Record<string, number>> = { int64: 2 ** 24, int32: 2 ** 24, float32: 2 ** 120 };

/** Numbers that the type holds as they are. */
export function usable(
  numbers: readonly (Bounds | undefined)[],
  dtype: TensorValue["dtype"],
): readonly Bounds[] | undefined {
  const most = largest[dtype ?? ""] ?? 0;
  const isWhole = dtype === "int64" || dtype === "int32";
  const fits = (bounds: Bounds | undefined): bounds is Bounds =>
    bounds !== undefined && bounds.every((x) => Math.abs(x) < most) && (!isWhole || Number.isInteger(bounds[0]));
  return numbers.every(fits) && (!isWhole || numbers.every(isExact)) ? numbers : undefined;
}
