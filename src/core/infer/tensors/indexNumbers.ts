/** The numbers that an index picks of a small tensor whose numbers are known, and those that are written there. */
import { type TensorValue } from "../../ops/value";
import { constant, constantValue, product, subtract } from "../../shape/dim";
import { knownDims } from "../../shape/shape";
import { replaceObject } from "../values/identity";
import { knownItems } from "../collections/lists";
import { type Machine } from "../machine";
import { type Bounds, usable } from "./numberBounds";
import { placesOf } from "../collections/slices";
import {
  type Truths,
  forgetNumbers,
  holdNumbers,
  holdTruths,
  joinMemory,
  numbersIn,
  sharesMemory,
  truthsIn,
} from "./tensorNumbers";
import { asNumber } from "../values/truth";
import { type Value } from "../values/value";

/** Gives what an index has picked of a tensor its numbers. */
export function pickNumbers(value: TensorValue, index: Value, part: Value): void {
  const numbers = numbersIn(value);
  const places = numbers && placesPicked(value, index);
  if (places)
    holdNumbers(
      part,
      places.map((place) => numbers[place]!),
      value,
    );
  else joinMemory(part, value);
}

/** `mask[row] = 0`: a matrix or a row has other numbers there, and so has every name that holds it. Gives it as it is then. */
export function writeNumbers(machine: Machine, value: TensorValue, index: Value, stored: Value): TensorValue {
  const numbers = numbersIn(value);
  const places = numbers && isAlone(value) ? placesPicked(value, index) : undefined;
  const number = asNumber(stored);
  forgetNumbers(value);
  if (!places || number === undefined) return value;
  const after: (Bounds | undefined)[] = [...numbers!];
  const held = value.dtype === "bool" ? Number(number !== 0) : number;
  for (const place of places) after[place] = [held, held];
  const known = Math.fround(held) === held ? usable(after, value.dtype) : undefined;
  return known ? holdFilled(machine, value, { numbers: known }) : value;
}

/** What `zero_`, `fill_` and `fill_diagonal_` leave in a matrix or a row of which something is known. */
export function fillNumbers(name: string, value: TensorValue, fill: Value | undefined): Filled | undefined {
  const number = name === "zero_" ? 0 : fill && asNumber(fill);
  const [numbers, truths, sizes] = [numbersIn(value), truthsIn(value), knownDims(value.shape)];
  const isFilled = /^(zero_|fill_|fill_diagonal_)$/.test(name) && (number === 0 || number === 1);
  if (!isFilled || !truths || !sizes || !isAlone(value)) return undefined;
  const all = product(sizes);
  if (name !== "fill_diagonal_") return { truths: { count: number === 0 ? constant(0) : all, areOnes: true } };
  const [rows, columns] = sizes;
  const width = columns && constantValue(columns);
  if (!columns || rows?.key !== columns.key) return undefined;
  if (numbers && width !== undefined)
    return { numbers: numbers.map((bounds, i) => (i % (width + 1) === 0 ? [number, number] : bounds)) };
  const isFull = truths.areOnes && truths.count.key === all.key;
  return isFull ? { truths: { count: number === 0 ? subtract(all, columns) : all, areOnes: true } } : undefined;
}

interface Filled {
  readonly numbers?: readonly Bounds[];
  readonly truths?: Truths;
}

/** The tensor with other elements, under every name that it has. */
export function holdFilled(machine: Machine, value: TensorValue, { numbers, truths }: Filled): TensorValue {
  const after = replaceObject(machine, value, value);
  if (numbers) holdNumbers(after, numbers);
  else if (truths) holdTruths(after, truths);
  return after;
}

const isAlone = (value: TensorValue): boolean => value.shape.length <= 2 && !value.stored && !sharesMemory(value);

/** Where the picked elements are, row by row. Of lists and masks there may be one, beside numbers and slices. */
function placesPicked(value: TensorValue, index: Value): readonly number[] | undefined {
  const sizes = knownDims(value.shape)?.map(constantValue);
  const parts = index.kind === "tuple" ? index.items : [index];
  if (!sizes || sizes.includes(undefined) || parts.filter(isList).length > 1) return undefined;
  const taken = parts.map(axesOf).reduce((a, b) => a + b, 0);
  if (taken > sizes.length || parts.filter(isEllipsis).length > 1) return undefined;
  const ahead = parts.findIndex(isEllipsis);
  let places = [0];
  let axis = 0;
  for (const part of [...parts, ...(ahead < 0 ? [ellipsis] : [])]) {
    const count = isEllipsis(part) ? sizes.length - taken : axesOf(part);
    const own = sizes.slice(axis, axis + count) as number[];
    const stride = (sizes.slice(axis + count) as number[]).reduce((a, b) => a * b, 1);
    const picked = isEllipsis(part) ? allOf(own) : placesIn(part, own);
    if (!picked) return undefined;
    places = places.flatMap((place) => picked.map((at) => place + at * stride));
    axis += count;
  }
  return places;
}

const ellipsis: Value = { kind: "external", name: "builtins.Ellipsis" };
const isEllipsis = (part: Value): boolean => part.kind === "external" && part.name === "builtins.Ellipsis";
const isList = ({ kind }: Value): boolean => kind === "tensor" || kind === "list";

/** How many dimensions it stands for: a mask for all of its own. */
function axesOf(part: Value): number {
  if (part.kind === "none" || isEllipsis(part)) return 0;
  return part.kind === "tensor" && part.dtype === "bool" ? part.shape.length : 1;
}

function allOf(sizes: readonly number[]): number[] {
  return Array.from({ length: sizes.reduce((a, b) => a * b, 1) }, (_, i) => i);
}

function placesIn(part: Value, sizes: readonly number[]): readonly number[] | undefined {
  const [size = 0] = sizes;
  if (part.kind === "none") return [0];
  if (part.kind === "slice") return placesOf(size, part);
  if (part.kind === "int") return fromFront([constantValue(part.value)], size);
  if (part.kind === "list") return fromFront(knownItems(part)?.map(wholeNumber), size);
  const numbers = part.kind === "tensor" ? numbersIn(part) : undefined;
  if (!numbers || part.kind !== "tensor" || part.shape.length === 0) return undefined;
  const isWhole = numbers.length === sizes.reduce((a, b) => a * b, 1);
  if (part.dtype === "bool") return isWhole ? numbers.flatMap(([low], i) => (low === 1 ? [i] : [])) : undefined;
  return part.dtype === "int64"
    ? fromFront(
        numbers.map(([low]) => low),
        size,
      )
    : undefined;
}

const wholeNumber = (item: Value): number | undefined => (item.kind === "int" ? constantValue(item.value) : undefined);

/** Negative ones count from the end. */
function fromFront(places: readonly (number | undefined)[] | undefined, size: number): number[] | undefined {
  const found = places?.map((place) => (place !== undefined && place < 0 ? place + size : place));
  return found?.every((place) => place !== undefined && place >= 0 && place < size) ? (found as number[]) : undefined;
}
