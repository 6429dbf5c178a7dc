/** Counting with numbers of which two bounds are known: PyTorch rounds, and not everywhere alike. */
import { type TensorValue } from "../../ops/value";

/** What a number is not below and not above. */
export type Bounds = readonly [low: number, high: number];

/** Float32 has 24 bits, and a function of PyTorch may be off by some units in the last place. */
const slack = 2 ** -21;

const isExact = ([low, high]: Bounds): boolean => low === high;

/** What is closer to zero than this may become zero in some type. */
const least = 2 ** -24;

/** The bounds of a floating result: exact where any way to compute it is. */
function rounded(low: number, high: number, isSure: boolean): Bounds {
  if ((low !== 0 && Math.abs(low) < least) || (high !== 0 && Math.abs(high) < least))
    return [Math.min(low * (1 + slack), 0), Math.max(high * (1 + slack), 0)];
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

/** The sign is that of the divisor, as in Python. */
const remainder: Combine = (a, b) =>
  isExact(a) && isExact(b) && b[0] !== 0 && Number.isInteger(a[0]) && Number.isInteger(b[0])
    ? around([a[0] - b[0] * Math.floor(a[0] / b[0])], true)
    : undefined;

/** What a whole power comes to exactly comes out so (tried for 100,000 of them). */
const power: Combine = (a, b) => {
  const raise = (x: number, y: number): number => x ** y;
  const isWhole = isExact(a) && isExact(b) && Number.isInteger(b[0]) && b[0] >= 0;
  return a[0] > 0 ? around(corners(raise, a, b), isWhole) : undefined;
};

const truth = (isSo: boolean): Bounds => (isSo ? [1, 1] : [0, 0]);
const not = (bounds: Bounds | undefined): Bounds | undefined => bounds && [1 - bounds[1], 1 - bounds[0]];

const isEqual: Combine = (a, b) => {
  if (isExact(a) && isExact(b)) return truth(a[0] === b[0]);
  return a[1] < b[0] || b[1] < a[0] ? truth(false) : undefined;
};
const isLess: Combine = (a, b) => (a[1] < b[0] ? truth(true) : a[0] >= b[1] ? truth(false) : undefined);

/** Of two truth values. */
const ofTruths =
  (of: (a: boolean, b: boolean) => boolean): Combine =>
  (a, b) => {
    const [x, y] = [truthIn(a), truthIn(b)];
    return x === undefined || y === undefined ? undefined : truth(of(x, y));
  };

/** Whether a number is another one than zero. */
export function truthIn([low, high]: Bounds): boolean | undefined {
  return low > 0 || high < 0 ? true : low === 0 && high === 0 ? false : undefined;
}

const both = ofTruths((a, b) => a && b);
const oneOf = ofTruths((a, b) => a || b);
const either = ofTruths((a, b) => a !== b);

/** Operations that compare, or combine truth values. */
const comparisons: ReadonlyMap<string, Combine> = new Map([
  ["eq", isEqual],
  ["ne", (a, b) => not(isEqual(a, b))],
  ["lt", isLess],
  ["gt", (a, b) => isLess(b, a)],
  ["ge", (a, b) => not(isLess(a, b))],
  ["le", (a, b) => not(isLess(b, a))],
  ["logical_and", both],
  ["logical_or", oneOf],
  ["logical_xor", either],
  ["bitwise_and", both],
  ["bitwise_or", oneOf],
  ["bitwise_xor", either],
]);

/** By the last part of the operation's name. */
const combinations: ReadonlyMap<string, Combine> = new Map([
  ...comparisons,
  ["add", sum],
  ["sub", difference],
  ["subtract", difference],
  ["mul", times],
  ["multiply", times],
  ["div", quotient],
  ["divide", quotient],
  ["true_divide", quotient],
  ["pow", power],
  ["remainder", remainder],
]);

/** Element by element; a single number goes with each of the others. Integers are exact or not known. */
export function combineNumbers(
  name: string,
  left: readonly Bounds[],
  right: readonly Bounds[],
  dtype: TensorValue["dtype"],
): readonly Bounds[] | undefined {
  const combine = comparisons.has(name) === (dtype === "bool") ? combinations.get(name) : undefined;
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

/** Of each number whether it is zero, or not. */
function truthsOf(numbers: readonly Bounds[], isWanted: boolean): readonly Bounds[] | undefined {
  const truths = numbers.map(truthIn);
  return truths.includes(undefined) ? undefined : truths.map((isSo) => truth(isSo === isWanted));
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
  if (dtype === "bool" && /^(bool|logical_not|bitwise_not)$/.test(name)) return truthsOf(numbers, name === "bool");
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
const largest: Readonly<Record<string, number>> = {
  bool: 2,
  int64: 2 ** 24,
  int32: 2 ** 24,
  float32: 2 ** 120,
};

/** Numbers that the type holds as they are. */
export function usable(
  numbers: readonly (Bounds | undefined)[],
  dtype: TensorValue["dtype"],
): readonly Bounds[] | undefined {
  const most = largest[dtype ?? ""] ?? 0;
  const isWhole = dtype === "int64" || dtype === "int32" || dtype === "bool";
  const fits = (bounds: Bounds | undefined): bounds is Bounds =>
    bounds !== undefined && bounds.every((x) => Math.abs(x) < most) && (!isWhole || Number.isInteger(bounds[0]));
  return numbers.every(fits) && (!isWhole || numbers.every(isExact)) ? numbers : undefined;
}
