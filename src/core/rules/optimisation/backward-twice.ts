/** Two backward passes through one graph, which the first of them has thrown away. */
import { mayTrain } from "../../infer/modules/moduleMethods";
import { type Inference } from "../../infer/analysis";
import { namedTensors } from "../../infer/modules/moduleState";
import { type InstanceValue } from "../../infer/values/value";
import { type Finding, type Rule } from "../define";
import { undetached } from "../reading/adversaries";
import { producersBehind } from "../reading/optimizers";
import { callStatement, removeLines } from "../reading/statements";
import { type Step, isStraight, trainingLoops } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  for (const { round, within } of trainingLoops(inference)) {
    const passes = round.filter((step) => step.kind === "backward" && isStraight(step, within));
    for (const [at, second] of passes.entries()) {
      const first = passes
        .slice(0, at)
        .findLast((other) => isSameLoss(other, second) || sharesGraph(inference, other, second));
      if (!first || second.call.origin.path !== inference.source.path) continue;
      const isSame = isSameLoss(first, second);
      if (!isSame && (keepsGraph(first) || isUndetached(inference, first))) continue;
      const line = isSame ? callStatement(inference, second.call.origin.span) : undefined;
      yield {
        span: second.call.origin.span,
        message: message(isSame, keepsGraph(first)),
        related: [{ span: first.call.origin.span, message: "The first backward pass." }],
        ...(line && { fix: { title: "Remove the second backward()", edits: [removeLines(inference, line)] } }),
      };
    }
  }
}

/** What the first pass should not have gone through has a rule of its own. */
function isUndetached(inference: Inference, first: Step): boolean {
  return undetached(inference).some(({ update }) => update.losses.includes(first));
}

function message(isSame: boolean, isKept: boolean): string {
  if (isSame && isKept)
    return "backward() was called on this loss already: a second time adds the same gradients once more.";
  return isSame
    ? "backward() was called on this loss already, and its graph is gone: PyTorch stops here."
    : "This loss was computed from something that an earlier backward() went through, and that graph is gone: PyTorch stops here. Add the losses up and call backward() once.";
}

function isSameLoss(one: Step, other: Step): boolean {
  return (
    one.object !== undefined &&
    one.object === other.object &&
    one.object.kind !== "none" &&
    one.call.origin.span.start !== other.call.origin.span.start
  );
}

/** Whether the first pass leaves the graph for another one, or may do so. */
function keepsGraph({ call }: Step): boolean {
  const kept = call.keywords.get("retain_graph") ?? call.keywords.get("create_graph") ?? call.positional[2];
  return kept !== undefined && !(kept.kind === "bool" && kept.value === false) && kept.kind !== "none";
}

/** Whether both losses depend on one run of a layer that has something to learn. */
function sharesGraph(inference: Inference, one: Step, other: Step): boolean {
  if (one.object?.kind !== "tensor" || other.object?.kind !== "tensor" || one.object === other.object) return false;
  const theirs = producersBehind(other.object);
  return [...producersBehind(one.object)].some(
    (producer) =>
      theirs.has(producer) &&
      producer.layer !== undefined &&
      namedTensors(producer.layer as InstanceValue, "parameter").some(
        ([, { stored }]) => stored && mayTrain(inference.machine, stored.id) === true,
      ),
  );
}

export const backwardTwice: Rule = {
  id: "backward-twice",
  summary: "Backward runs twice through the same graph.",
  category: "optimisation",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  mootInFrameworks: true,
  check,
};
