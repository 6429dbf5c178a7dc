/** Probabilities where NLLLoss wants their logarithms: it then minimises -p, whose gradient is nearly nothing where it matters. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { foundAt, nameOf, takeLogarithm } from "../reading/activations";
import { lossCallsOfRun, scaleOfInput } from "../reading/losses";

function* check(inference: Inference): Iterable<Finding> {
  for (const loss of lossCallsOfRun(inference, "nll")) {
    const scale = scaleOfInput(loss);
    if (scale?.kind !== "probabilities") continue;
    const message = `${loss.name} wants logarithms of probabilities, and ${nameOf(scale.producer)} gives the probabilities themselves: the loss is then -p instead of -log p.`;
    const related = "The loss expects logarithms here.";
    yield {
      ...foundAt(scale.producer, loss.call.origin, { message, related }, inference),
      ...takeLogarithm(scale.producer, inference),
    };
  }
}

export const softmaxBeforeNllLoss: Rule = {
  id: "softmax-before-nll-loss",
  summary: "NLLLoss is given probabilities instead of their logarithms.",
  category: "loss",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
