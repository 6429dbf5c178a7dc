/** A scheduler that waits for a number to stop falling, and is not told the number. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { schedulerOf } from "../reading/schedulers";
import { stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  for (const step of stepsOf(inference)) {
    const { call, kind, name } = step;
    if (kind !== "schedule" || call.origin.path !== inference.source.path) continue;
    const given = call.positional.filter((value) => value !== call.receiver).length + call.keywords.size;
    if (given > 0 || schedulerOf(inference, step)?.kind !== "ReduceLROnPlateau") continue;
    yield {
      span: call.origin.span,
      message: `ReduceLROnPlateau lowers the learning rate when a number stops improving, and has to be told the number: ${name || "scheduler"}.step(validation_loss).`,
    };
  }
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
