/** `Variable(x)`: tensors have kept their own gradients since PyTorch 0.4, so the wrapper does nothing. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { libraryPath } from "../reading/names";
import { nodesOf } from "../reading/syntax";

function* check(inference: Inference): Iterable<Finding> {
  for (const call of nodesOf(inference, "Call")) {
    if (!/^torch\.autograd\.(variable\.)?Variable$/.test(libraryPath(call.callee, inference) ?? "")) continue;
    const [data] = call.args;
    const isPlain = data && call.args.length === 1 && call.keywords.length === 0 && data.kind !== "Starred";
    const text = data && inference.source.slice(data);
    const needsNoParentheses = data && ["Name", "Attribute", "Call", "Subscript"].includes(data.kind);
    yield {
      span: call,
      message: "Variable has done nothing since PyTorch 0.4: a tensor keeps its own gradient.",
      ...(isPlain &&
        text !== undefined && {
          fix: { title: "Remove Variable", edits: [{ span: call, text: needsNoParentheses ? text : `(${text})` }] },
        }),
    };
  }
}

export const deprecatedVariable: Rule = {
  id: "deprecated-variable",
  summary: "The wrapper Variable is left over from before PyTorch 0.4.",
  category: "modes",
  severity: "information",
  confidence: "certain",
  preset: "strict",
  needs: "syntax",
  fix: "suggested",
  check,
};
