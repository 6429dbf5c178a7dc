/** A training loop that never clears the gradients: each step follows the sum of all batches so far. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { trainingHelpers } from "../reading/helpers";
import { hasClosure, runsClosure } from "../reading/order";
import {
  type Step,
  type TrainingLoop,
  actOnSame,
  conditionsOf,
  isInGenerator,
  isInside,
  stepsOf,
  trainingLoops,
} from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  for (const loop of trainingLoops(inference)) {
    const [step] = loop.round.filter(({ kind }) => kind === "step");
    if (step?.call.origin.path !== inference.source.path) continue;
    if (conditionsOf(step, loop.within).length > 0 || isCleared(step, loop, inference)) continue;
    const name = step.name || "optimizer";
    yield {
      span: step.call.origin.span,
      message: `Nothing clears the gradients between two rounds: backward() adds to them, so each step follows the sum of all batches so far. Call ${name}.zero_grad() before backward().`,
      related: [{ span: loop.region.node, message: "The loop." }],
      ...mend(step, loop, inference),
    };
  }
}

/**
 * Something in the round clears gradients, or may do so: a call of something unknown that gets the optimizer or the model,
 * or an optimizer that computes its own (a closure).
 */
function isCleared(step: Step, { within, region }: TrainingLoop, inference: Inference): boolean {
  const clears = stepsOf(inference).some(
    ({ kind, call }) => kind === "zero-grad" && (isInside(call.region, region) || isInGenerator(call.region)),
  );
  return clears || trainingHelpers(inference, within).length > 0 || (hasClosure(step) && !runsClosure(step, inference));
}

/** Puts the call in front of the first `backward` of the round, where that is a statement of its own. */
function mend(step: Step, { round }: TrainingLoop, { source }: Inference): Pick<Finding, "fix"> {
  const backward = round.find(({ kind }) => kind === "backward");
  if (backward?.call.origin.path !== source.path || step.name === "") return {};
  const { start } = backward.call.origin.span;
  const line = source.positionAt(start).line;
  const before = source.lineAt(line).slice(0, source.positionAt(start).column);
  if (before.trim() !== "" || actOnSame(step, step) === undefined) return {};
  const text = `${step.name}.zero_grad()\n${before}`;
  return { fix: { title: "Clear the gradients before backward()", edits: [{ span: { start, end: start }, text }] } };
}

export const missingZeroGrad: Rule = {
  id: "missing-zero-grad",
  summary: "Gradients are never cleared in a training loop.",
  category: "optimisation",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  mootInFrameworks: true,
  check,
};
