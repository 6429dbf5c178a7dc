/** A log-softmax in front of cross-entropy, which takes one itself: nothing changes, and it is computed twice. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { foundAt, nameOf, withoutActivation } from "../reading/activations";
import { functionName } from "../reading/flow";
import { lossCallsOfRun, scaleOfInput } from "../reading/losses";

function* check(inference: Inference): Iterable<Finding> {
  for (const loss of lossCallsOfRun(inference, "cross-entropy")) {
    const scale = scaleOfInput(loss);
    if (!scale || functionName(scale.producer.operation) !== "log_softmax") continue;
    const message = `${loss.name} takes the log-softmax itself. ${nameOf(scale.producer)} in front of it changes nothing and is computed for nothing; with NLLLoss it would be needed.`;
    const related = "The loss takes the log-softmax here.";
    yield {
      ...foundAt(scale.producer, loss.call.origin, { message, related }, inference),
      ...withoutActivation(scale.producer, inference),
    };
  }
}

export const logSoftmaxBeforeCrossEntropy: Rule = {
  id: "log-softmax-before-cross-entropy",
  summary: "Cross-entropy is given log-probabilities and takes the log-softmax a second time.",
  category: "loss",
  severity: "information",
  confidence: "certain",
  preset: "strict",
  needs: "dataflow",
  fix: "suggested",
  check,
};
