/** A normalisation behind the last layer: it takes the size of the scores away, and with it the confidence. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { nameOf } from "../reading/activations";
import { isBatchNorm, placeOf } from "../reading/layers";
import { stepsAtOutput } from "../reading/outputs";

function* check(inference: Inference): Iterable<Finding> {
  for (const { producer, loss } of stepsAtOutput(
    inference,
    "cross-entropy",
    "nll",
    "bce",
    "bce-with-logits",
    "regression",
  ))
    if (isBatchNorm(producer) || producer.operation.endsWith(".LayerNorm"))
      yield {
        span: placeOf(producer, inference).span,
        message: `${nameOf(producer)} behind the last layer rescales the scores themselves: how large they are, by which a network says how sure it is, gets lost. Leave it out.`,
        related: [{ span: loss.call.origin.span, message: "The loss reads them here." }],
      };
}

export const normAtOutput: Rule = {
  id: "norm-at-output",
  summary: "A normalisation stands behind the last layer, right in front of the loss.",
  category: "model",
  severity: "information",
  confidence: "likely",
  preset: "teaching",
  needs: "dataflow",
  fix: "none",
  check,
};
