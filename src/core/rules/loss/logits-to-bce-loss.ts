/** Scores of any size where BCELoss wants probabilities: a missing sigmoid. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { nameOf } from "../reading/activations";
import { functionName } from "../reading/flow";
import { lossCalls, renamedLoss, scaleOfInput } from "../reading/losses";

/** May be set to keep its output between 0 and 1. */
const adjustable = "hard";

function* check(inference: Inference): Iterable<Finding> {
  for (const loss of lossCalls(inference, "bce")) {
    const scale = scaleOfInput(loss);
    if (scale?.kind !== "logits" && scale?.kind !== "activation") continue;
    if (functionName(scale.producer.operation).startsWith(adjustable)) continue;
    yield {
      span: loss.call.origin.span,
      message: `${loss.name} wants probabilities between 0 and 1, but gets what ${nameOf(scale.producer)} gives, with no sigmoid on the way.`,
      ...renamedLoss(loss, { layer: "BCEWithLogitsLoss", function: "binary_cross_entropy_with_logits" }, inference),
    };
  }
}

export const logitsToBceLoss: Rule = {
  id: "logits-to-bce-loss",
  summary: "BCELoss is given scores on which no sigmoid was taken.",
  category: "loss",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
