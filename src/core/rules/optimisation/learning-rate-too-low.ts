/** A learning rate at which nothing moves. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule, type Thresholds } from "../define";
import { replaceNumber, setsRates, settingsOf } from "../reading/rates";
import { optimizersOf } from "../reading/optimizers";
import { schedulersOf } from "../reading/schedulers";

const optimizers = /^torch\.optim\.(\w+\.)?(Adam|AdamW|NAdam|RAdam|Adamax|SGD|RMSprop|Adagrad|Adadelta|ASGD)$/;

function* check(inference: Inference, { lowest }: Thresholds): Iterable<Finding> {
  // Who sets the rate later may begin anywhere.
  if (optimizersOf(inference).length === 0 || setsRates(inference) || schedulersOf(inference).length > 0) return;
  for (const { call } of optimizersOf(inference)) {
    if (!optimizers.test(call.operation) || call.origin.path !== inference.source.path) continue;
    const rates = settingsOf(call, "lr", 1);
    const isGrouped = rates.length > 1;
    for (const rate of rates) {
      // Groups with a rate of 0 are frozen on purpose.
      if (rate.value < 0 || rate.value >= lowest! || (isGrouped && rate.value === 0)) continue;
      yield {
        span: rate.span,
        message: `With a learning rate of ${rate.value} the weights practically stay where they are: a weight of 0.05 is no different after thousands of steps. Usual rates lie between 0.0001 and 0.1.`,
        ...replaceNumber(call, rate, "Set the learning rate to 0.001", "0.001"),
      };
    }
  }
}

export const learningRateTooLow: Rule = {
  id: "learning-rate-too-low",
  summary: "The learning rate is so low that nothing is learnt.",
  category: "optimisation",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  thresholds: { lowest: { default: 1e-7, says: "Rates below it are reported." } },
  check,
};
