/** `x.require_grad = True`: Python makes a new attribute of that name, and PyTorch never looks at it. */
import { type Inference } from "../../infer/analysis";
import type { Expression } from "../../python/syntax";
import { type Finding, type Rule } from "../define";
import { nodesOf } from "../reading/syntax";

const misspelt = new Set([
  "require_grad",
  "require_grads",
  "requires_grads",
  "required_grad",
  "requires_gradient",
  "require_gradient",
  "requires_gradients",
  "requiers_grad",
  "requires_gard",
  "reqires_grad",
  "requiresgrad",
  "requires_Grad",
]);

function* check(inference: Inference): Iterable<Finding> {
  const targets: readonly Expression[] = [
    ...nodesOf(inference, "Assign").flatMap(({ targets: assigned }) => assigned),
    ...nodesOf(inference, "AnnAssign").map(({ target }) => target),
  ];
  for (const target of targets) {
    if (target.kind !== "Attribute" || !misspelt.has(target.attribute.name)) continue;
    const isOwn = target.value.kind === "Name" && target.value.id === "self";
    if (isOwn) continue;
    const { start, end } = target.attribute;
    yield {
      span: target,
      message: `PyTorch has no ${target.attribute.name}: this makes a new attribute that nothing reads. The flag is called requires_grad.`,
      fix: { title: "Write requires_grad", edits: [{ span: { start, end }, text: "requires_grad" }] },
    };
  }
}

export const misspeltRequiresGrad: Rule = {
  id: "misspelt-requires-grad",
  summary: "The flag requires_grad is misspelt, so nothing is frozen or set free.",
  category: "modes",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "syntax",
  fix: "suggested",
  check,
};
