/** Gradients that are clipped before they are computed, or after the optimizer has used them. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { eventBefore, eventBehind, plainLoops } from "../reading/order";
import { areSiblings, callStatement, moveBehind } from "../reading/statements";
import { type Step, isStraight } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  for (const { round, within } of plainLoops(inference)) {
    for (const clip of round) {
      if (clip.kind !== "clip" || clip.call.origin.path !== inference.source.path) continue;
      const events = round.filter((step) => step === clip || step.kind === "backward" || step.kind === "step");
      if (!events.every((event) => event === clip || isStraight(event, within))) continue;
      const [before, behind] = [eventBefore(events, clip), eventBehind(events, clip)];
      if (before?.kind !== "step" || behind?.kind !== "backward") continue;
      const isLate = before.index < clip.index;
      yield {
        span: clip.call.origin.span,
        message: isLate
          ? "The gradients are clipped after the optimizer has used them, which changes nothing. Clip between backward() and step()."
          : "The gradients are clipped before backward() has computed them, which changes nothing. Clip between backward() and step().",
        related: [{ span: before.call.origin.span, message: "The step that should get clipped gradients." }],
        ...mend(inference, clip, round),
      };
    }
  }
}

function mend(inference: Inference, clip: Step, round: readonly Step[]): Pick<Finding, "fix"> {
  const passes = round.filter(({ kind }) => kind === "backward");
  const [line, target] = [clip, passes[0]!].map(({ call }) => callStatement(inference, call.origin.span));
  if (passes.length !== 1 || !line || !target || !areSiblings(inference, line, target)) return {};
  return { fix: { title: "Clip between backward() and step()", edits: moveBehind(inference, line, target) } };
}

export const clipInWrongPlace: Rule = {
  id: "clip-in-wrong-place",
  summary: "Gradients are clipped where that has no effect.",
  category: "optimisation",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  mootInFrameworks: true,
  check,
};
