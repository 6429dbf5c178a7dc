/** The generator's loss is computed on images that were detached: no gradient gets to the generator. */
import { type Inference } from "../../infer/analysis";
import { callAt } from "../reading/calls";
import { type Finding, type Rule } from "../define";
import { cutName, cutUpdates } from "../reading/cuts";

function* check(inference: Inference): Iterable<Finding> {
  for (const { cut, missing, update, step } of cutUpdates(inference)) {
    if (missing !== "optimizer" || cut.origin.path !== inference.source.path) continue;
    const optimizer = step.name || "the optimizer";
    const node = callAt(cut.origin.span);
    const object =
      node?.callee.kind === "Attribute" && cut.operation === "Tensor.detach" ? node.callee.value : undefined;
    yield {
      span: cut.origin.span,
      message: `${optimizer} steps on a loss that reaches none of its parameters: ${cutName(cut)} cuts them off here, and the gradients go to the other network alone.`,
      related: [{ span: update.losses[0]!.call.origin.span, message: "Gradients start here." }],
      ...(node &&
        object && {
          fix: { title: "Remove detach()", edits: [{ span: { start: object.end, end: node.end }, text: "" }] },
        }),
    };
  }
}

export const ganGeneratorDetached: Rule = {
  id: "gan-generator-detached",
  summary: "The generator's images are detached in its own step.",
  category: "modes",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
