/** A program that loads weights only to ask for answers, and leaves the model in the mode in which it was built: training. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type InstanceValue } from "../../infer/values/value";
import { isKind } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { callAt } from "../reading/calls";
import { isMentioned } from "../reading/mentions";
import { forwardsOf, modeLayerOf, modeStepBefore } from "../reading/modes";
import { ancestorsOf } from "../reading/syntax";
import { pathOf, stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  // Who trains has modes to switch between; what is missing there is the business of other rules.
  if (stepsOf(inference).some(({ kind }) => kind === "backward" || kind === "step")) return;
  if (isMentioned(inference, /\.(eval|train)\b|train\s*\(|training\s*=|mc_?dropout|monte.?carlo|uncertain/i)) return;
  const seen = new Set<object>();
  for (const forward of forwardsOf(inference)) {
    const { object: model, call, index } = forward;
    if (model?.kind !== "instance" || seen.has(model.attributes) || call.origin.path !== inference.source.path)
      continue;
    // A model that nobody calls is tried out where its class stands.
    if (!callAt(call.origin.span)) continue;
    const layer = modeLayerOf(model);
    const load = layer === undefined ? undefined : loadedBefore(model, index, inference);
    if (layer === undefined || !load || modeStepBefore(forward, inference) !== undefined) continue;
    seen.add(model.attributes);
    const name = forward.name || "The model";
    yield {
      span: call.origin.span,
      message: `${name} has its trained weights, and nobody calls eval(): a model is built in training mode, in which ${consequence(layer)}.`,
      ...mend(load, inference),
    };
  }
}

function loadedBefore(model: InstanceValue, index: number, { record }: Inference): CallRecord | undefined {
  return record.calls
    .slice(0, index)
    .findLast(
      ({ operation, receiver }) =>
        operation === "Module.load_state_dict" &&
        receiver?.kind === "instance" &&
        receiver.attributes === model.attributes,
    );
}

function consequence(layer: string): string {
  return layer.includes("BatchNorm")
    ? `${layer} normalises by the statistics of whatever batch it is given, and changes those that it has learnt`
    : `${layer} drops values at random, so that the same input gets another answer each time`;
}

/** `eval()` on a line of its own behind the loading. */
function mend({ origin }: CallRecord, inference: Inference): Pick<Finding, "fix"> {
  const node = callAt(origin.span);
  const statement = node && [...ancestorsOf(inference, node)].find((at) => isKind(at, "ExpressionStatement"));
  const name = node?.callee.kind === "Attribute" ? pathOf(node.callee.value) : "";
  if (origin.path !== inference.source.path || !statement || name === "") return {};
  const { line, column } = inference.source.positionAt(statement.start);
  const indent = inference.source.lineAt(line).slice(0, column);
  if (indent.trim() !== "") return {};
  const end = { start: statement.end, end: statement.end };
  return { fix: { title: `Switch ${name} to evaluation`, edits: [{ span: end, text: `\n${indent}${name}.eval()` }] } };
}

export const loadedModelWithoutEval: Rule = {
  id: "loaded-model-without-eval",
  summary: "A loaded model answers in training mode.",
  category: "modes",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  mootInFrameworks: true,
  check,
};
