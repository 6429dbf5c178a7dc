/** `zero_grad(set_to_none=False)` fills the gradients with zeros where it could let go of them. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { removeArgument } from "../reading/edits";
import { nodesOf } from "../reading/syntax";

function* check(inference: Inference): Iterable<Finding> {
  for (const call of nodesOf(inference, "Call")) {
    if (call.callee.kind !== "Attribute" || call.callee.attribute.name !== "zero_grad") continue;
    const flag = call.keywords.find(({ name }) => name?.name === "set_to_none");
    if (flag?.value.kind !== "Constant" || flag.value.type !== "bool" || flag.value.value) continue;
    const isAlone = call.args.length === 0 && call.keywords.length === 1;
    yield {
      span: flag,
      message:
        "This writes zeros over every gradient, and Adam then still moves parameters that took no part. The default removes them instead (set_to_none=True), which is faster and needs less memory.",
      ...(isAlone && { fix: { title: "Remove set_to_none=False", edits: [removeArgument(call, flag)] } }),
    };
  }
}

export const gradientsSetToZero: Rule = {
  id: "gradients-set-to-zero",
  summary: "Gradients are filled with zeros where they could be let go.",
  category: "modes",
  severity: "information",
  confidence: "certain",
  preset: "strict",
  needs: "syntax",
  fix: "suggested",
  check,
};
