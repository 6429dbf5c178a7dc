/** `eval()` in the loop over epochs, and no `train()`: from the second epoch on the model is trained in evaluation mode. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { inEvaluation } from "../reading/modes";
import { trainedInEval } from "../reading/trainedInEval";

function* check(inference: Inference): Iterable<Finding> {
  const { source } = inference;
  for (const { forward, switching, layer, isInLoop } of trainedInEval(inference)) {
    const { path, span } = switching.call.origin;
    if (!isInLoop || path !== source.path) continue;
    const name = switching.name || "the model";
    yield {
      span,
      message: `${name} stays in evaluation mode when training goes on in the next round: ${inEvaluation(layer)}. Call ${name}.train() at the start of each round.`,
      ...(layer === undefined && { severity: "warning" as const }),
      related: [{ span: forward.call.origin.span, message: "Trained here." }].filter(
        () => forward.call.origin.path === path,
      ),
    };
  }
}

export const missingTrainAfterEval: Rule = {
  id: "missing-train-after-eval",
  summary: "Training goes on in evaluation mode after the first validation.",
  category: "modes",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  mootInFrameworks: true,
  check,
};
