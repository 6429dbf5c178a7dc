/** Dropout with a rate of 1: nothing is left of the signal. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { dropoutRates } from "./dropout-rate-high";

function* check(inference: Inference): Iterable<Finding> {
  for (const { rate, span } of dropoutRates(inference)) {
    if (rate < 1) continue;
    yield {
      span,
      message:
        rate === 1
          ? "A dropout rate of 1 sets every value to 0 in training: nothing reaches the layers after it, and no gradient those before it."
          : `A dropout rate of ${rate} is no probability: it is to be given between 0 and 1, and PyTorch refuses it.`,
    };
  }
}

export const dropoutDropsEverything: Rule = {
  id: "dropout-drops-everything",
  summary: "A dropout rate of 1 leaves nothing of the signal.",
  category: "model",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
