/** An optimizer that steps in a round none of whose losses depends on its parameters. */
import { type Inference } from "../../infer/analysis";
import type { Expression } from "../../python/syntax";
import { type Finding, type Rule } from "../define";
import { type CutUpdate, cutName, cutUpdates } from "../reading/cuts";
import { argumentExpression, callAt } from "../reading/calls";
import { isMentioned } from "../reading/mentions";
import { stepsWithoutGradient } from "../reading/stepsWithoutGradient";
import { stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  yield* overCopies(inference);
  const cuts = new Map(cutUpdates(inference).map((one) => [one.step, one]));
  for (const { step, passes } of stepsWithoutGradient(inference)) {
    const { origin } = step.call;
    const cut = cuts.get(step);
    // A loss of its own that is cut off: there, the cut is the mistake.
    if (origin.path !== inference.source.path || (cut && cut.missing !== "other")) continue;
    const name = step.name || "This optimizer";
    yield {
      span: origin.span,
      message: `${name} steps, but none of the losses that backward() is called on in this loop depends on the parameters it holds: they get no gradients and do not learn.`,
      related: [
        { span: passes[0]!.call.origin.span, message: "The gradients computed here are those of other parameters." },
        ...placeOfCut(inference, cut),
      ],
    };
  }
}

/** `SGD([w.clone().detach().requires_grad_()])`: nobody but the optimizer has these tensors, so no loss depends on them. */
function* overCopies(inference: Inference): Iterable<Finding> {
  if (isMentioned(inference, /param_groups|\.grad\s*=/)) return;
  for (const { kind, call } of stepsOf(inference)) {
    const node = kind === "build-optimizer" ? callAt(call.origin.span) : undefined;
    const given =
      node && call.origin.path === inference.source.path ? argumentExpression(node, "params", 0) : undefined;
    const held = given && membersOf(given);
    if (!given || !held || held.length === 0 || !held.every(isCopy)) continue;
    yield {
      span: given,
      message:
        "These are copies that are made for the optimizer alone: no loss depends on them, they get no gradients, and what the program computes with stays as it is. Hand over the tensors themselves.",
    };
  }
}

/** The tensors in a list, or what a comprehension makes each of. */
function membersOf(given: Expression): readonly Expression[] | undefined {
  if (given.kind === "List" || given.kind === "Tuple") return given.elements;
  if (given.kind === "Comprehension" && given.form !== "dict") return [given.element];
  return undefined;
}

/** `w.clone().requires_grad_()`, `w.detach()`, `w.data`. */
function isCopy(node: Expression): boolean {
  if (node.kind === "Attribute") return node.attribute.name === "data";
  if (node.kind !== "Call" || node.callee.kind !== "Attribute") return false;
  const { attribute, value } = node.callee;
  if (attribute.name === "clone" || attribute.name === "detach") return true;
  return /^(requires_grad_|to|cuda|cpu|float)$/.test(attribute.name) && isCopy(value);
}

function placeOfCut({ source }: Inference, update: CutUpdate | undefined): Finding["related"] & object {
  if (update?.cut.origin.path !== source.path) return [];
  return [{ span: update.cut.origin.span, message: `${cutName(update.cut)} keeps the gradients from them here.` }];
}

export const stepWithoutGradient: Rule = {
  id: "step-without-gradient",
  summary: "An optimizer steps whose parameters get no gradients.",
  category: "optimisation",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  mootInFrameworks: true,
  check,
};
