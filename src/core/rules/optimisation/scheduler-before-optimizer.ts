/** A scheduler that steps before the optimizer does: the first learning rate is never used. */
import { type Inference } from "../../infer/analysis";
import { type Region, regionsAround } from "../../infer/record/trace";
import { type Finding, type Rule } from "../define";
import { trainingHelpers } from "../reading/helpers";
import { schedulersOf } from "../reading/schedulers";
import { callStatement, moveBehind, siblingAround } from "../reading/statements";
import { type Step, conditionsOf, isInside, isStraight, loopsAround, stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  const steps = stepsOf(inference);
  for (const { region, within } of loopsAround(inference, "schedule")) {
    // Only in the first round is the order of the whole run the order inside the round.
    const inRound = steps.filter(
      ({ kind, call }) => (kind === "step" || kind === "schedule") && isInside(call.region, region),
    );
    const early = inRound.find(({ kind }) => kind === "schedule");
    const step = inRound.find(({ kind }) => kind === "step");
    if (!early || !step || early.index > step.index || early.call.origin.path !== inference.source.path) continue;
    if (takesArgument(early) || steppedBefore(steps, early, step) || !isAlways(inference, early, within)) continue;
    if (!stepsInEachRound(inference, step, region) || trainingHelpers(inference, region).length > 0) continue;
    const line = callStatement(inference, early.call.origin.span);
    const target = line && siblingAround(inference, step.call.origin.span, line);
    const name = early.name || "The scheduler";
    yield {
      span: early.call.origin.span,
      message: `${name}.step() comes before the optimizer's: it goes on to the second learning rate before the first was used, and the whole schedule is one step early.`,
      related: [{ span: step.call.origin.span, message: "The optimizer steps only here." }],
      ...(line &&
        target && { fix: { title: "Step the scheduler afterwards", edits: moveBehind(inference, line, target) } }),
    };
  }
}

/** Whether the optimizer steps in every round: gradients that are added up over some batches are used in each epoch. */
function stepsInEachRound({ source }: Inference, step: Step, region: Region): boolean {
  return conditionsOf(step, region).every((condition) => {
    const isCounting =
      condition.path === source.path &&
      condition.kind === "branch" &&
      condition.node !== undefined &&
      source.slice(condition.node).includes("%");
    const loop = [...regionsAround(condition)].find(({ kind }) => kind === "loop");
    return isCounting && loop !== region;
  });
}

/** An epoch or a metric says itself where in the schedule the run is. */
function takesArgument({ call }: Step): boolean {
  return call.positional.length > (call.receiver ? 1 : 0) || call.keywords.size > 0;
}

function steppedBefore(steps: readonly Step[], early: Step, step: Step): boolean {
  return steps.some(
    ({ kind, index, call }) => kind === "step" && index < early.index && call.origin.path === step.call.origin.path,
  );
}

function isAlways(inference: Inference, early: Step, within: Parameters<typeof isStraight>[1]): boolean {
  const rounds = loopsAround(inference, "schedule").filter((loop) => loop.within === within);
  const same = rounds.flatMap(({ round }) =>
    round.filter(({ call }) => call.origin.span.start === early.call.origin.span.start),
  );
  const own = schedulersOf(inference).find(({ object }) => object === early.object);
  const isMetric = own?.kind === "ReduceLROnPlateau";
  return !isMetric && same.some((one) => isStraight(one, within));
}

export const schedulerBeforeOptimizer: Rule = {
  id: "scheduler-before-optimizer",
  summary: "The scheduler steps before the optimizer.",
  category: "optimisation",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  mootInFrameworks: true,
  check,
};
