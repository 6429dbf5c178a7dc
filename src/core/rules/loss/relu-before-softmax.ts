/** A ReLU on the logits: a class whose score is below 0 gets no gradient, and no class can be ruled out. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Finding, type Rule } from "../define";
import { foundAt, withoutActivation } from "../reading/activations";
import { functionName, valueProducer } from "../reading/flow";
import { lossCallsOfRun } from "../reading/losses";
import { softmaxCalls } from "../reading/softmaxes";

function* check(inference: Inference): Iterable<Finding> {
  for (const call of readers(inference)) {
    const logits = call.values.get("input");
    const producer = logits?.kind === "tensor" ? valueProducer(logits) : undefined;
    if (!producer || !/^re_?lu$/.test(functionName(producer.operation))) continue;
    const message =
      "The ReLU raises every score below 0 to 0: such a class gets no gradient, and no class can be made less likely than a score of 0 makes it.";
    const related = "The scores are turned into probabilities here.";
    yield {
      ...foundAt(producer, call.origin, { message, related }, inference),
      ...withoutActivation(producer, inference),
    };
  }
}

/** Losses that take scores, and log-softmax. A plain softmax may weigh what lies inside a model, where scores may be cut. */
function readers(inference: Inference): CallRecord[] {
  const logarithms = softmaxCalls(inference).filter(({ call }) => functionName(call.operation) === "log_softmax");
  return [
    ...lossCallsOfRun(inference, "cross-entropy", "bce-with-logits").map(({ call }) => call),
    ...logarithms.map(({ call }) => call),
  ];
}

export const reluBeforeSoftmax: Rule = {
  id: "relu-before-softmax",
  summary: "A ReLU cuts off the scores of the classes in front of softmax.",
  category: "loss",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
