/** Probabilities where cross-entropy wants logits: the softmax is taken twice. */
import { type Inference } from "../../infer/analysis";
import { type TensorValue } from "../../ops/value";
import { type Finding, type Rule } from "../define";
import { foundAt, nameOf, withoutActivation } from "../reading/activations";
import { classCount, lossCallsOfRun, scaleOfInput } from "../reading/losses";

function* check(inference: Inference): Iterable<Finding> {
  for (const loss of lossCallsOfRun(inference, "cross-entropy")) {
    const scale = scaleOfInput(loss);
    if (scale?.kind !== "probabilities" || scale.of !== "classes") continue;
    const floor = lowestLoss(classCount(loss.input as TensorValue, inference));
    const message = `${loss.name} takes the softmax itself, so after ${nameOf(scale.producer)} it is taken twice${floor}.`;
    const related = "The loss takes the softmax here, a second time.";
    yield {
      ...foundAt(scale.producer, loss.call.origin, { message, related }, inference),
      ...withoutActivation(scale.producer, inference),
    };
  }
}

/** Scores between 0 and 1 leave the right class at most e / (e + K - 1). */
function lowestLoss(classes: number | undefined): string {
  if (classes === undefined || classes < 2) return " and the probabilities stay flat";
  return `: with ${classes} classes the loss cannot fall below ${Math.log(1 + (classes - 1) / Math.E).toFixed(2)}`;
}

export const softmaxBeforeCrossEntropy: Rule = {
  id: "softmax-before-cross-entropy",
  summary: "Cross-entropy is given probabilities and takes the softmax a second time.",
  category: "loss",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
