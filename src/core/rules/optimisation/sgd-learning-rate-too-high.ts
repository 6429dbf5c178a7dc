/** Plain or heavy-ball gradient descent with steps that overshoot in any usual network. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Finding, type Rule, type Thresholds } from "../define";
import { argumentOf, callsOf, numberOf } from "../reading/calls";
import { fitsNumbers, isRescaled, replaceNumber, settingsOf } from "../reading/rates";
import { stepsOf } from "../reading/training";

function* check(inference: Inference, { highest, highestEffective }: Thresholds): Iterable<Finding> {
  const calls = callsOf(inference, "torch.optim.SGD", "torch.optim.sgd.SGD").filter((call) => !fitsNumbers(call));
  if (calls.length === 0) return;
  const norm = clippedNorm(inference);
  if (norm === "unknown") return;
  for (const call of calls) {
    if (isRescaled(call, inference)) continue;
    const momentum = momentumOf(call);
    for (const rate of settingsOf(call, "lr", 1)) {
      const effective = rate.value / (1 - momentum);
      // Clipped gradients make steps that are no longer than this, whatever the rate.
      if (norm !== undefined && effective * norm < highestEffective!) continue;
      if (rate.value <= highest! && effective < highestEffective!) continue;
      yield {
        span: rate.span,
        message: `A learning rate of ${rate.value}${momentum > 0 ? ` with a momentum of ${momentum}, which multiplies it by ${round(1 / (1 - momentum))},` : ""} is far too high for SGD: the steps overshoot, and the loss jumps about or becomes NaN. Usual rates lie between 0.001 and 0.1.`,
        ...replaceNumber(call, rate, "Set the learning rate to 0.1", "0.1"),
      };
    }
  }
}

/** The largest norm that the program clips gradients to; undefined where it clips none. */
function clippedNorm(inference: Inference): number | "unknown" | undefined {
  const norms = stepsOf(inference)
    .filter(({ kind }) => kind === "clip")
    .map(({ call }) =>
      /clip_grad_norm_?$/.test(call.operation) ? numberOf(argumentOf(call, "max_norm", 1)) : undefined,
    );
  if (norms.length === 0) return undefined;
  return norms.some((norm) => norm === undefined) ? "unknown" : Math.max(...(norms as number[]));
}

function momentumOf(call: CallRecord): number {
  const momentum = numberOf(argumentOf(call, "momentum", 2)) ?? 0;
  return momentum >= 0 && momentum < 1 ? momentum : 0;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

export const sgdLearningRateTooHigh: Rule = {
  id: "sgd-learning-rate-too-high",
  summary: "SGD's learning rate is far out of range.",
  category: "optimisation",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  thresholds: {
    highest: { default: 1, says: "Rates above it are reported." },
    highestEffective: { default: 10, says: "Rates whose quotient by 1 − momentum gets this far are reported." },
  },
  check,
};
