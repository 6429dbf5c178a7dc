/** A schedule in batches that is stepped per epoch, or one in epochs that is stepped per batch. */
import { type Inference } from "../../infer/analysis";
import { type Region, regionsAround } from "../../infer/record/trace";
import { knownItems } from "../../infer/collections/lists";
import type { Expression } from "../../python/syntax";
import { isKind, walk } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { argumentExpression, argumentOf, callAt, numberOf } from "../reading/calls";
import { type Scheduler, schedulerOf } from "../reading/schedulers";
import { nodesOf } from "../reading/syntax";
import { type Step, isInside, stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  const steps = stepsOf(inference);
  // A place that runs a thousand times says the same each time.
  const places = new Map(steps.filter(({ kind }) => kind === "schedule").map((step) => [step.call.origin.span, step]));
  for (const schedule of places.values()) {
    if (schedule.call.origin.path !== inference.source.path) continue;
    const scheduler = schedulerOf(inference, schedule);
    if (!scheduler) continue;
    const message = countsBatches(inference, scheduler)
      ? perEpoch(scheduler, schedule, steps)
      : perBatch(scheduler, schedule, steps);
    if (message === undefined) continue;
    yield {
      span: schedule.call.origin.span,
      message,
      related: [{ span: scheduler.call.origin.span, message: "The schedule is made here." }],
    };
  }
}

/** Built with the number of batches of an epoch. */
function countsBatches(inference: Inference, { kind, call }: Scheduler): boolean {
  const node = callAt(call.origin.span);
  if (kind !== "OneCycleLR" || !node) return false;
  if (call.keywords.has("steps_per_epoch")) return true;
  // What names stand for is looked up in the file itself.
  if (call.origin.path !== inference.source.path) return false;
  const total = argumentExpression(node, "total_steps", 2);
  return total !== undefined && holdsLength(inference, total);
}

/** `epochs * len(loader)`, also behind a name. */
function holdsLength(inference: Inference, expression: Expression): boolean {
  if (expression.kind === "Name") {
    const assigned = nodesOf(inference, "Assign").filter(({ targets }) =>
      targets.some((target) => target.kind === "Name" && target.id === expression.id),
    );
    return assigned.length === 1 && assigned[0]!.value.kind !== "Name" && holdsLength(inference, assigned[0]!.value);
  }
  let found = false;
  walk(expression, (node) => {
    if (isKind(node, "Call") && node.callee.kind === "Name" && node.callee.id === "len") found = true;
    return undefined;
  });
  return found;
}

/** The round that the scheduler steps in has a loop of optimizer steps inside. */
function perEpoch({ kind }: Scheduler, schedule: Step, steps: readonly Step[]): string | undefined {
  const round = [...regionsAround(schedule.call.region)].find((region) => region.kind === "round");
  if (!round) return undefined;
  const own = steps.filter((step) => step.kind === "step" && isInside(step.call.region, round));
  const isOnlyInside = own.length > 0 && own.every((step) => loopsBetween(step.call.region, round) > 0);
  return isOnlyInside
    ? `This ${kind} was made for as many steps as there are batches, but steps once per epoch: the learning rate hardly leaves its start. Call step() after every optimizer step.`
    : undefined;
}

function loopsBetween(region: Region | undefined, outer: Region): number {
  let count = 0;
  for (const at of regionsAround(region)) {
    if (at === outer) return count;
    if (at.kind === "loop") count++;
  }
  return 0;
}

/** It steps in an inner loop, with the optimizer, and its numbers are those of the epochs of the outer one. */
function perBatch(scheduler: Scheduler, schedule: Step, steps: readonly Step[]): string | undefined {
  const regions = [...regionsAround(schedule.call.region)];
  const [inner, outer] = regions.filter((region) => region.kind === "loop");
  const round = regions.find((region) => region.kind === "round");
  if (!inner || !outer || !round || regions.some(({ kind }, i) => kind === "branch" && i < regions.indexOf(inner)))
    return undefined;
  const isWithOptimizer = steps.some(
    (step) => step.kind === "step" && isInside(step.call.region, round) && loopsBetween(step.call.region, round) === 0,
  );
  const epochs = outer.over && knownItems(outer.over)?.length;
  const over = inner.over && knownItems(inner.over)?.length;
  if (!isWithOptimizer || epochs === undefined || epochs < 2 || over === epochs) return undefined;
  const { call, kind } = scheduler;
  if (kind === "CosineAnnealingLR") {
    const period = numberOf(argumentOf(call, "T_max", 1));
    return period === epochs
      ? `This CosineAnnealingLR was made for ${epochs} steps, which is the number of epochs, but steps with every batch: after ${epochs} batches the learning rate is at its end, and then goes up again. Call step() once per epoch.`
      : undefined;
  }
  const factor =
    numberOf(argumentOf(call, "gamma", kind === "ExponentialLR" ? 1 : 2)) ?? (kind === "StepLR" ? 0.1 : undefined);
  const period =
    kind === "StepLR" ? numberOf(argumentOf(call, "step_size", 1)) : kind === "ExponentialLR" ? 1 : undefined;
  if (factor === undefined || period === undefined || factor >= 1 || period > epochs) return undefined;
  const batches = Math.ceil(Math.log(1e-3) / Math.log(factor)) * period;
  return batches <= 500
    ? `This ${kind} steps with every batch: after ${batches} batches the learning rate is a thousandth of what it was. Call step() once per epoch.`
    : undefined;
}

export const schedulerGranularity: Rule = {
  id: "scheduler-granularity",
  summary: "A scheduler steps per epoch and counts batches, or the other way round.",
  category: "optimisation",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  mootInFrameworks: true,
  check,
};
