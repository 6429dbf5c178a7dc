/** Weight decay that also pulls at the scales of normalisation layers, which it makes no simpler. */
import { type Inference } from "../../infer/analysis";
import { knownItems } from "../../infer/collections/lists";
import { type InstanceValue, type Value } from "../../infer/values/value";
import { type Finding, type Rule, type Thresholds } from "../define";
import { argumentOf, numberOf } from "../reading/calls";
import { parametersOf } from "../reading/graph";
import { optimizersOf } from "../reading/optimizers";

function* check(inference: Inference, { lowest }: Thresholds): Iterable<Finding> {
  for (const { call, parameters } of optimizersOf(inference)) {
    const decay = numberOf(call.keywords.get("weight_decay"));
    const [first] = knownItems((argumentOf(call, "params", 0) ?? call.result) as Value) ?? [];
    // Who makes groups has thought of it.
    if (
      !parameters ||
      decay === undefined ||
      decay < lowest! ||
      first?.kind === "dict" ||
      call.origin.path !== inference.source.path
    )
      continue;
    const held = inference.record.instances.filter((layer) => isHeld(layer, parameters));
    const [norm] = held;
    if (!norm) continue;
    yield {
      span: call.origin.span,
      message: `weight_decay=${decay} goes to all parameters, those of ${counted(held.length, titleOf(norm))} included: it pulls their scale towards 0, which the next layer can undo and which makes the model no simpler. Give them, and the biases, a group with weight_decay=0.`,
    };
  }
}

const norms = /\.((Sync|Lazy)?BatchNorm\dd|LayerNorm|GroupNorm|InstanceNorm\dd|RMSNorm)$/;

function isHeld(layer: InstanceValue, parameters: ReadonlySet<number>): boolean {
  const { type } = layer;
  return type.kind === "external" && norms.test(type.name) && parametersOf(layer).some((id) => parameters.has(id));
}

function titleOf({ type }: InstanceValue): string {
  return type.name.split(".").at(-1)!;
}

function counted(count: number, title: string): string {
  return count === 1 ? `a ${title}` : `${count} layers such as ${title}`;
}

export const decayOnNormalisation: Rule = {
  id: "decay-on-normalisation",
  summary: "Weight decay also pulls at the scales of normalisation layers.",
  category: "optimisation",
  severity: "information",
  confidence: "likely",
  preset: "none",
  needs: "dataflow",
  fix: "none",
  thresholds: {
    lowest: { default: 1e-4, says: "Decay from here on is reported; less of it does nothing that can be measured." },
  },
  check,
};
