/** The way from the loss back to the weights is cut by `detach()`, `.data`, NumPy or `torch.tensor(…)`. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { cutName, cutUpdates } from "../reading/cuts";

function* check(inference: Inference): Iterable<Finding> {
  for (const { cut, missing, update } of cutUpdates(inference)) {
    const isOurs = cut.origin.path === inference.source.path;
    if (
      !isOurs ||
      missing === "optimizer" ||
      missing === "other" ||
      cut.grad === false ||
      /\.(sample|normal)$/.test(cut.operation)
    )
      continue;
    const loss = update.losses[0]!;
    yield {
      span: cut.origin.span,
      message:
        missing === "all"
          ? `${cutName(cut)} cuts the graph here: the loss is computed from what comes out, so backward() reaches no weight.`
          : `${cutName(cut)} cuts the graph here, and no other way leads to the layers in front of it: the optimizer has their weights, but they never get a gradient.`,
      ...(missing === "part" && { severity: "warning" as const }),
      ...(loss.call.origin.path === inference.source.path && {
        related: [{ span: loss.call.origin.span, message: "Gradients start here." }],
      }),
    };
  }
}

export const graphCut: Rule = {
  id: "graph-cut",
  summary: "The graph between the loss and the weights is cut.",
  category: "modes",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
