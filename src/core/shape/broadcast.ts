/** Broadcasting: how PyTorch aligns the shapes of element-wise operands (https://pytorch.org/docs/stable/notes/broadcasting.html). */
import { equals } from "./bounds";
import { type Dim, constant, constantValue, isUnknown, unknownSize } from "./dim";
import { maximum } from "./division";
import { type Facts } from "./facts";
import { type Shape, isRest, knownDims, sameShape, unknownShape } from "./shape";

export type Broadcast =
  | { readonly kind: "shape"; readonly shape: Shape }
  /** Two sizes that differ, neither of them 1, at a dimension counted from the back (1 is the last). */
  | { readonly kind: "mismatch"; readonly left: Dim; readonly right: Dim; readonly fromBack: number };

/** The common shape of two operands; a scalar's shape is empty. */
export function broadcast(left: Shape, right: Shape, facts: Facts): Broadcast {
  const a = facts.resolveShape(left);
  const b = facts.resolveShape(right);
  if (a.length === 0) return { kind: "shape", shape: b };
  if (b.length === 0) return { kind: "shape", shape: a };
  const leftDims = knownDims(a);
  const rightDims = knownDims(b);
  if (!leftDims || !rightDims) return besideRest(a, b, facts);
  const result: Dim[] = [];
  for (let i = 1; i <= Math.max(a.length, b.length); i++) {
    const x = leftDims[a.length - i] ?? constant(1);
    const y = rightDims[b.length - i] ?? constant(1);
    const size = broadcastSize(x, y);
    if (!size) return { kind: "mismatch", left: x, right: y, fromBack: i };
    result.unshift(size);
  }
  return { kind: "shape", shape: result };
}

/** Undefined where the two can never be broadcast. */
function broadcastSize(x: Dim, y: Dim): Dim | undefined {
  const one = constant(1);
  const equal = equals(x, y);
  if (equal === "yes" || constantValue(y) === 1) return x;
  if (constantValue(x) === 1) return y;
  const xIsOne = equals(x, one);
  const yIsOne = equals(y, one);
  if (equal === "no" && xIsOne === "no" && yIsOne === "no") return undefined;
  // A size that is not 1 wins over one that must be 1 or the same.
  if (xIsOne === "no" && !isUnknown(x)) return x;
  if (yIsOne === "no" && !isUnknown(y)) return y;
  // One of them is 1 or both are the same: either way it is the larger one.
  const larger = maximum(x, y);
  return larger === x || larger === y || !isUnknown(larger) ? larger : unknownSize();
}

/** Shapes with a rest: known where both are the same, or where one meets only dimensions that the other one names. */
function besideRest(a: Shape, b: Shape, facts: Facts): Broadcast {
  if (sameShape(a, b)) return { kind: "shape", shape: a };
  const [open, closed] = knownDims(b) ? [a, b] : [b, a];
  const front = open.slice(0, Math.max(0, open.length - closed.length));
  if (!knownDims(closed) || !front.some(isRest)) return { kind: "shape", shape: unknownShape() };
  const back = open.slice(front.length);
  const common = open === a ? broadcast(back, closed, facts) : broadcast(closed, back, facts);
  return common.kind === "shape" ? { kind: "shape", shape: [...front, ...common.shape] } : common;
}
