/** A normalisation behind the last layer: it takes the size of the scores away, and with it the confidence. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { argumentOf, callsOf } from "../reading/calls";
import { behind, isBatchNorm, isLayout, isWeightLayer, placeOf, titleOf } from "../reading/layers";

const losses = ["CrossEntropyLoss", "NLLLoss", "BCEWithLogitsLoss", "MSELoss", "L1Loss", "SmoothL1Loss"];
const functions = [
  "cross_entropy",
  "nll_loss",
  "binary_cross_entropy_with_logits",
  "mse_loss",
  "l1_loss",
  "smooth_l1_loss",
];
const operations = [
  ...losses.map((name) => `torch.nn.${name}`),
  ...functions.map((name) => `torch.nn.functional.${name}`),
];

function* check(inference: Inference): Iterable<Finding> {
  for (const call of callsOf(inference, ...operations)) {
    const prediction = argumentOf(call, "input", 0);
    const tensor = prediction?.kind === "tensor" ? prediction : undefined;
    const norm = behind(tensor, isLayout, ({ operation }) => /\.(LogSoftmax|log_softmax)$/.test(operation));
    if (norm?.origin.path !== inference.source.path) continue;
    const layer =
      isBatchNorm(norm) || norm.operation.endsWith(".LayerNorm") ? behind(norm.inputs[0], isLayout) : undefined;
    if (!layer || !isWeightLayer(layer)) continue;
    yield {
      span: placeOf(norm, inference).span,
      message: `${titleOf(norm)} behind the last layer rescales the scores themselves: how large they are, by which a network says how sure it is, gets lost. Leave it out.`,
      related: [{ span: call.origin.span, message: "The loss reads them here." }],
    };
  }
}

export const normAtOutput: Rule = {
  id: "norm-at-output",
  summary: "A normalisation stands behind the last layer, right in front of the loss.",
  category: "model",
  severity: "information",
  confidence: "likely",
  preset: "teaching",
  needs: "dataflow",
  fix: "none",
  check,
};
