/** A scheduler that is made and never used: the learning rate stays what it was. */
import { type Inference } from "../../infer/analysis";
import { knownItems } from "../../infer/collections/lists";
import { type Value } from "../../infer/values/value";
import type { Attribute, Call, Expression, Name } from "../../python/syntax";
import { isKind } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { callAt } from "../reading/calls";
import { isSame } from "../reading/optimizers";
import { schedulersOf } from "../reading/schedulers";
import { nodesOf, parentOf } from "../reading/syntax";
import { stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  const steps = stepsOf(inference).filter(({ kind }) => kind === "step");
  if (steps.length === 0) return;
  for (const scheduler of schedulersOf(inference)) {
    const { call, kind } = scheduler;
    const node = callAt(call.origin.span);
    if (call.origin.path !== inference.source.path || !node) continue;
    const targets = targetsOf(inference, node, scheduler.object, 0);
    if (!targets || targets.length === 0 || targets.some((target) => isUsed(inference, target))) continue;
    yield {
      span: call.origin.span,
      message: `Nothing ever calls step() on this ${kind}: the learning rate stays where the scheduler has set it at the start.`,
    };
  }
}

type Target = Name | Attribute;

/**
 * The names and attributes that a scheduler is assigned to, also where a function returns it. Undefined where it goes anywhere
 * else.
 */
function targetsOf(inference: Inference, node: Expression, object: Value, depth: number): Target[] | undefined {
  const parent = parentOf(inference, node);
  if (!parent || depth > 3) return undefined;
  if (isKind(parent, "Assign")) return parent.value === node ? asTargets(parent.targets) : undefined;
  const isReturned = isKind(parent, "Return") || (isKind(parent, "Lambda") && parent.body === node);
  const at = isKind(parent, "Tuple") ? parent.elements.indexOf(node) : -1;
  const outer = at < 0 ? undefined : parentOf(inference, parent);
  if (outer && isKind(outer, "Assign"))
    return asTargets(outer.targets.flatMap((target) => partOf(target, at) ?? target));
  if (!isReturned && !(outer && isKind(outer, "Return"))) return undefined;
  return callsGiving(inference, object, at).reduce<Target[] | undefined>((all, call) => {
    const own = call === node ? [] : targetsOfResult(inference, call, object, at, depth);
    return all && own && [...all, ...own];
  }, []);
}

/** What becomes of the result of a call that gives the scheduler, alone or as one of several things. */
function targetsOfResult(
  inference: Inference,
  call: Call,
  object: Value,
  at: number,
  depth: number,
): Target[] | undefined {
  if (at < 0) return targetsOf(inference, call, object, depth + 1);
  const parent = parentOf(inference, call);
  if (!parent || !isKind(parent, "Assign")) return undefined;
  const parts = parent.targets.map((target) => partOf(target, at));
  return parts.every((part) => part !== undefined) ? asTargets(parts) : undefined;
}

/** The calls in the file whose result it is, other than the one that makes it. */
function callsGiving(inference: Inference, object: Value, at: number): readonly Call[] {
  return nodesOf(inference, "Call").filter((call) =>
    inference.record.seenAt(call)?.some(({ value }) => {
      const part = at < 0 ? value : knownItems(value)?.[at];
      return part !== undefined && isSame(part, object);
    }),
  );
}

function partOf(target: Expression, at: number): Expression | undefined {
  return target.kind === "Tuple" ? target.elements[at] : undefined;
}

function asTargets(targets: readonly Expression[]): Target[] | undefined {
  const found = targets.filter((target) => target.kind === "Name" || target.kind === "Attribute");
  return found.length === targets.length ? found : undefined;
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
