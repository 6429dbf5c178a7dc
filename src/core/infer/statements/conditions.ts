/** What an undecided test says of sizes: which are equal where it comes out true, and which where it comes out false. */
import { type Dim, type SizeSymbol, onlyAtom, symbolsOf } from "../../shape/dim";
import { replaceSymbols } from "../../shape/division";
import { type Value } from "../values/value";

/** Sizes that are equal two by two. */
export type Equalities = readonly (readonly [Dim, Dim])[];

/** What holds on the two sides of a test. */
export interface Sides {
  readonly first: Equalities;
  readonly second: Equalities;
}

const conditions = new WeakMap<Value, Sides>();

/** The result of a test, with what holds if it is true (first) and if it is false (second). */
export function tested(result: Value, sides: Sides): Value {
  if (sides.first.length + sides.second.length > 0) conditions.set(result, sides);
  return result;
}

export function conditionOf(value: Value): Sides | undefined {
  return conditions.get(value);
}

export const turned = ({ first, second }: Sides): Sides => ({ first: second, second: first });

/** Of `a and b`, `a or b`: where the whole comes out as both of its parts must, both say something. */
export function combinedSides(operator: "and" | "or", parts: readonly Value[]): Sides {
  const side = (which: keyof Sides): Equalities => parts.flatMap((part) => conditionOf(part)?.[which] ?? []);
  return operator === "and" ? { first: side("first"), second: [] } : { first: [], second: side("second") };
}

/** A size with one side of each equality put in for the other. */
export function resolvedBy(dim: Dim, equalities: Equalities): Dim {
  return equalities.reduce((size, [left, right]) => {
    const [from, to] = onlyAtom(left)?.kind === "symbol" ? [left, right] : [right, left];
    const symbol = onlyAtom(from);
    if (symbol?.kind !== "symbol") return size;
    // What is known of a symbol's range makes another object of it, with the same number.
    const own: SizeSymbol[] = [...symbolsOf(size)].filter(({ id }) => id === symbol.id);
    return own.length === 0 ? size : replaceSymbols(size, new Map(own.map((one) => [one, to])), new Map());
  }, dim);
}

/** The size that stands for both where one holds on either side of a test; undefined where neither does. */
export function commonSize(a: Dim, b: Dim, { first, second }: Sides): Dim | undefined {
  if (a.key === b.key) return a;
  if (resolvedBy(a, first).key === resolvedBy(b, first).key) return b;
  return resolvedBy(a, second).key === resolvedBy(b, second).key ? a : undefined;
}
