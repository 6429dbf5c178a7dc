/** Gradients that are cleared after they were computed and before the optimizer uses them: it never moves. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { clearsFor, lastBeforeStep, plainLoops } from "../reading/order";
import { mentionsAttribute } from "../reading/scopes";
import { callStatement, insertBehind, moveFix, removeLines } from "../reading/statements";
import { type Step, type TrainingLoop, conditionsOf, isInside, isStraight, stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  yield* stepsTooLate(inference);
  for (const loop of plainLoops(inference))
    for (const [clear, backward] of lostGradients(inference, loop)) {
      if (clear.call.origin.path !== inference.source.path) continue;
      const name = clear.name || "the optimizer";
      yield {
        span: clear.call.origin.span,
        message: `${name}.zero_grad() stands between backward() and step(): it deletes the gradients that were just computed, so the step has nothing to follow. Clear them before backward().`,
        related: [{ span: backward.call.origin.span, message: "The gradients are computed here." }],
        ...moveFix(inference, {
          step: clear,
          side: "before",
          of: backward,
          title: "Clear the gradients before backward()",
        }),
      };
    }
}

/**
 * The optimizer steps behind a loop whose rounds each clear what the round before has computed. A loop that reads
 * gradients itself has another use for them.
 */
function* stepsTooLate(inference: Inference): Iterable<Finding> {
  for (const { round, within, region } of plainLoops(inference)) {
    const clear = round.find((step) => step.kind === "zero-grad" && isStraight(step, within));
    const backward = round.findLast((step) => step.kind === "backward" && isStraight(step, within));
    if (!clear || !backward || mentionsAttribute(inference, region.node, /^grad$/)) continue;
    const all = stepsOf(inference);
    if (all.some(({ kind, call }) => kind === "step" && isInside(call.region, region))) continue;
    const next = all.find(({ kind, index }) => kind === "backward" && index > backward.index)?.index ?? Infinity;
    const late = all.find(
      (step) =>
        step.kind === "step" &&
        step.index > backward.index &&
        step.index < next && step.call.region === region.parent && clearsFor(inference, clear, step, round),
    );
    if (late?.call.origin.path !== inference.source.path || backward.call.origin.path !== inference.source.path)
      continue;
    yield {
      span: late.call.origin.span,
      message: `${late.name || "The optimizer"} steps once the loop is over, and each round of it clears the gradients of the one before: only the last batch counts. Step in every round, behind backward().`,
      related: [{ span: clear.call.origin.span, message: "Each round clears the gradients here." }],
      ...stepInLoop(inference, late, lastBeforeStep(backward, round)),
    };
  }
}

function stepInLoop(inference: Inference, late: Step, before: Step): Pick<Finding, "fix"> {
  const [line, target] = [late, before].map(({ call }) => callStatement(inference, call.origin.span));
  if (!line || !target) return {};
  const edits = [insertBehind(inference, target, inference.source.slice(line)), removeLines(inference, line)];
  return { fix: { title: "Step in every round", edits } };
}

/** What clears, with the backward pass whose gradients are lost. */
function* lostGradients(inference: Inference, { round, within }: TrainingLoop): Iterable<[Step, Step]> {
  for (const [at, step] of round.entries()) {
    if (step.kind !== "step") continue;
    const before = round.slice(0, at);
    const last = before.findLastIndex(({ kind }) => kind === "backward" || kind === "step");
    const clear = before.slice(last + 1).find((other) => isClearOf(other, step));
    const backward = before[last];
    if (backward?.kind === "backward" && clear) yield [clear, backward];
  }
  function isClearOf(other: Step, step: Step): boolean {
    if (other.kind !== "zero-grad") return false;
    const conditions = conditionsOf(step, within);
    return (
      conditionsOf(other, within).every((region) => conditions.includes(region)) &&
      clearsFor(inference, other, step, round)
    );
  }
}

export const zeroGradBetweenBackwardAndStep: Rule = {
  id: "zero-grad-between-backward-and-step",
  summary: "Gradients are cleared between backward and step.",
  category: "optimisation",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  mootInFrameworks: true,
  check,
};
