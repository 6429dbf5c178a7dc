/** Gradients that are cleared after they were computed and before the optimizer uses them: it never moves. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { clearsFor, plainLoops } from "../reading/order";
import { moveFix } from "../reading/statements";
import { type Step, type TrainingLoop, conditionsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
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
