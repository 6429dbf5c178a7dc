/** A scheduler that is made and never used: the learning rate stays what it was. */
import { type Inference } from "../../infer/analysis";
import type { Attribute, Expression, Name } from "../../python/syntax";
import { isKind } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { schedulersOf } from "../reading/schedulers";
import { nodesOf, parentOf } from "../reading/syntax";
import { stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  const steps = stepsOf(inference).filter(({ kind }) => kind === "step");
  if (steps.length === 0) return;
  for (const { call, kind } of schedulersOf(inference)) {
    if (call.origin.path !== inference.source.path || !steps.some(({ index }) => index >= 0)) continue;
    const target = targetOf(inference, call.origin.span.start, call.origin.span.end);
    if (!target || isUsed(inference, target)) continue;
    yield {
      span: call.origin.span,
      message: `Nothing ever calls step() on this ${kind}: the learning rate stays where the scheduler has set it at the start.`,
    };
  }
}

/** The name or attribute that the scheduler is assigned to, and nothing else. */
function targetOf(inference: Inference, start: number, end: number): Name | Attribute | undefined {
  const found = nodesOf(inference, "Assign").find(({ value }) => value.start === start && value.end === end);
  const [target, ...others] = found?.targets ?? [];
  return others.length === 0 && (target?.kind === "Name" || target?.kind === "Attribute") ? target : undefined;
}

/** What asks a scheduler for something and does not move it. */
const asking = /^(get_last_lr|get_lr|state_dict|load_state_dict|last_epoch|base_lrs|print_lr)$/;

/** Whether the file does anything else with what has that name. */
function isUsed(inference: Inference, target: Name | Attribute): boolean {
  const uses: readonly Expression[] =
    target.kind === "Name"
      ? nodesOf(inference, "Name").filter(({ id }) => id === target.id)
      : nodesOf(inference, "Attribute").filter(({ attribute }) => attribute.name === target.attribute.name);
  return uses.some((use) => {
    const parent = parentOf(inference, use);
    const isAssigned = parent !== undefined && isKind(parent, "Assign") && parent.targets.includes(use);
    const isAsked = parent !== undefined && isKind(parent, "Attribute") && asking.test(parent.attribute.name);
    return !isAssigned && !isAsked;
  });
}

export const schedulerNeverStepped: Rule = {
  id: "scheduler-never-stepped",
  summary: "A scheduler is made and never stepped.",
  category: "optimisation",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  mootInFrameworks: true,
  check,
};
