/** A scheduler that waits for a number to stop falling, and is not told the number. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { regionsAround } from "../../infer/record/trace";
import { type Finding, type Rule } from "../define";
import { isSame } from "../reading/optimizers";
import { type Scheduler, schedulerOf } from "../reading/schedulers";
import { type Step, stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  for (const step of stepsOf(inference)) {
    const { call, kind, name } = step;
    if (kind !== "schedule" || call.origin.path !== inference.source.path) continue;
    const scheduler = schedulerOf(inference, step);
    if (isGivenNumber(call) || scheduler?.kind !== "ReduceLROnPlateau" || isForOthers(step, scheduler, inference))
      continue;
    yield {
      span: call.origin.span,
      message: `ReduceLROnPlateau lowers the learning rate when a number stops improving, and has to be told the number: ${name || "scheduler"}.step(validation_loss).`,
    };
  }
}

function isGivenNumber({ positional, keywords, receiver }: CallRecord): boolean {
  return positional.some((value) => value !== receiver) || keywords.size > 0;
}

/** The program gives the number elsewhere, and this step stands behind a test that may be there to tell schedulers apart. */
function isForOthers({ call }: Step, scheduler: Scheduler, inference: Inference): boolean {
  const around = new Set(regionsAround(scheduler.call.region));
  const isTested = [...regionsAround(call.region)].some((region) => region.kind === "branch" && !around.has(region));
  return (
    isTested &&
    stepsOf(inference).some(
      (other) =>
        other.kind === "schedule" &&
        isGivenNumber(other.call) &&
        other.object &&
        isSame(other.object, scheduler.object),
    )
  );
}

export const plateauWithoutMetric: Rule = {
  id: "plateau-without-metric",
  summary: "ReduceLROnPlateau steps without the number it watches.",
  category: "optimisation",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  mootInFrameworks: true,
  check,
};
