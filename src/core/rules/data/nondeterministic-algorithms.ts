/** A seeded training on a GPU that does not ask for algorithms that give the same result twice. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { isMentioned } from "../reading/mentions";
import { torchSeed } from "../reading/seeds";
import { trainingLoops } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  const seed = torchSeed(inference);
  if (!seed || isMentioned(inference, /deterministic/) || !isMentioned(inference, /\bcuda\b/)) return;
  if (trainingLoops(inference).length === 0) return;
  yield {
    span: seed,
    message:
      "On a GPU a seed alone does not make runs equal: some operations add up in an order that changes from run to run. torch.use_deterministic_algorithms(True) takes others, or says which one has none.",
  };
}

export const nondeterministicAlgorithms: Rule = {
  id: "nondeterministic-algorithms",
  summary: "A seeded training on a GPU does not ask for deterministic algorithms.",
  category: "data",
  severity: "information",
  confidence: "likely",
  preset: "none",
  needs: "dataflow",
  fix: "none",
  check,
};
