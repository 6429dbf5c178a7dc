/**
 * The numbers in small tensors that a program computes from constants, such as the widths of its stages. PyTorch rounds, and not
 * everywhere alike, so that each number is known by two bounds. Tensors that share memory lose their numbers together, as soon
 * as one of them goes where nobody follows it.
 */
import { type TensorValue } from "../../ops/value";
import { type Dim, constant } from "../../shape/dim";
import { objectsOf } from "../values/identity";
import { knownItems } from "../collections/lists";
import { type Bounds, truthIn } from "./numberBounds";
import { type Value } from "../values/value";

/** Tensors with more numbers are not followed. */
const mostNumbers = 512;

interface Memory {
  intact: boolean;
  /** More than one tensor lies in it. */
  isShared: boolean;
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

/** How many elements of a tensor are not zero, and whether all of those are ones. */
export interface Truths {
  readonly count: Dim;
  readonly areOnes: boolean;
}

/** What is known of a tensor's numbers, if anything, and the memory that they lie in. */
interface Held {
  readonly numbers: readonly Bounds[] | undefined;
  /** What each of them was drawn from. */
  readonly range?: Range;
  /** The one number, in symbols. */
  readonly number?: Dim;
  readonly truths?: Truths;
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
  holdAs(value, { numbers, memory: memoryOf(owner) });
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

/** A new tensor has so many elements that are not zero. */
export function holdTruths(value: Value, truths: Truths, owner?: Value): void {
  if (value.kind === "tensor") holdAs(value, { numbers: undefined, truths, memory: memoryOf(owner) });
}

export function truthsIn(value: Value): Truths | undefined {
  const known = value.kind === "tensor" ? held.get(value) : undefined;
  if (!known?.memory.intact || known.truths) return known?.memory.intact ? known.truths : undefined;
  const truths = known.numbers?.map(truthIn);
  if (!truths || truths.includes(undefined)) return undefined;
  const areOnes = known.numbers!.every(([low, high]) => low === high && (low === 0 || low === 1));
  return { count: constant(truths.filter(Boolean).length), areOnes };
}

/** Whoever has another value for the same object finds the memory that it lies in. */
function holdAs(value: TensorValue, known: Held): void {
  held.set(value, known);
  for (const object of objectsOf(value) as TensorValue[])
    if (object !== value) held.set(object, { numbers: undefined, memory: known.memory });
}

function memoryOf(owner: Value | undefined): Memory {
  const shared = owner?.kind === "tensor" ? held.get(owner)?.memory : undefined;
  if (shared) shared.isShared = true;
  return shared ?? { intact: true, isShared: false, count: ++memories };
}

/** A tensor that may lie in the memory of another one, without numbers of its own: who writes to it writes there. */
export function joinMemory(value: Value, owner: Value): void {
  if (value.kind === "tensor" && owner.kind === "tensor" && held.has(owner) && !held.has(value))
    held.set(value, { numbers: undefined, memory: memoryOf(owner) });
}

/** Whether the same is known of the numbers of one as of the other: the same ones in one memory, or nothing. */
export function areHeldAlike(a: TensorValue, b: TensorValue): boolean {
  const [one, other] = [held.get(a), held.get(b)].map((known) => (known?.memory.intact ? known : undefined));
  if (!one || !other) return one === other;
  return (
    one.memory === other.memory &&
    one.number?.key === other.number?.key &&
    one.range?.least === other.range?.least &&
    one.range?.below.key === other.range?.below.key &&
    one.truths === other.truths &&
    haveSameNumbers(one.numbers, other.numbers)
  );
}

/** Rows of one tensor lie in one memory, and hold other numbers. */
function haveSameNumbers(a: readonly Bounds[] | undefined, b: readonly Bounds[] | undefined): boolean {
  if (!a || !b || a === b) return a === b;
  return a.length === b.length && a.every(([low, high], i) => low === b[i]![0] && high === b[i]![1]);
}

/** Whether other tensors may lie in the same memory: what is written to one of them is written to all. */
export function sharesMemory(value: TensorValue): boolean {
  return held.get(value)?.memory.isShared ?? false;
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
  // Behind a branch it may be one of two tensors.
  for (const one of value.kind === "tensor" ? [value, ...objectsOf(value)] : []) {
    const known = held.get(one as TensorValue);
    if (!known?.memory.intact) continue;
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
