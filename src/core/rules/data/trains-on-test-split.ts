/** A training loop over the test split. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { loaderLoops } from "../reading/data";
import { builtDataset } from "../reading/splits";

function* check(inference: Inference): Iterable<Finding> {
  for (const { loader, trains } of loaderLoops(inference)) {
    const built = trains ? builtDataset(inference, loader.dataset) : undefined;
    if (built?.split !== "test" || loader.call.origin.path !== inference.source.path) continue;
    yield {
      span: loader.call.origin.span,
      message: "A training loop reads the test split: what is measured on it afterwards says nothing about new data.",
      related: built.call ? [{ span: built.call.origin.span, message: "The test split." }] : [],
    };
  }
}

export const trainsOnTestSplit: Rule = {
  id: "trains-on-test-split",
  summary: "The model is trained on the test split.",
  category: "data",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
