/** An accuracy whose argmax runs over the batch instead of the classes. */
import { type Inference } from "../../infer/analysis";
import { type Producer, type TensorValue } from "../../ops/value";
import { type Value } from "../../infer/value";
import { isRest } from "../../shape/shape";
import { type Finding, type Rule } from "../define";
import { callsOf, numberOf } from "../reading/calls";
import { valueProducer } from "../reading/flow";

function* check(inference: Inference): Iterable<Finding> {
  const losses = callsOf(
    inference,
    "torch.nn.CrossEntropyLoss",
    "torch.nn.functional.cross_entropy",
    "torch.nn.NLLLoss",
    "torch.nn.functional.nll_loss",
  );
  if (losses.length === 0) return;
  for (const call of callsOf(inference, "torch.eq", "Tensor.eq")) {
    const sides = [...call.positional, ...call.keywords.values()].filter((value) => value.kind === "tensor");
    const at = sides.findIndex((side) => overBatch(inference, side));
    const other: Value | undefined = sides[1 - at];
    if (at < 0 || other?.kind !== "tensor" || rankOf(inference, other) !== 1) continue;
    const producer = overBatch(inference, sides[at]!)!;
    yield {
      span: producer.origin.path === inference.source.path ? producer.origin.span : call.origin.span,
      message:
        "This runs over dimension 0, the samples of the batch: it finds the sample with the highest score for each class, not the class of each sample. The classes are dimension 1.",
      related: [{ span: call.origin.span, message: "The result is compared with the labels here." }],
    };
  }
}

/** `argmax(0)` or `max(0)` of scores of shape (samples, classes). */
function overBatch(inference: Inference, value: TensorValue): Producer | undefined {
  const producer = valueProducer(value);
  if (!producer || !/\.(argmax|max)$/.test(producer.operation)) return undefined;
  const dim = producer.values?.get("dim");
  const [scores] = producer.inputs;
  return numberOf(dim) === 0 && scores && rankOf(inference, scores) === 2 ? producer : undefined;
}

function rankOf({ facts }: Inference, { shape }: TensorValue): number | undefined {
  const dims = facts.resolveShape(shape);
  return dims.some(isRest) ? undefined : dims.length;
}

export const argmaxOverBatch: Rule = {
  id: "argmax-over-batch",
  summary: "The predicted class is looked for among the samples.",
  category: "data",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "shapes",
  fix: "none",
  check,
};
