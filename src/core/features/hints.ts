/** Shapes behind the names that a function assigns, for the editor to show in the line. */
import { type Inference } from "../infer/analysis";
import type { Expression } from "../python/syntax";
import { isKind, walk } from "../python/visit";
import { isRest } from "../shape/shape";
import { printShape } from "../shape/notation";
import { type Span } from "../text/source";
import { tensorSeen } from "./seen";

export interface ShapeHint {
  /** Where it is shown: behind the name. */
  readonly offset: number;
  readonly text: string;
}

/** The hints inside a stretch of the text, in order. Nothing is said of a shape that is not known. */
export function shapeHints(inference: Inference, span: Span): ShapeHint[] {
  const hints: ShapeHint[] = [];
  walk(inference.module, (node) => {
    if (node.end < span.start || node.start > span.end) return "skip";
    if (isKind(node, "Assign")) for (const target of node.targets) hints.push(...hintsFor(target, inference));
    return undefined;
  });
  return hints.filter(({ offset }) => span.start <= offset && offset <= span.end);
}

function hintsFor(target: Expression, inference: Inference): ShapeHint[] {
  if (target.kind === "Tuple" || target.kind === "List")
    return target.elements.flatMap((element) => hintsFor(element, inference));
  const tensor = tensorSeen(target, inference);
  if (!tensor || tensor.shape.some((axis) => isRest(axis) && axis.origin === "unknown")) return [];
  return [{ offset: target.end, text: `: ${printShape(tensor.shape)}` }];
}
