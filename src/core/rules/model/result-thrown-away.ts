/** A statement of a model that computes a tensor and keeps nothing: `x.view(…)` where `x = x.view(…)` is meant. */
import { type Inference } from "../../infer/analysis";
import type { Call } from "../../python/syntax";
import { type Finding, type Rule } from "../define";
import { thrownAwayInModels } from "../reading/thrownAway";

function* check(inference: Inference): Iterable<Finding> {
  for (const [node, call] of thrownAwayInModels(inference)) {
    const text = inference.source.slice(node);
    yield {
      span: node,
      message: `${text} computes a new tensor, which is thrown away: nothing has changed after this line. Assign it.`,
      ...mend(node, call.result.kind === "tensor" ? (call.result.producer?.operation ?? "") : "", inference),
    };
  }
}

/** `x.view(-1)` becomes `x = x.view(-1)`, and `F.relu(x)` becomes `x = F.relu(x)`. */
function mend(node: Call, operation: string, { source }: Inference): Pick<Finding, "fix"> {
  const receiver = node.callee.kind === "Attribute" ? node.callee.value : undefined;
  const target = operation.startsWith("Tensor.") ? receiver : node.args[0];
  if (target?.kind !== "Name") return {};
  const edit = { span: { start: node.start, end: node.start }, text: `${source.slice(target)} = ` };
  return { fix: { title: `Assign it to ${target.id}`, edits: [edit] } };
}

export const resultThrownAway: Rule = {
  id: "result-thrown-away",
  summary: "A statement computes a tensor and keeps nothing of it.",
  category: "model",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
