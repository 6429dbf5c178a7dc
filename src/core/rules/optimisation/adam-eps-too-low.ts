/** Adam whose denominator may become 0. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule, type Thresholds } from "../define";
import { optimizersOf } from "../reading/optimizers";
import { replaceNumber, settingsOf } from "../reading/rates";

const optimizers = /^torch\.optim\.(\w+\.)?(Adam|AdamW|NAdam|RAdam|Adamax)$/;

function* check(inference: Inference, { lowest }: Thresholds): Iterable<Finding> {
  for (const { call } of optimizersOf(inference)) {
    if (!optimizers.test(call.operation) || call.origin.path !== inference.source.path) continue;
    for (const eps of settingsOf(call, "eps", 3)) {
      if (eps.value >= lowest!) continue;
      yield {
        span: eps.span,
        message: `eps=${eps.value} hardly keeps Adam's denominator from 0: a weight whose gradients vanish makes steps of the full learning rate out of rounding errors, or becomes NaN. The default is 1e-8.`,
        ...replaceNumber(call, eps, "Set eps to its default", "1e-8"),
      };
    }
  }
}

export const adamEpsTooLow: Rule = {
  id: "adam-eps-too-low",
  summary: "Adam's eps is too small to keep its denominator from 0.",
  category: "optimisation",
  severity: "warning",
  confidence: "likely",
  preset: "strict",
  needs: "dataflow",
  fix: "suggested",
  thresholds: { lowest: { default: 1e-9, says: "Values below it are reported." } },
  check,
};
