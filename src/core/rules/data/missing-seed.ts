/** A training program that nobody can repeat. */
import { type Inference } from "../../infer/analysis";
import { isMentioned } from "../reading/mentions";
import { type Finding, type Rule } from "../define";
import { trainingLoops } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  if (isMentioned(inference, /seed/i)) return;
  for (const { round } of trainingLoops(inference)) {
    const step = round.find(({ kind, call }) => kind === "step" && call.origin.path === inference.source.path);
    if (!step) continue;
    yield {
      span: step.call.origin.span,
      message:
        "Nothing sets a seed, so that every run draws other weights and batches. torch.manual_seed makes a run repeatable on the same machine.",
    };
    return;
  }
}

export const missingSeed: Rule = {
  id: "missing-seed",
  summary: "A training program sets no seed.",
  category: "data",
  severity: "information",
  confidence: "likely",
  preset: "none",
  needs: "dataflow",
  fix: "none",
  check,
};
