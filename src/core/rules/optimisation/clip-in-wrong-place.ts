/** Gradients that are clipped before they are computed, or after the optimizer has used them. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { eventBefore, eventBehind, plainLoops } from "../reading/order";
import { moveFix } from "../reading/statements";
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

/** Behind the backward pass, where there is only one. */
function mend(inference: Inference, clip: Step, round: readonly Step[]): Pick<Finding, "fix"> {
  const [backward, ...others] = round.filter(({ kind }) => kind === "backward");
  if (!backward || others.length > 0) return {};
  return moveFix(inference, { step: clip, side: "behind", of: backward, title: "Clip between backward() and step()" });
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
