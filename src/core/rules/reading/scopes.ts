/** Names inside loops: what a loop assigns, what an expression begins with, what a loop counts. */
import { type Inference } from "../../infer/analysis";
import type { Assign, Expression, For, Node } from "../../python/syntax";
import { isKind } from "../../python/visit";
import { type Span } from "../../text/source";
import { nodesOf } from "./syntax";
import { pathOf } from "./training";

export function isWithin(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The assignments inside a loop or function, in the order of the text. */
export function assignmentsIn(inference: Inference, around: Span): readonly Assign[] {
  return nodesOf(inference, "Assign").filter((node) => isWithin(node, around));
}

/** The names and attributes that an assignment binds, as they are written. */
export function targetsOf({ targets }: Assign): readonly string[] {
  return targets.flatMap(pathsIn);
}

function pathsIn(target: Expression): string[] {
  if (target.kind === "Tuple" || target.kind === "List") return target.elements.flatMap(pathsIn);
  if (target.kind === "Starred") return pathsIn(target.value);
  const path = pathOf(target);
  return path ? [path] : [];
}

/** Whether a loop, or what lies in it, binds a name or attribute. */
export function binds(inference: Inference, loop: Span, path: string): boolean {
  const isBound = (target: Expression): boolean => pathsIn(target).includes(path);
  return (
    assignmentsIn(inference, loop).some((node) => targetsOf(node).includes(path)) ||
    nodesOf(inference, "For").some((node) => isWithin(node, loop) && isBound(node.target)) ||
    nodesOf(inference, "AnnAssign").some((node) => isWithin(node, loop) && isBound(node.target)) ||
    nodesOf(inference, "With").some(
      (node) => isWithin(node, loop) && node.items.some(({ target }) => target && isBound(target)),
    )
  );
}

/** Whether a loop goes through epochs: it counts them, and does not try several numbers of them. */
export function isEpochLoop(loop: Node): loop is For {
  if (!isKind(loop, "For")) return false;
  const { target, iterable } = loop;
  if (/epoch(?!s)/i.test(pathOf(target))) return true;
  const isCounting = iterable.kind === "Call" && pathOf(iterable.callee).endsWith("range");
  return isCounting && iterable.args.some((bound) => /epoch/i.test(pathOf(bound)));
}

/** Whether a loop goes through the batches of a loader, by what it goes through. */
export function isBatchLoop(loop: Node): loop is For {
  if (!isKind(loop, "For")) return false;
  const { iterable } = loop;
  const over = iterable.kind === "Call" && iterable.args[0] ? iterable.args[0] : iterable;
  return /loader$|batches$/i.test(pathOf(over));
}

/** Whether a method or attribute of that kind is named anywhere inside. */
export function mentionsAttribute(inference: Inference, around: Span, pattern: RegExp): boolean {
  return nodesOf(inference, "Attribute").some((node) => isWithin(node, around) && pattern.test(node.attribute.name));
}
