/** Scores that are masked with 0 before a softmax: a masked position keeps the weight of e⁰. */
import { type Inference } from "../../infer/analysis";
import { type Producer } from "../../ops/value";
import { type Finding, type Rule } from "../define";
import { isMatrixProduct, softmaxesOf } from "../reading/attention";
import { argumentExpression, callAt, numberOf } from "../reading/calls";
import { behind, isDropout, isLayout } from "../reading/layers";

function* check(inference: Inference): Iterable<Finding> {
  for (const softmax of softmaxesOf(inference)) {
    const masking = behind(softmax.inputs[0], isLayout, isDropout);
    if (masking?.origin.path !== inference.source.path) continue;
    const value = maskedWith(masking);
    if (value === undefined) continue;
    const call = callAt(masking.origin.span);
    const written =
      call && /\.masked_fill_?$/.test(masking.operation)
        ? argumentExpression(call, "value", masking.operation.startsWith("Tensor.") ? 1 : 2)
        : undefined;
    yield {
      span: written ?? masking.origin.span,
      message: `Masked scores become ${value}, and softmax gives them the weight of e^${value} = ${Math.exp(value).toPrecision(2).replace(/\.0$/, "")} before it divides by the sum: nothing is hidden. Use float("-inf").`,
      related: [{ span: softmax.origin.span, message: "The softmax." }],
      ...(written && { fix: { title: 'Mask with float("-inf")', edits: [{ span: written, text: 'float("-inf")' }] } }),
    };
  }
}

/** The number that takes the place of masked scores, where it hides nothing. */
function maskedWith(producer: Producer): number | undefined {
  const { operation, values, inputs } = producer;
  const argument = /\.masked_fill_?$/.test(operation) ? "value" : operation === "torch.where" ? "other" : undefined;
  const number = argument === undefined ? undefined : numberOf(values?.get(argument));
  if (number !== undefined) return Math.abs(number) <= 1 ? number : undefined;
  if (/\.(tril|triu)_?$/.test(operation)) return inputs.some(isScore) ? 0 : undefined;
  if (!/\.mul_?$/.test(operation) || inputs.length !== 2) return undefined;
  return inputs.some(isScore) && inputs.some(({ producer: one }) => one !== undefined && isTriangle(one))
    ? 0
    : undefined;
}

/** Computed from a matrix product, at most scaled since. */
function isScore({ producer }: { readonly producer: Producer | undefined }): boolean {
  if (!producer) return false;
  if (isMatrixProduct(producer)) return true;
  return /\.(mul|div)$/.test(producer.operation) && producer.inputs.some(isScore);
}

/** A mask made of a triangle of ones, also where it was cut, moved or turned since. */
function isTriangle({ operation, inputs }: Producer): boolean {
  if (/\.(tril|triu)$/.test(operation)) return !inputs.some(isScore);
  const next = inputs[0]?.producer;
  return next !== undefined && /\.(to|bool|float|view|unsqueeze|eq|__getitem__)$/.test(operation) && isTriangle(next);
}

export const maskZeroBeforeSoftmax: Rule = {
  id: "mask-zero-before-softmax",
  summary: "Scores are masked with 0 in front of a softmax, which hides nothing.",
  category: "model",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
