/** A model with Dropout or BatchNorm that is evaluated in training mode: nobody called `eval()`. */
import { type Inference } from "../../infer/analysis";
import { regionsAround } from "../../infer/record/trace";
import { type InstanceValue } from "../../infer/values/value";
import { callAt } from "../reading/calls";
import { type Finding, type Rule } from "../define";
import { evaluationForwards } from "../reading/evaluation";
import { flowsFrom } from "../reading/graph";
import { concerns, entryOf, forwardsOf, modeLayerOf, modeStepBefore } from "../reading/modes";
import { isWithin } from "../reading/scopes";
import { enclosing } from "../reading/syntax";
import { type Step, isInside, stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  const silent = new Set<number>();
  const findings = new Map<number, Finding>();
  for (const forward of evaluationForwards(inference)) {
    const model = forward.object as InstanceValue | undefined;
    const layer = model && modeLayerOf(model);
    const { span } = forward.call.origin;
    if (!model || layer === undefined) continue;
    const training = trainedBefore(forward, inference);
    if (!training) continue;
    const mode = modeStepBefore(forward, inference);
    // A pass that is in evaluation mode once has its mode set by its caller.
    if (mode === "unclear" || mode?.kind === "eval") silent.add(span.start);
    // `train()` behind the training is meant: Dropout for an ensemble, BatchNorm to gather statistics.
    if (mode === "unclear" || mode?.kind === "eval") continue;
    if (mode && mode.index > training.index && !servesTraining(mode, inference)) continue;
    findings.set(span.start, finding(forward, layer, inference));
  }
  for (const [start, found] of findings) if (!silent.has(start)) yield found;
}

/** The last `backward` before a call that trained the model. */
function trainedBefore(forward: Step, inference: Inference): Step | undefined {
  const entry = entryOf(forward.call.region);
  const calls = forwardsOf(inference).filter((other) => concerns(other, forward) || concerns(forward, other));
  return stepsOf(inference).findLast(
    ({ kind, object, index, call }) =>
      kind === "backward" &&
      index < forward.index &&
      entryOf(call.region) === entry &&
      object?.kind === "tensor" &&
      calls.some((other) => flowsFrom(object, other.call.result)),
  );
}

/** One and the same `train()` is called for passes that train, too: a helper that does both. */
function servesTraining(mode: Step, inference: Inference): boolean {
  const steps = stepsOf(inference);
  return steps.some(({ kind, call, index }) => {
    if (kind !== "train" || call.origin.span !== mode.call.origin.span) return false;
    const run = [...regionsAround(call.region)].find((region) => region.kind === "call");
    return (
      run && steps.some((other) => other.kind === "backward" && other.index > index && isInside(other.call.region, run))
    );
  });
}

function finding(forward: Step, layer: string, inference: Inference): Finding {
  const { span } = forward.call.origin;
  const name = forward.name || "model";
  return {
    span,
    message: `${name} is evaluated in training mode: ${consequence(layer)}. Call ${name}.eval() before, and ${name}.train() before you go on training.`,
    ...mend(forward, inference),
  };
}

function consequence(layer: string): string {
  return layer.includes("BatchNorm")
    ? `${layer} normalises with the statistics of each batch, and goes on learning them from held-out data`
    : `${layer} goes on dropping values, so the result is random and worse than it should be`;
}

/** `eval()` in front of the loop over the data, and `train()` behind it; not around a loop that trains as well. */
function mend({ name, call }: Step, inference: Inference): Pick<Finding, "fix"> {
  const { span } = call.origin;
  const node = callAt(span);
  const around = node && enclosing(inference, node, "For", "Comprehension");
  const loop =
    around?.kind === "Comprehension" ? enclosing(inference, around, "Assign", "ExpressionStatement") : around;
  const backward = stepsOf(inference).filter(({ kind }) => kind === "backward");
  if (!loop || name === "" || backward.some((step) => isWithin(step.call.origin.span, loop))) return {};
  const { line, column } = inference.source.positionAt(loop.start);
  const indent = inference.source.lineAt(line).slice(0, column);
  if (indent.trim() !== "") return {};
  return {
    fix: {
      title: `Switch ${name} to evaluation for this pass`,
      edits: [
        { span: { start: loop.start, end: loop.start }, text: `${name}.eval()\n${indent}` },
        { span: { start: loop.end, end: loop.end }, text: `\n${indent}${name}.train()` },
      ],
    },
  };
}

export const missingEval: Rule = {
  id: "missing-eval",
  summary: "A model with Dropout or BatchNorm is evaluated in training mode.",
  category: "modes",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  mootInFrameworks: true,
  check,
};
