/** A training loop that waits for its data. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { argumentOf } from "../reading/calls";
import { loaderLoops } from "../reading/data";
import { builtDataset } from "../reading/splits";

function* check(inference: Inference): Iterable<Finding> {
  for (const { loader, trains } of loaderLoops(inference)) {
    const { call, dataset } = loader;
    const built = builtDataset(inference, dataset);
    // Tensors in memory need no workers.
    if (!trains || !built || built.builder.endsWith("TensorDataset") || call.origin.path !== inference.source.path)
      continue;
    if (argumentOf(call, "num_workers", 5)) continue;
    yield {
      span: call.origin.span,
      message:
        "Samples are read and transformed in the training process itself, between the steps. With num_workers=2 or more, others do that meanwhile.",
    };
  }
}

export const loaderWithoutWorkers: Rule = {
  id: "loader-without-workers",
  summary: "A training loader has no workers.",
  category: "data",
  severity: "information",
  confidence: "likely",
  preset: "none",
  needs: "dataflow",
  fix: "none",
  check,
};
