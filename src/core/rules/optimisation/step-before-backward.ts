/** An optimizer that steps when the gradients of the round are cleared already and not computed yet. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { surelyMisses } from "../reading/graph";
import { optimizerOf, parametersBehind } from "../reading/optimizers";
import { clearsFor, eventBefore, firstBehindBackward, hasClosure, lastBeforeStep, plainLoops } from "../reading/order";
import { moveFix } from "../reading/statements";
import { type Step, type TrainingLoop, isStraight } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  for (const loop of plainLoops(inference))
    for (const [step, backward] of earlySteps(inference, loop)) {
      if (step.call.origin.path !== inference.source.path) continue;
      const name = step.name || "The optimizer";
      yield {
        span: step.call.origin.span,
        message: `${name}.step() comes before backward(), and in every round the gradients are cleared between backward() and the next step: it never has any to follow. Call backward() first.`,
        related: [{ span: backward.call.origin.span, message: "The gradients are computed only here." }],
        ...mend(inference, loop, step, backward),
      };
    }
}

/** What is done to the gradients on their way from backward() to step() keeps its place between the two. */
function mend(inference: Inference, { round }: TrainingLoop, step: Step, backward: Step): Pick<Finding, "fix"> {
  const work = firstBehindBackward(step, round);
  const isLossReady = !round.some(
    ({ kind, index }) => kind === "forward" && index > work.index && index < backward.index,
  );
  if (work !== step && isLossReady)
    return moveFix(inference, { step: backward, side: "before", of: work, title: "Call backward() first" });
  return moveFix(inference, {
    step,
    side: "behind",
    of: lastBeforeStep(backward, round),
    title: "Step after backward()",
  });
}

function* earlySteps(inference: Inference, { round, within }: TrainingLoop): Iterable<[Step, Step]> {
  for (const step of round) {
    if (step.kind !== "step" || hasClosure(step)) continue;
    const losses = lossesOf(inference, step, round);
    const events = round.filter(
      (other) =>
        other === step ||
        losses.includes(other) ||
        (other.kind === "zero-grad" && clearsFor(inference, other, step, round)),
    );
    if (!events.every((event) => isStraight(event, within))) continue;
    const backward = events.find(({ kind }) => kind === "backward");
    const isFirst = backward !== undefined && step.index < backward.index;
    if (isFirst && eventBefore(events, step)?.kind === "zero-grad") yield [step, backward];
  }
}

/**
 * The backward calls that may give a step its gradients. Where one of them surely does, those are left out whose gradients go
 * to other optimizers alone, as those of a discriminator's loss.
 */
function lossesOf(inference: Inference, step: Step, round: readonly Step[]): readonly Step[] {
  const losses = round.filter(({ kind }) => kind === "backward");
  const parameters = optimizerOf(inference, step)?.parameters;
  const reaches = ({ object }: Step): boolean =>
    object?.kind === "tensor" && parametersBehind(object).some(({ id }) => parameters?.has(id));
  if (!parameters || !losses.some(reaches)) return losses;
  return losses.filter(({ object }) => object?.kind !== "tensor" || !surelyMisses(object, parameters, inference));
}

export const stepBeforeBackward: Rule = {
  id: "step-before-backward",
  summary: "The optimizer steps before the gradients are computed.",
  category: "optimisation",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  mootInFrameworks: true,
  check,
};
