/** The numbers in small tensors that a call makes of nothing but Python's numbers. */
import { type TensorValue } from "../../ops/value";
import { constantValue, product, unknownSize } from "../../shape/dim";
import { knownDims } from "../../shape/shape";
import { knownItems } from "../collections/lists";
import { type Bounds } from "./numberBounds";
import { asNumber } from "../values/truth";
import { type Value } from "../values/value";

type Creation = (positional: readonly Value[], result: TensorValue) => readonly Bounds[] | undefined;

const exact = (number: number): Bounds => [number, number];

export const creations: Readonly<Record<string, Creation | undefined>> = {
  tensor: ([data]) => (data ? flat(data) : undefined),
  LongTensor: ([data]) => (data && data.kind !== "int" ? flat(data) : undefined),
  arange: (ends, result) => {
    const [first, second, step = 1] = ends.map((end) => (end.kind === "int" ? asNumber(end) : undefined));
    const [start, isKnown] = ends.length === 1 ? [0, first !== undefined] : [first, second !== undefined];
    const count = countOf(result);
    const areWhole = ends.every(({ kind }) => kind === "int");
    return isKnown && areWhole && start !== undefined && count !== undefined && ends.length <= 3
      ? Array.from({ length: count }, (_, i) => exact(start + i * step))
      : undefined;
  },
  linspace: evenly,
  eye: (_, result) => {
    const columns =
      result.shape.length === 2 ? constantValue(knownDims(result.shape)?.[1] ?? unknownSize()) : undefined;
    return columns === undefined
      ? undefined
      : filled(0, result)?.map((zero, i) => (i % columns === Math.floor(i / columns) ? exact(1) : zero));
  },
  zeros: (_, result) => filled(0, result),
  ones: (_, result) => filled(1, result),
  full: ([, value], result) => {
    const number = value && asNumber(value);
    return number === undefined ? undefined : filled(number, result);
  },
};

/** PyTorch counts from both ends, in steps that are rounded. */
function evenly([start, end]: readonly Value[], result: TensorValue): readonly Bounds[] | undefined {
  const [first, last, count] = [start && asNumber(start), end && asNumber(end), countOf(result)];
  if (first === undefined || last === undefined || count === undefined) return undefined;
  const error = 2 ** -19 * Math.max(Math.abs(first), Math.abs(last));
  return Array.from({ length: count }, (_, i): Bounds => {
    if (i === 0) return exact(first);
    const number = first + ((last - first) * i) / (count - 1);
    return [number - error, number + error];
  });
}

function filled(number: number, result: TensorValue): readonly Bounds[] | undefined {
  const count = countOf(result);
  return count === undefined ? undefined : Array.from({ length: count }, () => exact(number));
}

/** More are not followed. */
const most = 512;

/** How many numbers a tensor has. */
export function countOf({ shape }: TensorValue): number | undefined {
  const dims = knownDims(shape);
  const count = dims && constantValue(product(dims));
  return count !== undefined && count <= most ? count : undefined;
}

/** The numbers of nested lists. */
function flat(data: Value, depth = 0): readonly Bounds[] | undefined {
  const number = asNumber(data);
  if (number !== undefined) return [exact(number)];
  const items = depth < 4 ? knownItems(data) : undefined;
  const parts = items && items.length <= most ? items.map((item) => flat(item, depth + 1)) : [undefined];
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part!);
}
