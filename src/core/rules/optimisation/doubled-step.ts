/** An optimizer that steps twice with the gradients of one backward pass. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { hasClosure, plainLoops } from "../reading/order";
import { callStatement, removeLines } from "../reading/statements";
import { type Step, type TrainingLoop, actOnSame, isStraight } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  for (const loop of plainLoops(inference))
    for (const [first, second] of doubledSteps(loop)) {
      if (second.call.origin.path !== inference.source.path) continue;
      const line = callStatement(inference, second.call.origin.span);
      const isScaled = [first, second].some(({ call }) => call.operation.startsWith("GradScaler"));
      yield {
        span: second.call.origin.span,
        message: isScaled
          ? "The scaler has made this optimizer's step already. A second one in the same round moves the weights once more along the same gradients."
          : `${second.name || "The optimizer"} steps twice in a round, and nothing computes new gradients in between: the weights move twice along the same ones.`,
        related: [{ span: first.call.origin.span, message: "The first step." }],
        ...(line && { fix: { title: "Remove the second step", edits: [removeLines(inference, line)] } }),
      };
    }
}

function* doubledSteps({ round, within }: TrainingLoop): Iterable<[Step, Step]> {
  const events = round.filter(({ kind }) => kind === "step" || kind === "backward");
  for (const [at, second] of events.entries()) {
    if (second.kind !== "step" || hasClosure(second) || !isStraight(second, within)) continue;
    const before = events.slice(0, at);
    const last = before.findLastIndex(({ kind }) => kind === "backward");
    const first = before.slice(last + 1).find((step) => actOnSame(step, second) && !hasClosure(step));
    // A place that runs several times is a loop of steps, which is its author's will.
    if (last < 0 || !first || !isStraight(first, within)) continue;
    if (first.call.origin.span.start !== second.call.origin.span.start) yield [first, second];
  }
}

export const doubledStep: Rule = {
  id: "doubled-step",
  summary: "The optimizer steps twice with the same gradients.",
  category: "optimisation",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  mootInFrameworks: true,
  check,
};
