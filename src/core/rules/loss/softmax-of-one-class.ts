/** A softmax over a single score: it is 1 whatever the score, and its loss 0. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { nameOf } from "../reading/activations";
import { classCount, lossCalls, scaleOfInput } from "../reading/losses";
import { fromBack, outputAxis, sizeAt, softmaxCalls } from "../reading/softmaxes";

function* check(inference: Inference): Iterable<Finding> {
  for (const { call, input, dim } of softmaxCalls(inference)) {
    const output = input && outputAxis(input, inference);
    if (!output || dim === undefined || fromBack(dim, input, inference) !== output.axis) continue;
    if (sizeAt(input, output.axis, inference) !== 1) continue;
    const value = /log/i.test(call.operation) ? "0" : "1";
    yield {
      span: call.origin.span,
      message: `${nameOf(output.layer)} gives one score, and over a single score the result is ${value} whatever the score: nothing is learnt. One score of yes or no wants a sigmoid.`,
    };
  }
  for (const loss of lossCalls(inference, "cross-entropy")) {
    if (loss.input?.kind !== "tensor" || scaleOfInput(loss)?.kind !== "logits") continue;
    if (classCount(loss.input, inference) !== 1) continue;
    yield {
      span: loss.call.origin.span,
      message: `${loss.name} gets a single score for each example: its softmax is 1 and the loss 0, whatever the score. One score of yes or no wants BCEWithLogitsLoss.`,
    };
  }
}

export const softmaxOfOneClass: Rule = {
  id: "softmax-of-one-class",
  summary: "A softmax over a single score is always 1.",
  category: "loss",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "shapes",
  fix: "none",
  check,
};
