/** A method that is named and not called: `optimizer.step` alone on a line does nothing. */
import { type Inference } from "../../infer/analysis";
import type { Expression } from "../../python/syntax";
import { type Finding, type Rule } from "../define";
import { libraryPath } from "../reading/names";
import { nodesOf } from "../reading/syntax";

/** Methods that do something and need no argument, and what is missing without them. */
const methods: Readonly<Record<string, string>> = {
  zero_grad: "the gradients are not cleared",
  step: "nothing is updated",
  backward: "no gradient is computed",
  eval: "the model stays in the mode that it is in",
  train: "the model stays in the mode that it is in",
  requires_grad_: "the tensor still gets no gradient",
  detach_: "the tensor keeps its graph",
};

const contexts = new Set([
  "torch.no_grad",
  "torch.enable_grad",
  "torch.inference_mode",
  "torch.autograd.no_grad",
  "torch.autograd.detect_anomaly",
]);

function* check(inference: Inference): Iterable<Finding> {
  for (const { value } of nodesOf(inference, "ExpressionStatement")) {
    if (value.kind !== "Attribute") continue;
    const name = value.attribute.name;
    const consequence = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (consequence !== undefined) yield finding(value, `This names ${name} without calling it, so ${consequence}.`);
  }
  for (const { context } of nodesOf(inference, "With").flatMap(({ items }) => items)) {
    const name = libraryPath(context, inference);
    if (name !== undefined && contexts.has(name))
      yield finding(context, `${name} is a class, not a context: Python stops here with an error. Call it.`);
  }
}

function finding(expression: Expression, message: string): Finding {
  const after = { start: expression.end, end: expression.end };
  return { span: expression, message, fix: { title: "Call it", edits: [{ span: after, text: "()" }] } };
}

export const missingCallParentheses: Rule = {
  id: "missing-call-parentheses",
  summary: "A method of the training loop is named but not called.",
  category: "modes",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "syntax",
  fix: "safe",
  check,
};
