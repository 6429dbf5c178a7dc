/** `eval()` in front of the training loop: Dropout and BatchNorm are off while the model learns. */
import { type Inference } from "../../infer/analysis";
import { callAt } from "../reading/calls";
import { type Finding, type Rule } from "../define";
import { inEvaluation } from "../reading/modes";
import { trainedInEval } from "../reading/trainedInEval";

function* check(inference: Inference): Iterable<Finding> {
  for (const { switching, layer, isInLoop } of trainedInEval(inference)) {
    const { path, span } = switching.call.origin;
    if (isInLoop || path !== inference.source.path) continue;
    const name = switching.name || "the model";
    const node = callAt(span);
    const isPlain = node?.callee.kind === "Attribute" && node.args.length === 0 && node.keywords.length === 0;
    yield {
      span,
      message: `${name} is trained in evaluation mode, since nothing calls train() after this: ${inEvaluation(layer)}.`,
      ...(layer === undefined && { severity: "warning" as const }),
      ...(isPlain && {
        fix: { title: "Call train()", edits: [{ span: node.callee.attribute, text: "train" }] },
      }),
    };
  }
}

export const trainsInEvalMode: Rule = {
  id: "trains-in-eval-mode",
  summary: "A model is switched to evaluation and then trained.",
  category: "modes",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  mootInFrameworks: true,
  check,
};
