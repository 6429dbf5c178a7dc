/** A loss given to a scheduler that takes it for the number of the epoch. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { callAt } from "../reading/calls";
import { schedulerOf } from "../reading/schedulers";
import { pathOf, stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  for (const step of stepsOf(inference)) {
    const { call, kind } = step;
    const node = callAt(call.origin.span);
    const [argument, ...others] = node?.args ?? [];
    if (kind !== "schedule" || call.origin.path !== inference.source.path || !argument || others.length > 0) continue;
    const scheduler = schedulerOf(inference, step);
    // Restarts and fractions of an epoch belong together.
    if (!scheduler || /ReduceLROnPlateau|WarmRestarts/.test(scheduler.kind)) continue;
    const value = call.positional.find((one) => one !== call.receiver);
    const isMetric =
      value?.kind === "tensor" || value?.kind === "float" || /loss|acc|metric|score/i.test(pathOf(argument));
    if (!isMetric) continue;
    yield {
      span: argument,
      message: `${scheduler.kind}.step() takes the number of an epoch, not a loss or another metric: it takes ${inference.source.slice(argument)} for that number and sets the learning rate of then. Only ReduceLROnPlateau looks at a metric.`,
      related: [{ span: scheduler.call.origin.span, message: "The scheduler is made here." }],
      fix: { title: "Step without an argument", edits: [{ span: argument, text: "" }] },
    };
  }
}

export const schedulerGivenMetric: Rule = {
  id: "scheduler-given-metric",
  summary: "A scheduler takes a loss for the number of the epoch.",
  category: "optimisation",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  mootInFrameworks: true,
  check,
};
