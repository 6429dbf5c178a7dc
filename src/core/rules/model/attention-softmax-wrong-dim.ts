/** Softmax of attention scores over an axis other than the keys: the weights of a query do not sum to 1. */
import { type Inference } from "../../infer/analysis";
import { isRest } from "../../shape/shape";
import { type Finding, type Rule } from "../define";
import { attentionsOf, isMatrixProduct } from "../reading/attention";
import { argumentExpression, callAt, numberOf } from "../reading/calls";
import { behind, flowOf, isDropout, layerOf } from "../reading/layers";

function* check(inference: Inference): Iterable<Finding> {
  const attentions = attentionsOf(inference);
  if (attentions.length === 0) return;
  const weights = new Set(
    flowOf(inference).producers.flatMap((one) =>
      isMatrixProduct(one) && !one.operation.endsWith("einsum") ? [behind(one.inputs[0], isDropout)] : [],
    ),
  );
  for (const { softmax } of attentions) {
    const dim = numberOf(softmax.values?.get("dim"));
    const input = softmax.inputs[0];
    if (dim === undefined || !input || !weights.has(softmax)) continue;
    const shape = inference.facts.resolveShape(input.shape);
    const rank = shape.some(isRest) ? undefined : shape.length;
    const isLast = dim === -1 || (rank === undefined ? dim > 0 : dim === rank - 1);
    if (isLast) continue;
    const call = callAt(softmax.origin.span);
    const position = softmax.operation.startsWith("Tensor.") ? 0 : 1;
    const written = call && !layerOf(softmax) ? argumentExpression(call, "dim", position) : undefined;
    yield {
      span: written ?? softmax.origin.span,
      message: `These weights multiply the values from the left, so they are summed over the last axis. With dim=${dim} softmax makes them sum to 1 over another one: what a query collects is no average. Use dim=-1.`,
      ...(written && {
        fix: {
          title: "Use dim=-1",
          edits: [{ span: written, text: "-1" }],
        },
      }),
    };
  }
}

export const attentionSoftmaxWrongDim: Rule = {
  id: "attention-softmax-wrong-dim",
  summary: "The softmax of attention runs over another axis than the keys.",
  category: "model",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
