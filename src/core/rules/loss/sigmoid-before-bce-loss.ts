/** A sigmoid and BCELoss in two steps: right, but less exact than the loss that takes the sigmoid itself. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { valueProducer } from "../reading/flow";
import { lossCalls, scaleOfInput } from "../reading/losses";

function* check(inference: Inference): Iterable<Finding> {
  for (const loss of lossCalls(inference, "bce")) {
    const scale = scaleOfInput(loss);
    const isDirect = loss.input?.kind === "tensor" && valueProducer(loss.input) === scale?.producer;
    if (scale?.kind !== "probabilities" || scale.of !== "yes" || !isDirect) continue;
    yield {
      span: loss.call.origin.span,
      message: `Where the sigmoid is rounded to 0 or 1, ${loss.name} has no gradient that is worth anything. BCEWithLogitsLoss takes both steps in one, without the sigmoid in the model.`,
    };
  }
}

export const sigmoidBeforeBceLoss: Rule = {
  id: "sigmoid-before-bce-loss",
  summary: "A sigmoid and BCELoss are taken in two steps.",
  category: "loss",
  severity: "information",
  confidence: "likely",
  preset: "none",
  needs: "dataflow",
  fix: "none",
  check,
};
