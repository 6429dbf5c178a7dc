/** Attention scores that are not divided by √d: softmax saturates, the more so the wider the heads are. */
import { type Inference } from "../../infer/analysis";
import { type Producer, type TensorValue } from "../../ops/value";
import { constantValue } from "../../shape/dim";
import { isRest } from "../../shape/shape";
import { type Finding, type Rule } from "../define";
import { attentionsOf } from "../reading/attention";

function* check(inference: Inference): Iterable<Finding> {
  for (const { scores, between } of attentionsOf(inference)) {
    if (scores.origin.path !== inference.source.path || between.some(isScaling)) continue;
    const [queries, keys] = scores.inputs;
    if (scores.inputs.length !== 2 || !isProjected(queries) || !isProjected(keys)) continue;
    const width = widthOf(queries, scores, inference);
    const example =
      width === undefined
        ? "√d for heads of width d"
        : `about ${Math.round(Math.sqrt(width))} for heads of width ${width}`;
    yield {
      span: scores.origin.span,
      message: `These scores are sums of as many products as a head is wide, and are not scaled: their standard deviation grows to ${example}, and softmax puts all weight on one position. Divide them by the root of the width.`,
    };
  }
}

function isScaling({ operation }: Producer): boolean {
  return /\.(mul|div)_?$/.test(operation);
}

/** Laid out in another way, but with the values that a linear layer or convolution gave. */
const layouts =
  /\.(view|reshape|flatten|contiguous|transpose|permute|swapaxes|movedim|chunk|split|unbind|squeeze|unsqueeze|__getitem__|rearrange|t|mT)$/;

function isProjected(tensor: TensorValue | undefined): boolean {
  let producer = tensor?.producer;
  while (producer && layouts.test(producer.operation)) producer = producer.inputs[0]?.producer;
  return producer !== undefined && /^torch\.nn\.(Linear|Conv\dd)$/.test(producer.operation);
}

/** The axis that the product sums over; an einsum names it in its equation. */
function widthOf(queries: TensorValue | undefined, { operation }: Producer, { facts }: Inference): number | undefined {
  if (!queries || operation.endsWith("einsum")) return undefined;
  const axis = facts.resolveShape(queries.shape).at(-1);
  return axis && !isRest(axis) ? constantValue(axis) : undefined;
}

export const attentionUnscaled: Rule = {
  id: "attention-unscaled",
  summary: "Attention scores are not divided by the root of the head's width.",
  category: "model",
  severity: "warning",
  confidence: "likely",
  preset: "strict",
  needs: "dataflow",
  fix: "none",
  check,
};
