/** Classes turned into vectors of zeros and a one for a cross-entropy that takes their numbers. */
import { type Inference } from "../../infer/analysis";
import { type Producer, type TensorValue } from "../../ops/value";
import { type Finding, type Rule } from "../define";
import { argumentOf, callsOf, numberOf } from "../reading/calls";
import { functionName, handsOn } from "../reading/flow";

function* check(inference: Inference): Iterable<Finding> {
  for (const call of callsOf(inference, "torch.nn.CrossEntropyLoss", "torch.nn.functional.cross_entropy")) {
    const target = argumentOf(call, "target", 1);
    const made = target?.kind === "tensor" ? oneHotIn(target) : undefined;
    if (made?.origin.path !== inference.source.path) continue;
    // One that is refused is reported as such.
    if (inference.record.problems.some(({ origin }) => origin.span === call.origin.span)) continue;
    yield {
      span: made.origin.span,
      message:
        "Cross-entropy takes the numbers of the classes themselves. A one-hot vector of every target gives the same loss from C times as many numbers, and ignore_index means nothing to it.",
      related: [{ span: call.origin.span, message: "The loss that reads it." }],
    };
  }
}

/** What made a tensor one-hot, casts and moves passed over. Smoothed or mixed labels are something else. */
function oneHotIn({ producer }: TensorValue): Producer | undefined {
  if (!producer) return undefined;
  const [first] = producer.inputs;
  const name = functionName(producer.operation);
  if (name === "one_hot") return producer;
  const source = first?.producer && functionName(first.producer.operation);
  if (/^scatter_?$/.test(name) && source !== undefined && /^zeros(_like)?$/.test(source))
    return ["value", "src"].some((written) => numberOf(producer.values?.get(written)) === 1) ? producer : undefined;
  if (name === "__getitem__") return source === "eye" ? producer : undefined;
  return handsOn(producer) && first ? oneHotIn(first) : undefined;
}

export const oneHotTarget: Rule = {
  id: "one-hot-target",
  summary: "Cross-entropy gets one-hot vectors in place of class numbers.",
  category: "loss",
  severity: "information",
  confidence: "likely",
  preset: "teaching",
  needs: "dataflow",
  fix: "none",
  check,
};
