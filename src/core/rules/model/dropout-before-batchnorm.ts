/** Dropout in front of BatchNorm: the variance that BatchNorm remembers is that of training with dropped values. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { numberOf } from "../reading/calls";
import { activationOf, behind, flowOf, isBatchNorm, isDropout, isLayout, placeOf } from "../reading/layers";

function* check(inference: Inference): Iterable<Finding> {
  for (const norm of flowOf(inference).producers) {
    if (!isBatchNorm(norm) || norm.origin.path !== inference.source.path) continue;
    const dropout = behind(norm.inputs[0], isLayout, (one) => activationOf(one) !== undefined);
    const rate = dropout && isDropout(dropout) ? numberOf(dropout.values?.get("p")) : undefined;
    if (!dropout || !isDropout(dropout) || rate === 0) continue;
    const factor = rate !== undefined && rate < 1 ? `, up to ${(1 / (1 - rate)).toFixed(2)} times as large` : "";
    yield {
      span: placeOf(norm, inference).span,
      message: `Dropout in front of this BatchNorm changes the variance that it remembers: with dropped values it is larger in training than in evaluation${factor}. Put the dropout after the last BatchNorm.`,
      related: [{ span: placeOf(dropout, inference).span, message: "The dropout." }],
    };
  }
}

export const dropoutBeforeBatchnorm: Rule = {
  id: "dropout-before-batchnorm",
  summary: "Dropout stands directly in front of BatchNorm.",
  category: "model",
  severity: "warning",
  confidence: "likely",
  preset: "teaching",
  needs: "dataflow",
  fix: "none",
  check,
};
