/** An optimizer that is made anew in every round, and forgets its running averages each time. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Region, regionsAround } from "../../infer/record/trace";
import type { Expression, Node } from "../../python/syntax";
import { isKind, walk } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { argumentExpression, argumentOf, callAt, numberOf } from "../reading/calls";
import { optimizersOf } from "../reading/optimizers";
import { fitsNumbers } from "../reading/rates";
import { ancestorsOf } from "../reading/syntax";
import { binds, isEpochLoop, isWithin, mentionsAttribute } from "../reading/scopes";
import { isInside, isStraight, pathOf, stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  for (const { call } of optimizersOf(inference)) {
    if (call.origin.path !== inference.source.path || !remembers(call) || fitsNumbers(call)) continue;
    const round = roundOf(call);
    const loop = round?.parent;
    if (!round || loop?.kind !== "loop" || loop.path !== call.origin.path || !isWithin(call.origin.span, loop.node))
      continue;
    if (
      isBehindTest(inference, call, loop.node) ||
      !repeats(inference, round, loop.node) ||
      isMeant(inference, call, loop.node)
    )
      continue;
    const name = call.operation.split(".").at(-1)!;
    yield {
      span: call.origin.span,
      message: `A new ${name} is made in every round, for a model that goes on: its running averages begin at 0 each time, so it never has any memory. Make it once, in front of the loop.`,
      related: [{ span: loop.node, message: "The loop." }],
    };
  }
}

/** Plain gradient descent has nothing to forget. */
function remembers(call: CallRecord): boolean {
  if (/\.(LBFGS|Rprop)$/.test(call.operation)) return false;
  if (!call.operation.endsWith(".SGD")) return true;
  return (numberOf(argumentOf(call, "momentum", 2)) ?? 0) > 0;
}

/** The round that surely makes the optimizer. */
function roundOf(call: CallRecord): Region | undefined {
  for (const at of regionsAround(call.region)) {
    if (at.kind === "round") return at;
    if (at.kind === "branch") return undefined;
  }
  return undefined;
}

/** Also a test whose outcome is known in every round, such as that for the fifth epoch. */
function isBehindTest(inference: Inference, call: CallRecord, loop: Node): boolean {
  const node = callAt(call.origin.span);
  for (const at of node ? ancestorsOf(inference, node) : []) {
    if (at === loop) return false;
    if (isKind(at, "If") || isKind(at, "Conditional") || isKind(at, "Try")) return true;
  }
  return true;
}

/** The loop trains with it: a step in each round, or the batches of an epoch. */
function repeats(inference: Inference, round: Region, loop: Node): boolean {
  const steps = stepsOf(inference).filter(({ kind, call }) => kind === "step" && isInside(call.region, round));
  return steps.length > 0 && (isEpochLoop(loop) || (steps.length === 1 && isStraight(steps[0]!, round)));
}

/** The model begins anew as well, or its rate changes from round to round. */
function isMeant(inference: Inference, call: CallRecord, loop: Node): boolean {
  const node = callAt(call.origin.span);
  const given = node && argumentExpression(node, "params", 0);
  if (!given) return true;
  const names = [...namesIn(given)];
  if (names.length === 0 || names.some((name) => isBound(inference, loop, name))) return true;
  if (mentionsAttribute(inference, loop, /^(load_state_dict|reset_parameters|apply|deepcopy|clone|init\w*)$/))
    return true;
  const others = [
    ...node.args.slice(1),
    ...node.keywords.filter(({ name }) => name?.name !== "params").map(({ value }) => value),
  ];
  return others.some((other) => [...namesIn(other)].some((name) => isBound(inference, loop, name)));
}

/** `self.net` is bound with itself, and with `self`. */
function isBound(inference: Inference, loop: Node, path: string): boolean {
  const parts = path.split(".");
  return parts.some((_, i) => binds(inference, loop, parts.slice(0, i + 1).join(".")));
}

/** The names and attributes that an expression uses; of a method its object. */
function namesIn(expression: Expression): Set<string> {
  const names = new Set<string>();
  walk(expression, (node) => {
    if (isKind(node, "Call") && node.callee.kind === "Attribute") {
      const object = pathOf(node.callee.value);
      if (object) names.add(object);
    }
    if (isKind(node, "Name")) names.add(node.id);
    return undefined;
  });
  return names;
}

export const optimizerRebuiltInLoop: Rule = {
  id: "optimizer-rebuilt-in-loop",
  summary: "The optimizer is made anew in every round of training.",
  category: "optimisation",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  mootInFrameworks: true,
  check,
};
