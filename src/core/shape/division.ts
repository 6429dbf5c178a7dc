/**
 * Operations on dimensions that no polynomial can express: divisions that round, remainders, minima and maxima, and
 * substitution, which evaluates them anew.
 */
import { rangeOf, isPositive } from "./bounds";
import {
  type SizeSymbol,
  type OperationAtom,
  type Atom,
  type Term,
  type Dim,
  unknownInteger,
  constant,
  constantValue,
  ofAtom,
  onlyAtom,
  fromTerms,
  add,
  comesFirst,
  subtract,
  multiply,
  product,
  divideExactly,
  symbolsOf,
} from "./dim";

/** Python's `a // b`, rounding towards minus infinity. A division by zero is not known. */
export function floorDivide(a: Dim, b: Dim): Dim {
  const divisor = constantValue(b);
  if (divisor === 0) return unknownInteger();
  const even = divideExactly(a, b);
  if (even && (divisor !== undefined || isPositive(b))) return even;
  const dividend = constantValue(a);
  if (dividend !== undefined && divisor !== undefined) return constant(Math.floor(dividend / divisor));
  if (divisor === undefined || divisor < 0) return operation("//", a, b);
  // (divisor*q + rest) // divisor = q + rest // divisor, with the rest's constant brought into [0, divisor).
  const { quotient, rest } = splitByDivisor(a, divisor);
  if (constantValue(rest) === 0) return quotient;
  return add(quotient, divideRest(rest, divisor));
}

function splitByDivisor(dim: Dim, divisor: number): { quotient: Dim; rest: Dim } {
  const quotient: Term[] = [];
  const rest: Term[] = [];
  for (const { coefficient, factors } of dim.terms) {
    const whole = factors.length === 0 || coefficient % divisor === 0 ? Math.floor(coefficient / divisor) : 0;
    quotient.push({ coefficient: whole, factors });
    rest.push({ coefficient: coefficient - whole * divisor, factors });
  }
  return { quotient: fromTerms(quotient.filter(isNotZero)), rest: fromTerms(rest.filter(isNotZero)) };
}

const isNotZero = (term: Term): boolean => term.coefficient !== 0;

/** Floors of floors are one floor: (x // a + k) // b = (x + k*a) // (a*b) for positive constants a and b. */
function divideRest(rest: Dim, divisor: number): Dim {
  const value = constantValue(rest);
  if (value !== undefined) return constant(Math.floor(value / divisor));
  const inner = rest.terms.find((term) => term.factors.length > 0)!;
  const floor = inner.factors[0]!;
  const others = rest.terms.filter((term) => term !== inner);
  if (inner.coefficient === 1 && inner.factors.length === 1 && floor.kind === "//") {
    const innerDivisor = constantValue(floor.right);
    if (innerDivisor !== undefined && innerDivisor > 0 && others.every((term) => term.factors.length === 0)) {
      const shift = multiply(fromTerms(others), floor.right);
      return floorDivide(add(floor.left, shift), constant(innerDivisor * divisor));
    }
  }
  return operation("//", rest, constant(divisor));
}

/** Rounds up: -(-a // b). */
export function ceilDivide(a: Dim, b: Dim): Dim {
  return floorDivide(add(a, subtract(b, constant(1))), b);
}

/** Python's `a % b`, with the sign of the divisor. */
export function modulo(a: Dim, b: Dim): Dim {
  const divisor = constantValue(b);
  if (divisor === 0) return unknownInteger();
  if (divideExactly(a, b)) return constant(0);
  if (divisor === undefined || divisor < 0) {
    const value = constantValue(a);
    if (value !== undefined && divisor !== undefined) return constant(value - Math.floor(value / divisor) * divisor);
    return operation("%", a, b);
  }
  const { rest } = splitByDivisor(a, divisor);
  return constantValue(rest) !== undefined ? rest : operation("%", rest, b);
}

export function minimum(a: Dim, b: Dim): Dim {
  return extremum("min", a, b);
}

export function maximum(a: Dim, b: Dim): Dim {
  return extremum("max", a, b);
}

function extremum(kind: "min" | "max", a: Dim, b: Dim): Dim {
  const { min, max } = rangeOf(subtract(a, b));
  if (max <= 0) return kind === "min" ? a : b;
  if (min >= 0) return kind === "min" ? b : a;
  const absorbed = absorbing(kind, a, b) ?? absorbing(kind, b, a);
  if (absorbed) return absorbed;
  return comesFirst(a.key, b.key) ? operation(kind, a, b) : operation(kind, b, a);
}

/** max(a, min(a, x)) is a, max(a, max(min(a, x), y)) is max(a, y), and the other way round. */
function absorbing(kind: "min" | "max", a: Dim, b: Dim): Dim | undefined {
  const inner = onlyAtom(b);
  if (!inner || inner.kind === "symbol") return undefined;
  const { left, right } = inner;
  if (inner.kind === kind) {
    if (absorbing(kind, a, left)) return extremum(kind, a, right);
    return absorbing(kind, a, right) && extremum(kind, a, left);
  }
  const isOpposite = inner.kind === "min" || inner.kind === "max";
  return isOpposite && (left.key === a.key || right.key === a.key) ? a : undefined;
}

function operation(kind: OperationAtom["kind"], left: Dim, right: Dim): Dim {
  const key = `(${left.key}${kind}${right.key})`;
  // Expressions that outgrow any reader are not worth their cost.
  return key.length > 400 ? unknownInteger() : ofAtom({ kind, left, right, key });
}

const rebuild = { "//": floorDivide, "%": modulo, min: minimum, max: maximum };

/** The dimension with symbols replaced; symbols without a replacement stay. The same object where nothing changes. */
export function substitute(dim: Dim, replacement: (symbol: SizeSymbol) => Dim | undefined): Dim {
  const replacements = new Map<SizeSymbol, Dim>();
  for (const symbol of symbolsOf(dim)) {
    const value = replacement(symbol);
    if (value) replacements.set(symbol, value);
  }
  return replaceSymbols(dim, replacements, new Map());
}

/** Likewise; `known` holds what came of dimensions with the same replacements before, by their keys. */
export function replaceSymbols(dim: Dim, replacements: ReadonlyMap<SizeSymbol, Dim>, known: Map<string, Dim>): Dim {
  if (!hasAny(symbolsOf(dim), replacements)) return dim;
  const before = known.get(dim.key);
  if (before) return before;
  const atomValue = (atom: Atom): Dim => {
    if (atom.kind === "symbol") return replacements.get(atom) ?? ofAtom(atom);
    if (!hasAny(symbolsOf(atom.left), replacements) && !hasAny(symbolsOf(atom.right), replacements))
      return ofAtom(atom);
    return rebuild[atom.kind](
      replaceSymbols(atom.left, replacements, known),
      replaceSymbols(atom.right, replacements, known),
    );
  };
  const parts = dim.terms.map(({ coefficient, factors }) =>
    product([constant(coefficient), ...factors.map(atomValue)]),
  );
  const result = parts.reduce(add, constant(0));
  known.set(dim.key, result);
  return result;
}

function hasAny(symbols: ReadonlySet<SizeSymbol>, replacements: ReadonlyMap<SizeSymbol, Dim>): boolean {
  for (const symbol of symbols) if (replacements.has(symbol)) return true;
  return false;
}
