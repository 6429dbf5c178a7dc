/** A layer that was put into the model after the optimizer had taken the model's parameters. */
import { type Inference } from "../../infer/analysis";
import { type InstanceValue, type Value } from "../../infer/values/value";
import { type Finding, type Rule } from "../define";
import { isPartlyHeld, unoptimisedLayers } from "../reading/unoptimised";

function* check(inference: Inference): Iterable<Finding> {
  const { record, source } = inference;
  const placeOf = (value: Value): number =>
    record.instances.findIndex((one) => value.kind === "instance" && one.attributes === value.attributes);
  for (const { layer, root, optimizers } of unoptimisedLayers(inference)) {
    const optimizer = optimizers.find((one) => isPartlyHeld(root, one));
    if (!optimizer || placeOf(layer) < placeOf(optimizer.object) || layer.origin.path !== source.path) continue;
    if (layer.origin.path !== optimizer.call.origin.path) continue;
    yield {
      span: layer.origin.span,
      message: `This ${kindOf(layer)} comes into the model after the optimizer was made: the optimizer holds the parameters that the model had then, and never moves the new ones. Make the optimizer afterwards.`,
      related: [{ span: optimizer.call.origin.span, message: "The optimizer takes the model's parameters here." }],
    };
  }
}

function kindOf({ type }: InstanceValue): string {
  return type.name.split(".").at(-1)!;
}

export const optimizerBeforeHeadReplaced: Rule = {
  id: "optimizer-before-head-replaced",
  summary: "A layer is replaced after the optimizer took the model's parameters.",
  category: "optimisation",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  mootInFrameworks: true,
  check,
};
