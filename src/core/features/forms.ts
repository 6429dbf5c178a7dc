/**
 * Sizes that differ from call to call, in the words of the function's own author: what every call shares stays, the rest is
 * what the function says when it is run by itself.
 */
import { type Dim, constantValue, isUnknown, newSymbol, onlyAtom, symbolsOf, unknownSize } from "../shape/dim";
import { substitute } from "../shape/division";
import { type Facts } from "../shape/facts";
import { type Rest, type Shape, isRest, knownDims, nameOfPlace, restIndex } from "../shape/shape";

/** What the names of a form stand for in one call. */
export type Meanings = Map<string, Dim>;

/** What a call of the program says of a place. */
export interface SeenInCall {
  readonly shape: Shape;
  readonly meanings: Meanings;
}

export interface SeenInCalls {
  readonly known: readonly SeenInCall[];
  /** Whether the program makes no other calls, of which nothing is known. */
  readonly areAll: boolean;
}

/**
 * A shape that several calls share with its open sizes as a form has them; the shape itself where the form knows no more.
 * A size that is another one in one of the calls, once the form's names have their meanings there, stays open.
 */
export function inForm(seen: Shape, form: Shape, calls: SeenInCalls, facts: Facts): Shape {
  const rank = seen.some(isRest) ? undefined : seen.length;
  const general = rank === undefined ? form : ofRank(form, rank);
  const own = general && confirmed(general, calls.known, facts);
  if (!own || openAxes(own) >= openAxes(seen) || !generalises(own, seen)) return seen;
  const isInNumbers = seen.every((axis) => !isRest(axis) && (isUnknown(axis) || constantValue(axis) !== undefined));
  return isInNumbers && calls.areAll
    ? own.map((axis, i) => (isUnknown(seen[i] as Dim) ? inNumbers(axis as Dim, calls.known) : seen[i]!))
    : own;
}

/** A size with the number for every name that means the same one in all calls. */
function inNumbers(size: Dim, calls: readonly SeenInCall[]): Dim {
  return substitute(size, ({ name }) => {
    const [first, ...others] = calls.map(({ meanings }) => meanings.get(name));
    const isShared = first && constantValue(first) !== undefined && others.every((other) => other?.key === first.key);
    return isShared ? first : undefined;
  });
}

/**
 * A shape with so many dimensions that nobody has described that it has the rank, those of an input under the names that
 * such ones have; undefined where it cannot have it.
 */
function ofRank(shape: Shape, rank: number): Shape | undefined {
  const at = restIndex(shape);
  if (at < 0) return shape.length === rank ? shape : undefined;
  const missing = rank - shape.length + 1;
  if (missing < 0) return undefined;
  const isInput = (shape[at] as Rest).origin === "free";
  const added = Array.from({ length: missing }, (_, i) =>
    isInput ? newSymbol(nameOfPlace(at + i), "free") : unknownSize(),
  );
  return [...shape.slice(0, at), ...added, ...shape.slice(at + 1)];
}

/** A shape with what some of its names mean. */
export function meant(shape: Shape, meanings: Meanings): Shape {
  return shape.map((axis) => (isRest(axis) ? axis : substitute(axis, ({ name }) => meanings.get(name))));
}

/** Gives the names of a form that have none yet the meanings that they have in a call which says this of the same place. */
export function learnMeanings(form: Shape, { shape, meanings }: SeenInCall): void {
  for (const [axis, size] of axesOfBoth(form, shape)) {
    const atom = onlyAtom(axis);
    if (atom?.kind === "symbol" && !meanings.has(atom.name)) meanings.set(atom.name, size);
  }
}

/** A form with those of its sizes that no call speaks against; undefined where its rank is not known, or not that of a call. */
function confirmed(form: Shape, calls: readonly SeenInCall[], facts: Facts): Shape | undefined {
  const dims = knownDims(form);
  const names = (dims ?? []).flatMap((size) => [...symbolsOf(size)].map(({ name }) => name));
  // Of a call that gives the names meanings the rank is known too, or the form has another one.
  const isOfRank = ({ shape, meanings }: SeenInCall): boolean =>
    shape.some(isRest) ? !names.some((name) => meanings.has(name)) : shape.length === form.length;
  if (!dims || !calls.every(isOfRank)) return undefined;
  return dims.map((size, at) => {
    const answers = (own: Dim): ReadonlySet<Answer> =>
      new Set(calls.map((call) => isIn(call, own, [at, dims.length], facts)));
    const all = answers(size);
    if (all.has("no") || (all.has("unexplained") && !all.has("yes"))) return unknownSize();
    // What broadcasting leaves is one of two sizes: the one that it is in every call.
    return largestOf(size).find((part) => answers(part).has("yes") && !answers(part).has("no")) ?? size;
  });
}

/** `unexplained`: the call knows the size, and nothing says what the names mean in it. */
type Answer = "yes" | "no" | "maybe" | "unexplained";

/** Whether a form's size is what a call says. Where its names mean something that is known, the call must know it. */
function isIn({ shape, meanings }: SeenInCall, own: Dim, [at, rank]: readonly [number, number], facts: Facts): Answer {
  const size = sizeAt(shape, at, rank);
  const isKnown = size && !isUnknown(size);
  if (isUnknown(own)) return "maybe";
  if (![...symbolsOf(own)].every(({ name }) => meanings.has(name))) return isKnown ? "unexplained" : "maybe";
  const meant = facts.resolve(substitute(own, ({ name }) => meanings.get(name)));
  if (isUnknown(meant) && !isKnown) return "maybe";
  return isKnown && meant.key === size.key ? "yes" : "no";
}

/** The sizes of which one is the largest, those first that the program gives. */
function largestOf(size: Dim): Dim[] {
  const atom = onlyAtom(size);
  if (atom?.kind !== "max") return [];
  const isGiven = (part: Dim): boolean => [...symbolsOf(part)].every(({ origin }) => origin === "given");
  const parts = [atom.left, atom.right].flatMap((part) => (onlyAtom(part)?.kind === "max" ? largestOf(part) : [part]));
  return [...parts.filter(isGiven), ...parts.filter((part) => !isGiven(part))];
}

/** The sizes of a form beside those of a call, as far as both are known; of another rank they have none in common. */
function axesOfBoth(form: Shape, call: Shape): (readonly [Dim, Dim])[] {
  const own = call.some(isRest) ? undefined : ofRank(form, call.length);
  return (own ?? []).flatMap((axis, i) => {
    const size = call[i] as Dim;
    return isRest(axis) || isUnknown(axis) || isUnknown(size) ? [] : [[axis, size] as const];
  });
}

/** The size at a place of a shape of so many dimensions, counted from the end behind those that are not known. */
function sizeAt(shape: Shape, at: number, rank: number): Dim | undefined {
  const rest = restIndex(shape);
  const isInFront = rest < 0 ? shape.length === rank : at < rest;
  const fromEnd = rest >= 0 && rank - at < shape.length - rest ? shape.at(at - rank) : undefined;
  return (isInFront ? shape[at] : fromEnd) as Dim | undefined;
}

/** How many of the sizes are not known; all of them where the rank is not. */
export function openAxes(shape: Shape): number {
  return shape.some(isRest) ? Infinity : shape.filter((axis) => !isRest(axis) && isUnknown(axis)).length;
}

/** Whether a shape has names where the other one is not known: a number there would hold for some of the calls only. */
export function generalises(general: Shape, seen: Shape): boolean {
  return general.every((axis, i) => {
    const isNumber = !isRest(axis) && constantValue(axis) !== undefined;
    return !isNumber || sizeAt(seen, i, general.length)?.key === axis.key;
  });
}
