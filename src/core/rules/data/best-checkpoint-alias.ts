/** `best = model.state_dict()` during training: the tensors are the model's own, so that training goes on in them. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Region, regionsAround } from "../../infer/record/trace";
import { nameOfLibrary } from "../reading/edits";
import type { Call, Expression } from "../../python/syntax";
import { type AnyNode, isKind } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { callAt, callsOf } from "../reading/calls";
import { ancestorsOf, enclosing, nodesOf, parentOf } from "../reading/syntax";
import { nameOfExpression } from "../reading/splits";
import { pathOf, stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  const states = callsOf(inference, "Module.state_dict", "?.state_dict");
  if (states.length === 0) return;
  const training = new Set<Region>();
  for (const { kind, call } of stepsOf(inference))
    if (kind === "step") for (const at of regionsAround(call.region)) training.add(at);
  for (const call of states) {
    const state = callAt(call.origin.span);
    const kept = state && shallow(inference, state);
    const name = kept ? nameOfExpression(inference, kept) : "";
    const loop = loopAround(call, training);
    if (
      !kept ||
      name === "" ||
      !loop ||
      isOptimizer(state) ||
      !isConditional(inference, kept) ||
      !isUsedLater(inference, name, kept, loop)
    )
      continue;
    yield {
      span: kept,
      message: `state_dict() gives the model's own tensors, not a copy: ${name} goes on changing with every step of the optimizer, and in the end holds the last weights, not the best. Keep a copy.deepcopy of it.`,
      related: [{ span: loop, message: "Training goes on in this loop." }],
      ...mend(inference, kept),
    };
  }
}

/** The expression that keeps the same tensors: the call itself, or a copy of the dict around it. */
function shallow(inference: Inference, state: Call): Expression {
  const parent = parentOf(inference, state);
  const outer = parent && parentOf(inference, parent);
  if (parent && isKind(parent, "Attribute") && parent.attribute.name === "copy" && outer && isKind(outer, "Call"))
    return outer;
  if (parent && isKind(parent, "Call") && parent.args[0] === state && /^(dict|copy\.copy)$/.test(pathOf(parent.callee)))
    return parent;
  return state;
}

/** Of an optimizer it is a matter of its own. */
function isOptimizer(state: Call): boolean {
  return state.callee.kind === "Attribute" && /optim|sched|scaler/i.test(pathOf(state.callee.value));
}

/** The loop in whose rounds the weights are kept and trained. */
function loopAround({ region }: CallRecord, training: ReadonlySet<Region>): AnyNode | undefined {
  for (const at of regionsAround(region)) if (at.kind === "loop" && training.has(at)) return at.node;
  return undefined;
}

/** What is kept in every round, or in the last one, is the last state anyhow; the best one is kept where a test says so. */
function isConditional(inference: Inference, kept: Expression): boolean {
  const around = enclosing(inference, kept, "If", "For", "While", "FunctionDef");
  return around?.kind === "If" && !/-\s*1\b|last|final/i.test(inference.source.slice(around.test));
}

/** It is loaded, saved or returned where the loop is over: saved at once, it is a copy. */
function isUsedLater(inference: Inference, name: string, kept: AnyNode, loop: AnyNode): boolean {
  const around = enclosing(inference, kept, "FunctionDef");
  const attribute = name.includes(".") ? name.split(".").at(-1) : undefined;
  const uses =
    attribute === undefined
      ? nodesOf(inference, "Name").filter(
          (node) => node.id === name && enclosing(inference, node, "FunctionDef") === around,
        )
      : nodesOf(inference, "Attribute").filter((node) => node.attribute.name === attribute);
  return uses.some((use) => {
    const isInLoop = use.start >= loop.start && use.end <= loop.end;
    return !isInLoop && [...ancestorsOf(inference, use)].some(isUse);
  });
}

function isUse(node: AnyNode): boolean {
  if (isKind(node, "Return")) return true;
  return (
    isKind(node, "Call") &&
    node.callee.kind === "Attribute" &&
    /^(load_state_dict|save)$/.test(node.callee.attribute.name)
  );
}

function mend(inference: Inference, kept: Expression): Pick<Finding, "fix"> {
  const { source } = inference;
  const copy = nameOfLibrary(inference, "copy");
  const text = source.slice(kept);
  const edits = [{ span: kept, text: `${copy ?? "copy"}.deepcopy(${text})` }];
  const title = "Keep a deep copy";
  if (copy !== undefined) return { fix: { title, edits } };
  const first = inference.module.body.find(({ kind }) => kind === "Import" || kind === "ImportFrom");
  if (!first) return {};
  return {
    fix: { title, edits: [{ span: { start: first.start, end: first.start }, text: "import copy\n" }, ...edits] },
  };
}

export const bestCheckpointAlias: Rule = {
  id: "best-checkpoint-alias",
  summary: "The best weights are kept without copying them.",
  category: "data",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
