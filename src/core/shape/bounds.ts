/** What is certain of dimensions whatever their symbols are: the values that they can take, and comparisons. */
import {
  type Atom,
  type Dim,
  type OperationAtom,
  type SizeSymbol,
  type Term,
  add,
  constant,
  fromTerms,
  multiply,
  subtract,
} from "./dim";

export type Answer = "yes" | "no" | "maybe";

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** The values that a dimension can take, by interval arithmetic over its symbols; what loops count is at most its last. */
export function rangeOf(dim: Dim): Range {
  const range = plainRange(dim);
  if (!dim.terms.some((term) => counterIn(term))) return range;
  const [highest, lowest] = [1, -1].map((sign) => plainRange(atLast(dim, sign)));
  return { min: Math.max(range.min, lowest!.min), max: Math.min(range.max, highest!.max) };
}

/** The number that a loop counts where the term is a multiple of it. */
function counterIn({ factors }: Term): SizeSymbol | undefined {
  const [only] = factors;
  return factors.length === 1 && only!.kind === "symbol" && only!.below ? only : undefined;
}

/** With the last number put in for those that loops count, in terms of one sign. */
function atLast(dim: Dim, sign: number): Dim {
  return dim.terms.reduce((sum, term) => {
    const below = term.coefficient * sign > 0 ? counterIn(term)?.below : undefined;
    const value = below ? multiply(subtract(below, constant(1)), constant(term.coefficient)) : fromTerms([term]);
    return add(sum, value);
  }, constant(0));
}

function plainRange(dim: Dim): Range {
  let min = 0;
  let max = 0;
  for (const { coefficient, factors } of dim.terms) {
    let range: Range = { min: coefficient, max: coefficient };
    for (const factor of factors) range = multiplyRanges(range, atomRange(factor));
    min += range.min;
    max += range.max;
  }
  return { min, max };
}

function multiplyRanges(a: Range, b: Range): Range {
  const low = zeroOr(a.min * b.min);
  const [x, y, high] = [zeroOr(a.min * b.max), zeroOr(a.max * b.min), zeroOr(a.max * b.max)];
  return { min: Math.min(low, x, y, high), max: Math.max(low, x, y, high) };
}

/** Zero times infinity is zero here: a bound that no value reaches. */
function zeroOr(bound: number): number {
  return Number.isNaN(bound) ? 0 : bound;
}

const rangesOfOperations = new WeakMap<OperationAtom, Range>();

/** Operations contain each other many deep, so that each is looked at once. */
function atomRange(atom: Atom): Range {
  if (atom.kind === "symbol") return atom;
  let range = rangesOfOperations.get(atom);
  if (!range) {
    range = operationRange(atom);
    rangesOfOperations.set(atom, range);
  }
  return range;
}

function operationRange(atom: OperationAtom): Range {
  const left = rangeOf(atom.left);
  const right = rangeOf(atom.right);
  switch (atom.kind) {
    case "min":
      return { min: Math.min(left.min, right.min), max: Math.min(left.max, right.max) };
    case "max":
      return { min: Math.max(left.min, right.min), max: Math.max(left.max, right.max) };
    case "%":
      return right.min > 0 ? { min: 0, max: right.max - 1 } : { min: -Infinity, max: Infinity };
    case "//": {
      if (right.min <= 0) return { min: -Infinity, max: Infinity };
      const corners = [left.min / right.min, left.min / right.max, left.max / right.min, left.max / right.max];
      const floors = corners.map((x) => (Number.isNaN(x) ? 0 : Math.floor(x)));
      return { min: Math.min(...floors), max: Math.max(...floors) };
    }
  }
}

/** Whether two dimensions are equal: `no` only where no values of the symbols make them so. */
export function equals(a: Dim, b: Dim): Answer {
  if (a.key === b.key) return "yes";
  const difference = subtract(a, b);
  if (difference.terms.length === 0) return "yes";
  const { min, max } = rangeOf(difference);
  if (min > 0 || max < 0) return "no";
  return canBeZero(difference) ? "maybe" : "no";
}

/** A sum whose symbolic terms are all multiples of g, but whose constant is not, is never zero. */
function canBeZero(difference: Dim): boolean {
  let divisor = 0;
  let rest = 0;
  for (const { coefficient, factors } of difference.terms) {
    if (factors.length === 0) rest = coefficient;
    else divisor = greatestCommonDivisor(divisor, Math.abs(coefficient));
  }
  return divisor === 0 ? rest === 0 : rest % divisor === 0;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Whether `a <= b`. */
export function atMost(a: Dim, b: Dim): Answer {
  const { min, max } = rangeOf(subtract(a, b));
  return max <= 0 ? "yes" : min > 0 ? "no" : "maybe";
}

export function isPositive(dim: Dim): boolean {
  return rangeOf(dim).min > 0;
}
