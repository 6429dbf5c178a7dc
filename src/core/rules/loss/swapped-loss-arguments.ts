/** A loss that gets the targets as predictions and the predictions as targets. */
import { type Inference } from "../../infer/analysis";
import { type InstanceValue } from "../../infer/values/value";
import { type OpValue } from "../../ops/value";
import type { Expression } from "../../python/syntax";
import { type Finding, type Rule } from "../define";
import { argumentExpression, callAt } from "../reading/calls";
import { stepsBehind } from "../reading/flow";
import { reachOf } from "../reading/graph";
import { type LossCall, type LossFamily, lossCalls } from "../reading/losses";
import { pathOf } from "../reading/training";

/** Those to which it makes a difference which is which. */
const families = ["cross-entropy", "nll", "bce", "bce-with-logits", "kl-div"] as const;

const targetName = /(^|[._])(y|ys|y_?true|labels?|targets?|gt|ground_?truth|truth|classes)$/i;
const predictionName = /(^|[._])(y_?(hat|pred)|preds?|predictions?|outputs?|out|logits?|scores?|log_?probs)$/i;

function* check(inference: Inference): Iterable<Finding> {
  for (const loss of lossCalls(inference, ...families)) {
    const node = callAt(loss.call.origin.span);
    const [first, second] = node
      ? [argumentExpression(node, "input", 0), argumentExpression(node, "target", 1)]
      : [undefined, undefined];
    if (!node || !first || !second || first === second || !isSwapped(loss, first, second)) continue;
    const { source } = inference;
    const edits = [
      { span: first, text: source.slice(second) },
      { span: second, text: source.slice(first) },
    ];
    yield {
      span: node,
      message: `${loss.name} takes the predictions first and the targets second. Here ${source.slice(second)}, which the model computes, stands in the place of the targets.`,
      fix: { title: "Swap the arguments", edits },
    };
  }
}

function isSwapped({ input, target, family }: LossCall, first: Expression, second: Expression): boolean {
  const isNamedSo = targetName.test(pathOf(first));
  if (isLearnt(input)) return false;
  if (isLearnt(target))
    return input?.kind === "tensor" ? isData(input, isNamedSo) || isFixed(input, family) : isNamedSo;
  return isNamedSo && predictionName.test(pathOf(second)) && isOpen(input) && isOpen(target);
}

/** A function that nobody calls has only the names of its parameters. */
function isOpen(value: OpValue | undefined): boolean {
  return value?.kind === "unknown";
}

/** Computed with parameters, and with a graph. */
function isLearnt(value: OpValue | undefined): boolean {
  if (value?.kind !== "tensor") return false;
  if (value.producer && "grad" in value.producer) return false;
  for (const { layer } of stepsBehind([value])) if (layer && hasParameters(layer as InstanceValue)) return true;
  return reachOf(value).parameters.size > 0;
}

function hasParameters({ attributes }: InstanceValue): boolean {
  return attributes.values().some((value) => value.kind === "tensor" && value.stored?.kind === "parameter");
}

/** Pictures in the place of their reconstruction: nothing that learns has a part in them, not even behind a cut. */
function isFixed(value: OpValue & { readonly kind: "tensor" }, family: LossFamily): boolean {
  const { parameters, behindCuts, hasOtherLeaves } = reachOf(value);
  return family === "bce" && parameters.size === 0 && behindCuts.size === 0 && !hasOtherLeaves;
}

/** Integers, or what no parameter has a part in and the program calls a target. */
function isData(value: OpValue & { readonly kind: "tensor" }, isNamedSo: boolean): boolean {
  return value.dtype === "int64" || isNamedSo;
}

export const swappedLossArguments: Rule = {
  id: "swapped-loss-arguments",
  summary: "A loss gets the targets as predictions and the predictions as targets.",
  category: "loss",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
