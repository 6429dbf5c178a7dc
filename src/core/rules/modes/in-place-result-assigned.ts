/** `z = x.add_(y)`: z is no new tensor, it is x, which has changed. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { callAt } from "../reading/calls";
import { nodesOf } from "../reading/syntax";
import { pathOf } from "../reading/training";

/** Of these a result is named by custom. */
const customary =
  /^(requires_grad_|share_memory_|_\w+_|__\w+__|uniform_|normal_|zero_|fill_|random_|exponential_|bernoulli_|to_|cuda_)$/;

function* check(inference: Inference): Iterable<Finding> {
  const assigned = new Map(nodesOf(inference, "Assign").map((assign) => [assign.value as unknown, assign]));
  for (const call of inference.record.calls) {
    const method = /^Tensor\.(\w+_)$/.exec(call.operation)?.[1];
    if (method === undefined || customary.test(method) || call.origin.path !== inference.source.path) continue;
    const node = callAt(call.origin.span);
    const assign = node && assigned.get(node);
    const [target] = assign?.targets ?? [];
    if (!target || node?.callee.kind !== "Attribute") continue;
    const [old, made] = [pathOf(node.callee.value), pathOf(target)];
    // An object without a name is seen under the new one alone.
    if (old === "" || made === "" || old === made) continue;
    yield {
      span: node,
      message: `${method} changes ${old} itself, and ${made} is the same tensor under a second name.`,
      fix: {
        title: `Call ${method.slice(0, -1)}`,
        edits: [{ span: node.callee.attribute, text: method.slice(0, -1) }],
      },
    };
  }
}

export const inPlaceResultAssigned: Rule = {
  id: "in-place-result-assigned",
  summary: "The result of an in-place operation gets a second name.",
  category: "modes",
  severity: "warning",
  confidence: "likely",
  preset: "strict",
  needs: "dataflow",
  fix: "suggested",
  check,
};
