/** The values of a file as a list: every assignment, return and call that gives a tensor, a size or an integer out of one. */
import { type Inference } from "../infer/analysis";
import type { Expression } from "../python/syntax";
import { type AnyNode, isKind, walk } from "../python/visit";
import { printShape, shapeToJson } from "../shape/notation";
import { type Span } from "../text/source";
import { sizesSeen, tensorSeen } from "./seen";
import { isSize } from "./sizes";

export interface ShapeEntry {
  readonly span: Span;
  /** The qualified function that it stands in: `Net.forward`, `<module>`. */
  readonly scope: string;
  /** The target of an assignment, the callee of a call, `return`. */
  readonly name: string;
  readonly kind: "assignment" | "return" | "call";
  /** Null for a size or an integer, and where the rank is not known. */
  readonly shape: (number | string | null)[] | null;
  readonly dtype: string | null;
  /** `(B, 10)`, `H//4 - 3`. */
  readonly text: string;
}

export function shapesOf(inference: Inference): ShapeEntry[] {
  const entries: ShapeEntry[] = [];
  const add = (node: Expression, kind: ShapeEntry["kind"], name: string): void => {
    const entry = entryFor(node, kind, name, inference);
    if (entry) entries.push(entry);
  };
  walk(inference.module, (node) => {
    for (const target of targetsOf(node)) add(target, "assignment", inference.source.slice(target));
    if (isKind(node, "Return") && node.value) add(node.value, "return", "return");
    if (isKind(node, "Call")) add(node, "call", inference.source.slice(node.callee));
    return undefined;
  });
  return entries.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

function targetsOf(node: AnyNode): Expression[] {
  if (isKind(node, "Assign")) return node.targets.flatMap(leaves);
  if (isKind(node, "AnnAssign") || isKind(node, "AugAssign") || isKind(node, "NamedExpression")) return [node.target];
  return [];
}

function leaves(target: Expression): Expression[] {
  return target.kind === "Tuple" || target.kind === "List" ? target.elements.flatMap(leaves) : [target];
}

function entryFor(
  node: Expression,
  kind: ShapeEntry["kind"],
  name: string,
  inference: Inference,
): ShapeEntry | undefined {
  const sightings = inference.record.seenAt(node);
  if (!sightings) return undefined;
  const head = { span: { start: node.start, end: node.end }, scope: sightings[0]!.scope, kind, name };
  const tensor = tensorSeen(node, inference);
  if (tensor)
    return { ...head, shape: shapeToJson(tensor.shape), dtype: tensor.dtype ?? null, text: printShape(tensor.shape) };
  const isMeasured = sightings.every(({ value }) => value.kind !== "int" || isSize(value));
  const text = isMeasured ? sizesSeen(node, inference) : undefined;
  return text === undefined ? undefined : { ...head, shape: null, dtype: null, text };
}
