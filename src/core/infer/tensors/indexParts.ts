/** What an index is made of: numbers, slices, index tensors, masks, `None` and `...`. */
import { type OpValue, type TensorValue, int } from "../../ops/value";
import { type Dim, constant, constantValue, unknownSize } from "../../shape/dim";
import { type Shape, knownDims } from "../../shape/shape";
import { tensorInArray } from "./arrays";
import { knownItems, openItems } from "../collections/lists";
import { type Machine } from "../machine";
import { knownNumbers, symbolicNumber, truthsIn } from "./tensorNumbers";
import { asUsed } from "../values/unknownNumbers";
import { type SliceValue, type Value } from "../values/value";

/** What one part of an index does. */
export type Part =
  | { readonly kind: "new" }
  | { readonly kind: "ellipsis" }
  | { readonly kind: "int"; readonly at: Dim | undefined }
  | { readonly kind: "slice"; readonly slice: SliceValue }
  | Choice;

export type Choice =
  /** An index tensor: its shape takes the place of a dimension. */
  | { readonly kind: "places"; readonly shape: Shape; readonly numbers: readonly number[] }
  /** A mask: as many elements as it has true ones, in the place of all of its dimensions. */
  | { readonly kind: "mask"; readonly shape: readonly Dim[]; readonly count: Dim };

function partOf(machine: Machine, value: Value): Part | undefined {
  switch (value.kind) {
    case "none":
      return { kind: "new" };
    case "int":
      return { kind: "int", at: value.value };
    case "slice": {
      const [lower, upper] = [value.lower, value.upper].map((bound) => boundNow(machine, bound)) as [Value, Value];
      return { kind: "slice", slice: { ...value, lower, upper } };
    }
    case "external":
      return value.name === "builtins.Ellipsis" ? { kind: "ellipsis" } : undefined;
    case "list":
    case "tuple":
      return listPart(value);
    case "tensor":
      return tensorPart(machine.facts.resolveShape(value.shape), value);
    default: {
      // PyTorch 1 takes an array of several axes for a tuple of its rows, later versions do not.
      const inside = tensorInArray(value);
      return inside?.shape.length === 1 ? partOf(machine, inside) : undefined;
    }
  }
}

/** A bound with what is known of it by now: a size is above zero. */
function boundNow({ facts }: Machine, bound: Value): Value {
  const [only] = bound.kind === "tensor" && bound.shape.length === 0 ? knownNumbers(bound) : [];
  const number = only === undefined ? symbolicNumber(bound) : constant(only);
  const used = number ? int(number) : asUsed(bound, facts);
  return used.kind === "int" ? { ...used, value: facts.resolve(used.value) } : used;
}

function tensorPart(shape: Shape, value: TensorValue): Part | undefined {
  const { dtype } = value;
  if (dtype === "bool" || dtype === "uint8") {
    const dims = knownDims(shape);
    const count = truthsIn(value)?.count ?? unknownSize();
    return dims && dims.length > 0 ? { kind: "mask", shape: dims, count } : undefined;
  }
  if (dtype !== "int64" && dtype !== "int32") return undefined;
  // A single number picks one index, as a Python number does.
  return shape.length === 0 ? { kind: "int", at: undefined } : { kind: "places", shape, numbers: knownNumbers(value) };
}

/** A list of numbers is an index tensor, one of truth values a mask. */
function listPart(value: Value): Part | undefined {
  const items = knownItems(value);
  const open = items ? undefined : openItems(value);
  if (open?.each?.kind === "int") return { kind: "places", shape: [open.count], numbers: [] };
  if (!items || items.length === 0) return undefined;
  if (items.every((item) => item.kind === "bool")) {
    const truths = items.filter((item) => item.value);
    const isKnown = items.every((item) => item.value !== undefined);
    const count = isKnown ? constant(truths.length) : unknownSize();
    return { kind: "mask", shape: [constant(items.length)], count };
  }
  const shape = numbersShape(items);
  const numbers = items.flatMap((item) => (item.kind === "int" ? (constantValue(item.value) ?? []) : []));
  return shape && { kind: "places", shape, numbers };
}

function numbersShape(items: readonly Value[]): Shape | undefined {
  if (items.every(({ kind }) => kind === "int")) return [constant(items.length)];
  const rows = items.map((item) => (item.kind === "list" || item.kind === "tuple" ? knownItems(item) : undefined));
  const [first] = rows;
  if (!first || rows.some((row) => row?.length !== first.length)) return undefined;
  const inner = numbersShape(first);
  return inner && [constant(items.length), ...inner];
}

export function consumedBy(part: Part): number {
  if (part.kind === "new" || part.kind === "ellipsis") return 0;
  return part.kind === "mask" ? part.shape.length : 1;
}

export function partsOf(machine: Machine, index: Value): Part[] | undefined {
  // PyTorch takes a list of lists for a tuple of them, its later versions do not.
  if (index.kind === "list" && !knownItems(index)?.every(({ kind }) => kind === "int" || kind === "bool"))
    return undefined;
  const parts = (index.kind === "tuple" ? index.items : [index]).map((value) => partOf(machine, value));
  const ellipses = parts.filter((part) => part?.kind === "ellipsis").length;
  return ellipses > 1 || parts.includes(undefined) || parts.some(isMisread) ? undefined : (parts as Part[]);
}

/** Behind a mask of several dimensions PyTorch loses count: what stands there is applied to the mask's own dimensions. */
function isMisread(part: Part | undefined, at: number, parts: readonly (Part | undefined)[]): boolean {
  if (part?.kind !== "mask" || part.shape.length < 2) return false;
  return !parts
    .slice(at + 1)
    .every((other) => other?.kind === "ellipsis" || (other?.kind === "slice" && isWhole(other.slice)));
}

function isWhole({ lower, upper, step }: SliceValue): boolean {
  return lower.kind === "none" && upper.kind === "none" && step.kind === "none";
}

/**
 * The dimension that each one of the result comes from, -1 for a new one, and the steps in it: what says where the elements
 * lie in memory. Nothing where index tensors pick, which copies.
 */
export function keptAxes(machine: Machine, index: Value, rank: number): ReadonlyMap<string, OpValue> | undefined {
  const parts = partsOf(machine, index);
  if (!parts?.every(({ kind }) => kind !== "places" && kind !== "mask")) return undefined;
  const kept: (readonly [axis: number, step: number])[] = [];
  let at = 0;
  const skip = (until: number): void => {
    for (; at < until; at++) kept.push([at, 1]);
  };
  for (const [i, part] of parts.entries()) {
    if (part.kind === "new") kept.push([-1, 0]);
    else if (part.kind === "ellipsis")
      skip(
        rank -
          parts
            .slice(i)
            .map(consumedBy)
            .reduce((a, b) => a + b, 0),
      );
    else if (part.kind === "int") at++;
    else if (part.kind === "slice") {
      const { step } = part.slice;
      const by = step.kind === "none" ? 1 : step.kind === "int" ? constantValue(step.value) : undefined;
      if (by === undefined) return undefined;
      kept.push([at++, by]);
    }
  }
  skip(rank);
  const tuple = (numbers: readonly number[]): OpValue => ({ kind: "tuple", items: numbers.map((n) => int(n)) });
  return new Map([
    ["axes", tuple(kept.map(([axis]) => axis))],
    ["steps", tuple(kept.map(([, step]) => step))],
  ]);
}
