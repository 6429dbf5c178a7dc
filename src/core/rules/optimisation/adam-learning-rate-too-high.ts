/** Adam with a learning rate at which its steps, whose size is the rate itself, jump about. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule, type Thresholds } from "../define";
import { fitsNumbers, isOfOwnParameters, isRescaled, replaceNumber, settingsOf } from "../reading/rates";

const optimizers = /^torch\.optim\.(\w+\.)?(Adam|AdamW|NAdam|RAdam|Adamax|SparseAdam)$/;

const usual = "0.001";

function* check(inference: Inference, { highest }: Thresholds): Iterable<Finding> {
  const { record, source } = inference;
  for (const call of record.calls) {
    if (!optimizers.test(call.operation) || call.origin.path !== source.path) continue;
    if (fitsNumbers(call) || isRescaled(call, inference)) continue;
    const name = call.operation.split(".").at(-1)!;
    for (const rate of settingsOf(call, "lr", 1)) {
      if (rate.value < highest! || isOfOwnParameters(rate, inference)) continue;
      yield {
        span: rate.span,
        message: `A learning rate of ${rate.value} is far too high for ${name}: every step moves each weight by about ${rate.value}, however small its gradient. Usual rates lie between 0.0001 and 0.001.`,
        ...replaceNumber(call, rate, `Set the learning rate to ${usual}`, usual),
      };
    }
  }
}

export const adamLearningRateTooHigh: Rule = {
  id: "adam-learning-rate-too-high",
  summary: "Adam's learning rate is far out of range.",
  category: "optimisation",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  // Of 267 literal rates in 34 well-known repositories, one outside their tests is this high; 0.01 is common.
  thresholds: { highest: { default: 0.05, says: "Rates from here on are reported." } },
  check,
};
