/** A loader that is only evaluated on, and that shuffles. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { loaderLoops } from "../reading/data";
import { withShuffle } from "./shuffle";

function* check(inference: Inference): Iterable<Finding> {
  const loops = loaderLoops(inference);
  const others = new Set(loops.filter(({ evaluates }) => !evaluates).map(({ loader }) => loader));
  for (const { loader, evaluates } of loops) {
    if (!evaluates || loader.shuffle !== true || others.has(loader)) continue;
    if (loader.call.origin.path !== inference.source.path) continue;
    yield {
      span: loader.call.origin.span,
      message:
        "This loader is only evaluated on, and it shuffles: the result does not need it, and predictions of two runs can no longer be compared sample by sample.",
      ...withShuffle(inference, loader, false),
    };
  }
}

export const evalLoaderShuffled: Rule = {
  id: "eval-loader-shuffled",
  summary: "Evaluation data is shuffled.",
  category: "data",
  severity: "information",
  confidence: "likely",
  preset: "strict",
  needs: "dataflow",
  fix: "suggested",
  check,
};
