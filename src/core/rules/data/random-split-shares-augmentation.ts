/** A part of a random split that is evaluated on with the training part's augmentation. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { loaderLoops } from "../reading/data";
import { builtDataset } from "../reading/splits";
import { isAugmentation, transformName, transformsOf } from "../reading/transforms";

function* check(inference: Inference): Iterable<Finding> {
  const loops = loaderLoops(inference);
  for (const { loader, evaluates } of loops) {
    const built = evaluates ? builtDataset(inference, loader.dataset) : undefined;
    if (!built?.part || built.call?.origin.path !== inference.source.path) continue;
    const random = transformsOf(inference, built)?.find(isAugmentation);
    if (!random) continue;
    yield {
      span: built.call.origin.span,
      message: `The parts of a dataset share its transform: the part that the model is evaluated on goes through ${transformName(random)} as well. Build the dataset twice, with and without augmentation, and take the same indices of both.`,
      related: [{ span: random.origin.span, message: "The augmentation." }],
    };
  }
}

export const randomSplitSharesAugmentation: Rule = {
  id: "random-split-shares-augmentation",
  summary: "The validation part of a split is augmented like the training part.",
  category: "data",
  severity: "warning",
  confidence: "certain",
  preset: "teaching",
  needs: "dataflow",
  fix: "none",
  check,
};
