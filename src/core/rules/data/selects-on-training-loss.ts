/** The epoch with the lowest training loss is kept. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { selectionsOf } from "./selection";

function* check(inference: Inference): Iterable<Finding> {
  for (const { node, measure } of selectionsOf(inference)) {
    if (!/train.*loss|loss.*train/i.test(measure)) continue;
    yield {
      span: node.test,
      message: `The model is chosen by ${measure}, which falls as long as the model goes on overfitting: the last epochs win. Choose by the result on a validation set.`,
    };
  }
}

export const selectsOnTrainingLoss: Rule = {
  id: "selects-on-training-loss",
  summary: "The best model is chosen by its training loss.",
  category: "data",
  severity: "warning",
  confidence: "likely",
  preset: "teaching",
  needs: "syntax",
  fix: "none",
  check,
};
