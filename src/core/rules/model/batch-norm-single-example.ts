/** BatchNorm that is trained with one example at a time: there is no batch to normalise over. */
import { type Inference } from "../../infer/analysis";
import { constantValue } from "../../shape/dim";
import { knownDims } from "../../shape/shape";
import { type Finding, type Rule } from "../define";
import { callsOf } from "../reading/calls";
import { placeOf } from "../reading/layers";
import { modeStepBefore } from "../reading/modes";
import { isInside, trainingLoops } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  const calls = callsOf(inference, ...[1, 2, 3].map((axes) => `torch.nn.BatchNorm${axes}d`));
  if (calls.length === 0) return;
  const loops = trainingLoops(inference);
  for (const call of calls) {
    const [input] = call.positional;
    const dims = input?.kind === "tensor" ? knownDims(inference.facts.resolveShape(input.shape)) : undefined;
    const [examples, , ...places] = dims?.map(constantValue) ?? [];
    const layer = call.receiver?.kind === "instance" ? call.receiver : undefined;
    if (examples !== 1 || !loops.some(({ region }) => isInside(call.region, region))) continue;
    const index = inference.record.calls.indexOf(call);
    const mode = modeStepBefore({ kind: "forward", call, object: layer, name: "", index }, inference);
    const isEvaluated = mode === "unclear" || mode?.kind === "eval";
    if (isEvaluated) continue;
    const isOne = places.every((size) => size === 1);
    const producer = call.result.kind === "tensor" ? call.result.producer : undefined;
    yield {
      span: producer ? placeOf(producer, inference).span : call.origin.span,
      message: isOne
        ? "This BatchNorm is trained with a batch of one example and one value for each channel: its variance is 0, and PyTorch refuses it in training. Use larger batches, or LayerNorm or GroupNorm."
        : "This BatchNorm is trained with one example at a time: it normalises each with its own mean and variance, and in evaluation with averages that it has never used in training. Use larger batches, or GroupNorm.",
      ...(isOne && { severity: "error" as const }),
    };
  }
}

export const batchNormSingleExample: Rule = {
  id: "batch-norm-single-example",
  summary: "A BatchNorm is trained with batches of a single example.",
  category: "model",
  severity: "warning",
  confidence: "likely",
  preset: "strict",
  needs: "shapes",
  fix: "none",
  check,
};
