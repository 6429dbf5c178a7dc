/** A softmax that is not told its dimension: PyTorch picks one by the rank, for three dimensions the batch. */
import { type Inference } from "../../infer/analysis";
import type { Call } from "../../python/syntax";
import { type Finding, type Rule } from "../define";
import { callAt } from "../reading/calls";
import { callOfLayer } from "../reading/activations";
import { withArgument } from "../reading/edits";
import { type SoftmaxCall, knownRank, softmaxCalls } from "../reading/softmaxes";

const layers = /^torch\.nn\.(LogSoftmax|Softmax|Softmin)$/;

function* check(inference: Inference): Iterable<Finding> {
  const calls = softmaxCalls(inference).filter(({ isImplicit }) => isImplicit);
  for (const instance of inference.record.instances) {
    const layer = instance.layer.get("layer");
    if (instance.type.kind !== "external" || !layers.test(instance.type.name) || layer?.call.given.has("dim")) continue;
    const written = callOfLayer(instance, inference);
    const uses = calls.filter(({ call: { receiver } }) => isSame(receiver, instance));
    if (layer && written) yield finding(written, uses, inference);
  }
  for (const softmax of calls) {
    const written = callAt(softmax.call.origin.span);
    if (written && softmax.call.operation.includes(".functional.")) yield finding(written, [softmax], inference);
  }
}

function isSame(receiver: SoftmaxCall["call"]["receiver"], instance: { readonly attributes: object }): boolean {
  return receiver?.kind === "instance" && receiver.attributes === instance.attributes;
}

function finding(written: Call, uses: readonly SoftmaxCall[], inference: Inference): Finding {
  const ranks = uses.map(({ input }) => input && knownRank(input, inference));
  const rank = ranks.every((other) => other === ranks[0]) ? ranks[0] : undefined;
  const [wanted, picks] =
    rank === undefined
      ? [-1, "by the number of dimensions: the batch where there are three"]
      : rank === 3 || rank < 2
        ? [-1, `dimension 0 of ${rank}`]
        : [1, `dimension 1 of ${rank}`];
  return {
    span: written,
    message: `Without dim PyTorch picks ${rank === undefined ? "the dimension " : ""}${picks}. Say which dimension the probabilities sum to 1 over, such as dim=${wanted}.`,
    ...(rank === 3 && { severity: "error" }),
    fix: { title: `Add dim=${wanted}`, edits: [withArgument(written, `dim=${wanted}`)] },
  };
}

export const softmaxWithoutDim: Rule = {
  id: "softmax-without-dim",
  summary: "A softmax is not told over which dimension it runs.",
  category: "loss",
  severity: "warning",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
