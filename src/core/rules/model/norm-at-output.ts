/** A normalisation behind the last layer: it takes the size of the scores away, and with it the confidence. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { nameOf } from "../reading/activations";
import { isBatchNorm, placeOf } from "../reading/layers";
import { stepsAtOutput } from "../reading/outputs";

const ofBatch =
  "fixes the mean and spread of every output over the batch, so the scores of an example depend on the other examples";
const ofExample =
  "fixes the spread of the scores of every example, so the network cannot be more sure of one than of another";

function* check(inference: Inference): Iterable<Finding> {
  for (const { producer, loss } of stepsAtOutput(inference))
    if (isBatchNorm(producer) || producer.operation.endsWith(".LayerNorm"))
      yield {
        span: placeOf(producer, inference).span,
        message: `${nameOf(producer)} after the last layer ${isBatchNorm(producer) ? ofBatch : ofExample}. Leave it out.`,
        related: [{ span: loss.call.origin.span, message: "The loss reads them here." }],
      };
}

export const normAtOutput: Rule = {
  id: "norm-at-output",
  summary: "A normalisation stands after the last layer, right in front of the loss.",
  category: "model",
  severity: "information",
  confidence: "likely",
  preset: "teaching",
  needs: "dataflow",
  fix: "none",
  check,
};
