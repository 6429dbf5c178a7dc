/**
 * A tensor's shape: its dimensions from the outside in. At most one of them may be a `Rest`: any number of dimensions
 * that nobody has described yet, written `*`.
 */
import type { Dim } from "./dim";

/** Any number of dimensions. `free` where an input was only assumed and takes the rank that the layers ask for. */
export interface Rest {
  readonly kind: "rest";
  readonly id: number;
  readonly origin: "free" | "unknown";
}

export type Axis = Dim | Rest;
export type Shape = readonly Axis[];

let restCount = 0;

export function newRest(origin: Rest["origin"]): Rest {
  return { kind: "rest", id: ++restCount, origin };
}

/** The shape of a tensor of which nothing is known. */
export function unknownShape(): Shape {
  return [newRest("unknown")];
}

export function isUnknownShape(shape: Shape): boolean {
  const [only] = shape;
  return shape.length === 1 && isRest(only!) && only.origin === "unknown";
}

export function isRest(axis: Axis): axis is Rest {
  return "kind" in axis;
}

/** The dimensions of a shape whose rank is known. */
export function knownDims(shape: Shape): readonly Dim[] | undefined {
  return shape.some(isRest) ? undefined : (shape as readonly Dim[]);
}

/** What a dimension is called of which its author says nothing: the first is the batch. */
export function nameOfPlace(at: number): string {
  return at === 0 ? "B" : `D${at}`;
}

/** The place of the shape's `Rest`, -1 where the rank is known. */
export function restIndex(shape: Shape): number {
  return shape.findIndex(isRest);
}

/** Whether two shapes are equal as they are written, without anything that has been learnt of them. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((axis, i) => sameAxis(axis, b[i]!));
}

export function sameAxis(a: Axis, b: Axis): boolean {
  if (isRest(a) || isRest(b)) return isRest(a) && isRest(b) && a.id === b.id;
  return a.key === b.key;
}
