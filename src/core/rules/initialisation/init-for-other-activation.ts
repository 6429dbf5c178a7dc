/** Weights drawn by a rule that was made for another activation than the one behind the layer. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Producer } from "../../ops/value";
import { type Finding, type Rule } from "../define";
import { argumentOf, callAt } from "../reading/calls";
import { activationOf, behind, flowOf, isDropout, isLayout, isWeightLayer, layerOf } from "../reading/layers";
import { lastWrites } from "../reading/weights";

const rectifiers = /^(relu|relu6|leakyrelu|prelu|rrelu)$/;
const bounded = /^(tanh|sigmoid|softsign)$/;

function* check(inference: Inference): Iterable<Finding> {
  const flow = flowOf(inference);
  for (const layer of flow.producers) {
    const call = initOf(layer, inference);
    const output = flow.callOf(layer)?.result;
    if (call?.origin.path !== inference.source.path || output?.kind !== "tensor") continue;
    const [reader, ...others] = flow.readersOf(output);
    const activation = reader && others.length === 0 ? activationOf(reader) : undefined;
    if (activation === undefined) continue;
    // One layer more or less hardly matters: what is wrong adds up where the layer before starts in the same way.
    const before = behind(layer.inputs[0], isLayout, isDropout, (one) => activationOf(one) === activation);
    const isStack = before !== undefined && initOf(before, inference)?.operation === call.operation;
    const message = isStack ? misfit(call, activation) : undefined;
    if (message !== undefined) yield { span: callAt(call.origin.span)?.callee ?? call.origin.span, message };
  }
}

function initOf(producer: Producer, inference: Inference): CallRecord | undefined {
  const weight = isWeightLayer(producer) ? layerOf(producer)?.attributes.get("weight") : undefined;
  return weight?.kind === "tensor" && weight.stored ? lastWrites(inference).get(weight.stored) : undefined;
}

function misfit(call: CallRecord, activation: string): string | undefined {
  const { operation, keywords, positional } = call;
  const isGiven = (name: string, position: number): boolean => keywords.has(name) || positional.length > position;
  if (/\.xavier_(uniform|normal)_$/.test(operation) && rectifiers.test(activation) && !isGiven("gain", 1))
    return "Xavier's rule keeps the signal's size where the activation changes small numbers little, as tanh does. A ReLU cuts half of the signal off, so here it shrinks by √2 in every layer. Kaiming's rule (kaiming_normal_) makes up for that.";
  const nonlinearity = argumentOf(call, "nonlinearity", 3);
  const isDefault = nonlinearity?.kind !== "str" || (nonlinearity.value ?? "").includes("relu");
  if (/\.kaiming_(uniform|normal)_$/.test(operation) && bounded.test(activation) && isDefault)
    return `Kaiming's rule draws weights √2 times as large, to make up for what a ReLU cuts off. A ${activation} cuts nothing off and is driven towards its flat ends. Use Xavier's rule (xavier_normal_), or say nonlinearity="linear".`;
  return undefined;
}

export const initForOtherActivation: Rule = {
  id: "init-for-other-activation",
  summary: "The weights are drawn by a rule that was made for another activation.",
  category: "initialisation",
  severity: "information",
  confidence: "likely",
  preset: "teaching",
  needs: "dataflow",
  fix: "none",
  check,
};
