/** `model.forward(x)` instead of `model(x)`: hooks do not run. */
import { isModule } from "../../infer/classes/classes";
import { type Inference } from "../../infer/analysis";
import type { Attribute, Call } from "../../python/syntax";
import { type Finding, type Rule } from "../define";
import { pathOf } from "../reading/training";
import { nodesOf } from "../reading/syntax";

function* check(inference: Inference): Iterable<Finding> {
  for (const call of nodesOf(inference, "Call")) {
    const { callee } = call;
    if (callee.kind !== "Attribute" || callee.attribute.name !== "forward" || !isModel(callee, inference)) continue;
    const name = inference.source.slice(callee.value);
    yield {
      span: callee.attribute,
      message: `Call ${name}(…) rather than ${name}.forward(…): the call runs forward and the hooks around it, on which profilers, quantisation and DistributedDataParallel rely.`,
      fix: { title: `Call ${name} itself`, edits: [{ span: { start: callee.value.end, end: callee.end }, text: "" }] },
    };
  }
}

/** Classes and `super()` are no objects: what they call is meant to be just the method. */
function isModel({ value }: Attribute & { value: Call["callee"] }, { record }: Inference): boolean {
  if (value.kind === "Call" || pathOf(value) === "self") return false;
  return record.seenAt(value)?.every(({ value: seen }) => isModule(seen)) ?? false;
}

export const forwardCalledDirectly: Rule = {
  id: "forward-called-directly",
  summary: "A call of forward itself runs no hooks.",
  category: "model",
  severity: "warning",
  confidence: "likely",
  preset: "strict",
  needs: "dataflow",
  fix: "suggested",
  check,
};
