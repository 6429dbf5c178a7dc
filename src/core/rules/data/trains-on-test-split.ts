/** A training loop over the test split. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { loaderLoops } from "../reading/data";
import { builtDataset, nameOfResult } from "../reading/splits";

/** Adapting to the test data without its labels is a method of its own. */
const onPurpose = /tta|ttt|adapt|tent|transduct/i;

function* check(inference: Inference): Iterable<Finding> {
  for (const { loader, trains } of loaderLoops(inference)) {
    if (!trains || loader.call.origin.path !== inference.source.path) continue;
    const built = builtDataset(inference, loader.dataset);
    const name = nameOfResult(inference, loader.call);
    const isNamed = built?.split === undefined && /(^|[_.])test(_|$)/i.test(name) && !/train/i.test(name);
    if ((built?.split !== "test" && !isNamed) || onPurpose.test(name)) continue;
    yield {
      span: loader.call.origin.span,
      message: "A training loop reads the test split: what is measured on it afterwards says nothing about new data.",
      related: built?.call ? [{ span: built.call.origin.span, message: "The test split." }] : [],
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
