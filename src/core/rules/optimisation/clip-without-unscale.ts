/** Gradients that are clipped while a gradient scaler has them multiplied by thousands. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { plainLoops } from "../reading/order";
import { isEnabled, stepsThroughScaler } from "../reading/scaling";
import { callStatement, insertBefore } from "../reading/statements";
import { type Step } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  for (const { round } of plainLoops(inference))
    for (const [clip, step] of scaledClips(round)) {
      if (clip.call.origin.path !== inference.source.path || !isEnabled(inference, step.call.receiver)) continue;
      const line = callStatement(inference, clip.call.origin.span);
      const scaler = inference.source.slice(step.call.origin.span).split(".step")[0]!;
      yield {
        span: clip.call.origin.span,
        message: `The scaler has multiplied these gradients by its factor (65536 at the start), so nearly all of them are clipped to almost nothing. Call ${scaler}.unscale_(${step.name || "optimizer"}) first.`,
        related: [{ span: step.call.origin.span, message: "The scaler divides by its factor only here." }],
        ...(line &&
          step.name && {
            fix: {
              title: "Unscale before clipping",
              edits: [insertBefore(inference, line, `${scaler}.unscale_(${step.name})`)],
            },
          }),
      };
    }
}

/** Clipping between a scaled backward pass and the scaler's step. */
function* scaledClips(round: readonly Step[]): Iterable<[Step, Step]> {
  const events = round.filter(({ kind }) => ["scale", "backward", "unscale", "clip", "step"].includes(kind));
  for (const [at, clip] of events.entries()) {
    if (clip.kind !== "clip" || events[at + 1]?.kind !== "step") continue;
    const step = events[at + 1]!;
    const before = events.slice(0, at);
    const since = before.slice(before.findLastIndex(({ kind }) => kind === "step") + 1);
    const isScaled = since.some(({ kind }) => kind === "scale") && since.some(({ kind }) => kind === "backward");
    if (stepsThroughScaler(step) && isScaled && !since.some(({ kind }) => kind === "unscale")) yield [clip, step];
  }
}

export const clipWithoutUnscale: Rule = {
  id: "clip-without-unscale",
  summary: "Gradients are clipped while they are scaled up.",
  category: "optimisation",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  mootInFrameworks: true,
  check,
};
