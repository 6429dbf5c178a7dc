/** Dropout after the last layer: it deletes outputs that the loss looks at. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { isDropout, placeOf } from "../reading/layers";
import { stepsAtOutput } from "../reading/outputs";

function* check(inference: Inference): Iterable<Finding> {
  for (const { producer, loss } of stepsAtOutput(inference))
    if (isDropout(producer))
      yield {
        span: placeOf(producer, inference).span,
        message:
          "Dropout after the last layer sets outputs to 0 at random, so the loss punishes the network for what it did not say. Put it in front of the last layer.",
        related: [{ span: loss.call.origin.span, message: "The loss reads them here." }],
      };
}

export const dropoutAtOutput: Rule = {
  id: "dropout-at-output",
  summary: "Dropout after the last layer deletes outputs that the loss looks at.",
  category: "model",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
