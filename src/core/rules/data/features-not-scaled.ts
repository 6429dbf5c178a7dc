/** A network on columns of very different sizes, of datasets that are known to have them. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { isMentioned } from "../reading/mentions";
import { callsNamed, libraryPath } from "../reading/names";
import { trainingLoops } from "../reading/training";

/** Two columns of each dataset with the size of their numbers. */
const columns: Readonly<Record<string, string>> = {
  fetch_california_housing: "Population is about 1400 and AveBedrms about 1",
  fetch_covtype: "Elevation is about 3000 and most others are 0 or 1",
  load_breast_cancer: "worst area is about 900 and fractal dimension error about 0.004",
  load_wine: "proline is about 750 and nonflavanoid phenols about 0.4",
};

/** Whatever may bring columns to one size: scalers, layers, arithmetic. */
const scaling =
  /scal|normali[sz]|standardi[sz]|whiten|quantile|minmax|Norm|\.std\b|\.max\b|\bptp\b|log1p|preprocess|transform/i;

function* check(inference: Inference): Iterable<Finding> {
  const loads = callsNamed(inference, new RegExp(`^sklearn\\.datasets\\.(${Object.keys(columns).join("|")})$`));
  if (loads.length === 0 || isMentioned(inference, scaling) || trainingLoops(inference).length === 0) return;
  for (const load of loads) {
    const name = libraryPath(load.callee, inference)!.split(".").at(-1)!;
    yield {
      span: load,
      message: `In this dataset ${columns[name]!}, and nothing brings the columns to one size: the large ones decide what the network computes, and no learning rate suits them all. Subtract the mean of each column and divide by its standard deviation, both of the training part.`,
    };
  }
}

export const featuresNotScaled: Rule = {
  id: "features-not-scaled",
  summary: "A network is trained on columns of very different sizes.",
  category: "data",
  severity: "warning",
  confidence: "likely",
  preset: "teaching",
  needs: "dataflow",
  fix: "none",
  check,
};
