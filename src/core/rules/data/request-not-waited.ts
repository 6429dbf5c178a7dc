/** An asynchronous message whose request is thrown away. */
import { type Inference } from "../../infer/analysis";
import { isKind } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { callAt } from "../reading/calls";
import { libraryPath } from "../reading/names";
import { nodesOf, parentOf } from "../reading/syntax";

function* check(inference: Inference): Iterable<Finding> {
  for (const node of nodesOf(inference, "Call")) {
    const parent = parentOf(inference, node);
    if (!parent || !isKind(parent, "ExpressionStatement") || !callAt(node)) continue;
    const name = /^torch\.distributed\.(\w+)$/.exec(libraryPath(node.callee, inference) ?? "")?.[1];
    const isAsync = node.keywords.some(
      ({ name: argument, value }) =>
        argument?.name === "async_op" && value.kind === "Constant" && value.type === "bool" && value.value,
    );
    if (name === undefined || !(/^i(send|recv)$/.test(name) || isAsync)) continue;
    yield {
      span: node,
      message: `${name} only starts the transfer and gives a request to wait for, which is thrown away here: nobody knows when the tensor may be read or changed. Keep it, and call wait().`,
    };
  }
}

export const requestNotWaited: Rule = {
  id: "request-not-waited",
  summary: "Nothing waits for an asynchronous message.",
  category: "data",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "syntax",
  fix: "none",
  check,
};
