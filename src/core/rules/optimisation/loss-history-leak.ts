/** Losses that are collected for a report together with their graphs. */
import { type Inference } from "../../infer/analysis";
import type { AugAssign, Expression, Node } from "../../python/syntax";
import { isKind, walk } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { type Span } from "../../text/source";
import { callAt } from "../reading/calls";
import { enclosing, nodesOf } from "../reading/syntax";
import { assignmentsIn, isWithin, targetsOf } from "../reading/scopes";
import { type Step, pathOf, trainingLoops } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  for (const { round, region } of trainingLoops(inference)) {
    const backward = round.find(({ kind, call }) => kind === "backward" && call.origin.path === inference.source.path);
    const node = backward && callAt(backward.call.origin.span);
    if (!node) continue;
    // The round may be a function of its own.
    const isHere = region.path === inference.source.path && isWithin(node, region.node);
    const place = isHere ? region.node : (enclosing(inference, node, "FunctionDef") ?? inference.module);
    const losses = lossesOf(inference, round, place);
    if (losses.size === 0) continue;
    for (const [loss, kept] of [...sums(inference, place, losses), ...lists(inference, place, losses)])
      yield {
        span: loss,
        message: `${kept} keeps ${inference.source.slice(loss)} as a tensor with its graph, of every batch: memory grows until the loop ends. Keep the number, ${inference.source.slice(loss)}.item().`,
        fix: { title: "Keep the number only", edits: [{ span: { start: loss.end, end: loss.end }, text: ".item()" }] },
      };
  }
}

/** Names that `backward()` is called on in the loop, and that stay tensors. */
function lossesOf(inference: Inference, round: readonly Step[], place: Span): ReadonlySet<string> {
  const names = round.flatMap(({ kind, call, name }) => {
    const loss = kind === "backward" && isWithin(call.origin.span, place) ? name || scaledLoss(call.origin.span) : "";
    return loss ? [loss] : [];
  });
  const changed = new Set(
    assignmentsIn(inference, place)
      .filter(({ value }) => /\.(item|detach|data|cpu|numpy)\b|^float\(/.test(inference.source.slice(value)))
      .flatMap(targetsOf),
  );
  return new Set(names.filter((name) => !changed.has(name)));
}

/** The loss of `scaler.scale(loss).backward()` and of `(loss / steps).backward()`. */
function scaledLoss(backward: Span): string {
  const callee = callAt(backward)?.callee;
  const scaled = callee?.kind === "Attribute" ? callee.value : undefined;
  if (scaled?.kind === "BinaryOperation") return pathOf(scaled.left);
  const isScaler =
    scaled?.kind === "Call" && scaled.callee.kind === "Attribute" && scaled.callee.attribute.name === "scale";
  return isScaler && scaled.args[0] ? pathOf(scaled.args[0]) : "";
}

type Kept = readonly [loss: Expression, by: string];

/** `total += loss`, where `total` begins as a number in front of the loop and is never backpropagated itself. */
function sums(inference: Inference, place: Span, losses: ReadonlySet<string>): Kept[] {
  return nodesOf(inference, "AugAssign").flatMap((node): Kept[] => {
    const total = pathOf(node.target);
    if (node.operator !== "+" || total === "" || !isWithin(node, place)) return [];
    const loss = lossIn(node, losses);
    if (!loss || !startsAsNumber(inference, total, place, node) || isComputedWith(inference, total, losses)) return [];
    return [[loss, total]];
  });
}

/** The loss in `loss`, `loss * n`, `n * loss`, `loss / n`. */
function lossIn({ value }: AugAssign, losses: ReadonlySet<string>): Expression | undefined {
  const parts = value.kind === "BinaryOperation" && /^[*/]$/.test(value.operator) ? [value.left, value.right] : [value];
  return parts.find((part) => losses.has(pathOf(part)));
}

function startsAsNumber(inference: Inference, total: string, loop: Span, at: Node): boolean {
  const around = enclosing(inference, at, "FunctionDef") ?? inference.module;
  const starts = nodesOf(inference, "Assign").filter(
    (node) => isWithin(node, around) && bindsToNumber(node.targets, node.value, total),
  );
  return starts.length > 0 && !starts.some((node) => isWithin(node, loop));
}

function bindsToNumber(targets: readonly Expression[], value: Expression, total: string): boolean {
  return targets.some((target) => {
    if (target.kind !== "Tuple") return pathOf(target) === total && isNumber(value);
    const at = target.elements.findIndex((element) => pathOf(element) === total);
    return at >= 0 && (isNumber(value) || (value.kind === "Tuple" && isNumber(value.elements[at])));
  });
}

function isNumber(value: Expression | undefined): boolean {
  return value?.kind === "Constant" && (value.type === "int" || value.type === "float");
}

/** Whether the sum is a loss itself: `backward()` is called on it, or on something computed with it. */
function isComputedWith(inference: Inference, total: string, losses: ReadonlySet<string>): boolean {
  if (losses.has(total)) return true;
  const isBackward = nodesOf(inference, "Attribute").some(
    ({ attribute, value }) => attribute.name === "backward" && mentions(value, total),
  );
  return (
    isBackward ||
    nodesOf(inference, "Assign").some(
      (node) => targetsOf(node).some((name) => losses.has(name)) && mentions(node.value, total),
    )
  );
}

function mentions(expression: Expression, path: string): boolean {
  let found = false;
  walk(expression, (node) => {
    if ((isKind(node, "Name") || isKind(node, "Attribute")) && pathOf(node) === path) found = true;
    return undefined;
  });
  return found;
}

/** `history.append(loss)`, where nothing computes with the list. */
function lists(inference: Inference, place: Span, losses: ReadonlySet<string>): Kept[] {
  return nodesOf(inference, "Call").flatMap((node): Kept[] => {
    const [loss, ...others] = node.args;
    if (!loss || others.length > 0 || node.callee.kind !== "Attribute" || node.callee.attribute.name !== "append")
      return [];
    const list = pathOf(node.callee.value);
    if (list === "" || !losses.has(pathOf(loss)) || !isWithin(node, place)) return [];
    const isFresh = assignmentsIn(inference, place).some((made) => targetsOf(made).includes(list));
    return isFresh || isStacked(inference, list) ? [] : [[loss, list]];
  });
}

function isStacked(inference: Inference, list: string): boolean {
  return nodesOf(inference, "Call").some(({ callee, args }) => {
    const name = callee.kind === "Attribute" ? callee.attribute.name : pathOf(callee);
    return /^(stack|cat|sum|hstack|tensor_split|as_tensor)$/.test(name) && args.some((arg) => mentions(arg, list));
  });
}

export const lossHistoryLeak: Rule = {
  id: "loss-history-leak",
  summary: "Losses are collected together with their graphs.",
  category: "optimisation",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  mootInFrameworks: true,
  check,
};
