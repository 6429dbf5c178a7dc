/** Probabilities where BCEWithLogitsLoss wants logits: the sigmoid is taken twice. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { foundAt, nameOf, withoutActivation } from "../reading/activations";
import { lossCallsOfRun, scaleOfInput } from "../reading/losses";

function* check(inference: Inference): Iterable<Finding> {
  for (const loss of lossCallsOfRun(inference, "bce-with-logits")) {
    const scale = scaleOfInput(loss);
    if (scale?.kind !== "probabilities") continue;
    const message = `${loss.name} takes the sigmoid itself. After ${nameOf(scale.producer)} it sees scores between 0 and 1, which stand for probabilities between 0.50 and 0.73: it can never say no.`;
    const related = "The loss takes the sigmoid here.";
    yield {
      ...foundAt(scale.producer, loss.call.origin, { message, related }, inference),
      ...withoutActivation(scale.producer, inference),
    };
  }
}

export const sigmoidBeforeBceWithLogits: Rule = {
  id: "sigmoid-before-bce-with-logits",
  summary: "BCEWithLogitsLoss is given probabilities and takes the sigmoid a second time.",
  category: "loss",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
