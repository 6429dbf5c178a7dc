/**
 * Whether two formulas are the same function, decided by their values at seeded random points of the declared
 * domains. Where the reference has no value at enough points nothing is decided.
 */
import { integerBetween, randomFrom, type Random } from "../random";
import { evaluate, memberKey, type Point } from "./evaluate";
import { childrenOf, functions, type Expression } from "./expression";
import type { Domain, SymbolDeclaration } from "./symbols";

export type Comparison =
  | { readonly state: "equal" }
  /** Always this many times the reference: -1 for a lost sign. */
  | { readonly state: "factor"; readonly factor: number }
  /** Within one per cent everywhere, yet not the same. */
  | { readonly state: "close" }
  /** Agrees wherever it has a value, but has none at a point where the reference has. */
  | { readonly state: "undefined"; readonly at: Point }
  | { readonly state: "different"; readonly at: Point; readonly value: number; readonly wanted: number }
  | { readonly state: "undecided" };

/** Enough for smooth functions: no mistake in thousands of mutants. Where a formula has corners or steps, a branch may be rare. */
const points = 12;
const pointsWithSteps = 60;
const drawsForEach = 10;
const relative = 1e-9;
/** A share of the largest value of the reference: where the exact result is 0, rounding still leaves a remainder. */
const ofScale = 1e-13;
const nearly = 1e-2;

interface Sample {
  readonly at: Point;
  readonly wanted: number;
  readonly value: number;
}

/** Compares `candidate` with `reference`; the same seed draws the same points. */
export function compareFormulas(
  reference: Expression,
  candidate: Expression,
  symbols: readonly SymbolDeclaration[],
  seed = 1,
): Comparison {
  const samples = sample(reference, candidate, symbols, randomFrom(seed));
  if (!samples) return { state: "undecided" };
  const scale = Math.max(...samples.map(({ wanted }) => Math.abs(wanted)));
  const defined = samples.filter(({ value }) => Number.isFinite(value));
  const agree = (tolerance: number, factor = 1): boolean =>
    defined.every(({ wanted, value }) => isNear(value, wanted * factor, tolerance, scale * Math.abs(factor)));
  const without = samples.find(({ value }) => !Number.isFinite(value));
  if (without) {
    return agree(relative) && defined.length > 0
      ? { state: "undefined", at: without.at }
      : { state: "different", at: without.at, value: without.value, wanted: without.wanted };
  }
  if (agree(relative)) return { state: "equal" };
  const widest = samples.reduce((a, b) => (Math.abs(b.wanted) > Math.abs(a.wanted) ? b : a));
  const factor = widest.value / widest.wanted;
  if (factor !== 0 && Number.isFinite(factor) && Math.abs(factor - 1) > nearly && agree(relative, factor)) {
    return { state: "factor", factor };
  }
  if (agree(nearly)) return { state: "close" };
  const apart = samples.reduce((a, b) => (Math.abs(b.value - b.wanted) > Math.abs(a.value - a.wanted) ? b : a));
  return { state: "different", ...apart };
}

function isNear(value: number, wanted: number, tolerance: number, scale: number): boolean {
  return Math.abs(value - wanted) <= tolerance * Math.max(Math.abs(value), Math.abs(wanted)) + ofScale * scale;
}

function sample(
  reference: Expression,
  candidate: Expression,
  symbols: readonly SymbolDeclaration[],
  random: Random,
): readonly Sample[] | undefined {
  const samples: Sample[] = [];
  const wantedPoints = hasSteps(reference) || hasSteps(candidate) ? pointsWithSteps : points;
  for (let draw = 0; draw < wantedPoints * drawsForEach && samples.length < wantedPoints; draw++) {
    const at = drawPoint(symbols, random);
    const wanted = evaluate(reference, at);
    if (Number.isFinite(wanted)) samples.push({ at, wanted, value: evaluate(candidate, at) });
  }
  return samples.length === wantedPoints ? samples : undefined;
}

/** Whether different pieces of the domain follow different formulas. */
function hasSteps(expression: Expression): boolean {
  if (expression.kind === "member" && expression.at.kind !== "number") return true;
  if (expression.kind === "extreme") return true;
  if (expression.kind === "call" && functions[expression.name.replace("'", "")]?.steps) return true;
  return childrenOf(expression).some(hasSteps);
}

/** One value for each symbol, and for each member of each family; short names get the value of their formula. */
export function drawPoint(symbols: readonly SymbolDeclaration[], random: Random): Point {
  const point = new Map<string, number>();
  for (const { name, domain, index, is, members } of symbols) {
    if (is) point.set(name, evaluate(is, point));
    else if (!index) point.set(name, drawValue(domain, random));
    else {
      for (let at = index.first; at <= index.last; at++) {
        const short = members?.[at - index.first];
        point.set(memberKey(name, at), short ? evaluate(short, point) : drawValue(domain, random));
      }
    }
  }
  return point;
}

function drawValue({ kind, low, high }: Domain, random: Random): number {
  return kind === "int" ? integerBetween(random, low, high) : low + (high - low) * random();
}
