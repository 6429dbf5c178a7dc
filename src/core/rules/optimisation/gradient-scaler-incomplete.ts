/** Mixed precision with a part left out: the loss is not scaled, the step is not the scaler's, its factor never changes. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { plainLoops } from "../reading/order";
import { isEnabled, stepsThroughScaler } from "../reading/scaling";
import { callStatement, insertBehind } from "../reading/statements";
import { type Step, type TrainingLoop, isInside, stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  for (const loop of plainLoops(inference)) {
    const here = stepsOf(inference).filter(({ call }) => isInside(call.region, loop.region));
    const found = unscaledStep(loop, here) ?? neverUpdated(inference, loop, here) ?? unscaledLoss(loop, here);
    if (!found) continue;
    const [{ call }, finding] = found;
    if (call.origin.path === inference.source.path) yield { span: call.origin.span, ...finding };
  }
}

type Found = readonly [Step, Omit<Finding, "span">] | undefined;

/** The loss is scaled, and the optimizer steps along gradients that still are. */
function unscaledStep({ round }: TrainingLoop, here: readonly Step[]): Found {
  const scale = round.find(({ kind }) => kind === "scale");
  const step = round.find(({ kind }) => kind === "step");
  const isHandled = here.some((one) => one.kind === "unscale" || stepsThroughScaler(one));
  if (!scale || !step || isHandled || !isScaledBackward(scale, round)) return undefined;
  return [
    step,
    {
      message: `The loss was multiplied by the scaler's factor (65536 at the start), and ${step.name || "the optimizer"} steps along gradients that still are. Step through the scaler, which divides first.`,
      related: [{ span: scale.call.origin.span, message: "The loss is scaled here." }],
    },
  ];
}

/** `scaler.scale(loss).backward()`. */
function isScaledBackward(scale: Step, round: readonly Step[]): boolean {
  return round.some(
    ({ kind, call }) =>
      kind === "backward" &&
      call.origin.span.start <= scale.call.origin.span.start &&
      call.origin.span.end >= scale.call.origin.span.end,
  );
}

/** The factor never shrinks after an overflow, and never grows. */
function neverUpdated(inference: Inference, { round }: TrainingLoop, here: readonly Step[]): Found {
  const step = round.find(stepsThroughScaler);
  if (!step || here.some(({ kind }) => kind === "update-scale")) return undefined;
  if (stepsOf(inference).some(({ kind }) => kind === "update-scale") || !isEnabled(inference, step.call.receiver))
    return undefined;
  const line = callStatement(inference, step.call.origin.span);
  const scaler = inference.source.slice(step.call.origin.span).split(".step")[0]!;
  return [
    step,
    {
      message: `${scaler}.update() is missing: without it PyTorch refuses the step of the second round, and the scaler could not lower its factor after an overflow. Call it after ${scaler}.step().`,
      ...(line && {
        fix: { title: `Call ${scaler}.update()`, edits: [insertBehind(inference, line, `${scaler}.update()`)] },
      }),
    },
  ];
}

/** The scaler divides gradients that nobody multiplied. */
function unscaledLoss({ round }: TrainingLoop, here: readonly Step[]): Found {
  const step = round.find(stepsThroughScaler);
  const backward = round.find(({ kind }) => kind === "backward");
  if (!step || !backward || here.some(({ kind }) => kind === "scale")) return undefined;
  return [
    backward,
    {
      message:
        "The scaler's step divides the gradients by a factor that the loss was never multiplied by: PyTorch stops there. Call scaler.scale(loss).backward().",
      related: [{ span: step.call.origin.span, message: "The scaler divides here." }],
    },
  ];
}

export const gradientScalerIncomplete: Rule = {
  id: "gradient-scaler-incomplete",
  summary: "A part of the gradient scaler's work is left out.",
  category: "optimisation",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  mootInFrameworks: true,
  check,
};
