/** Dropout behind the last layer: it deletes outputs that the loss looks at. */
import { type Inference } from "../../infer/analysis";
import { type Producer } from "../../ops/value";
import { type Finding, type Rule } from "../define";
import { argumentOf, callsOf } from "../reading/calls";
import { behind, isDropout, isLayout, isWeightLayer, placeOf } from "../reading/layers";

const losses = [
  "CrossEntropyLoss",
  "NLLLoss",
  "MSELoss",
  "L1Loss",
  "SmoothL1Loss",
  "HuberLoss",
  "BCELoss",
  "BCEWithLogitsLoss",
];
const functions = [
  "cross_entropy",
  "nll_loss",
  "mse_loss",
  "l1_loss",
  "smooth_l1_loss",
  "huber_loss",
  "binary_cross_entropy",
  "binary_cross_entropy_with_logits",
];
const operations = [
  ...losses.map((name) => `torch.nn.${name}`),
  ...functions.map((name) => `torch.nn.functional.${name}`),
];

function* check(inference: Inference): Iterable<Finding> {
  for (const call of callsOf(inference, ...operations)) {
    const prediction = argumentOf(call, "input", 0);
    const last = prediction?.kind === "tensor" ? behind(prediction, isLayout, isFinal) : undefined;
    if (!last || !isDropout(last) || last.origin.path !== inference.source.path) continue;
    const layer = behind(last.inputs[0], isLayout);
    if (!layer || !isWeightLayer(layer)) continue;
    yield {
      span: placeOf(last, inference).span,
      message:
        "Dropout behind the last layer sets outputs to 0 at random, so the loss punishes the network for what it did not say. Put it in front of the last layer.",
      related: [{ span: call.origin.span, message: "The loss reads them here." }],
    };
  }
}

/** What turns outputs into probabilities. */
function isFinal({ operation }: Producer): boolean {
  return /\.(LogSoftmax|log_softmax|Softmax|softmax|Sigmoid|sigmoid)$/.test(operation);
}

export const dropoutAtOutput: Rule = {
  id: "dropout-at-output",
  summary: "Dropout behind the last layer deletes outputs that the loss looks at.",
  category: "model",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
