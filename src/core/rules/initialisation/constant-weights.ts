/** Layers after each other whose weights all start at one number: their units never become different. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Producer } from "../../ops/value";
import { constantValue } from "../../shape/dim";
import { type Finding, type Rule } from "../define";
import { callAt } from "../reading/calls";
import { nameOfLibrary } from "../reading/edits";
import {
  activationOf,
  behind,
  flowOf,
  isDropout,
  isLayout,
  isWeightLayer,
  layerOf,
  settingOf,
} from "../reading/layers";
import { constantWritten, lastWrites } from "../reading/weights";

interface Constant {
  readonly call: CallRecord;
  readonly value: number;
  /** Of all biases, 0 where there are none; undefined where they are random, as PyTorch draws them, or not known. */
  readonly bias: number | undefined;
}

function* check(inference: Inference): Iterable<Finding> {
  if (lastWrites(inference).size === 0) return;
  for (const second of flowOf(inference).producers) {
    const outer = constantOf(second, inference);
    if (!outer) continue;
    const activations: string[] = [];
    const dropouts: Producer[] = [];
    const isBetween = (one: Producer): boolean => {
      const activation = activationOf(one);
      if (activation !== undefined) activations.push(activation);
      if (isDropout(one)) dropouts.push(one);
      return activation !== undefined || isPooling(one) || isDropout(one);
    };
    const first = behind(second.inputs[0], isLayout, isBetween);
    const inner = first && constantOf(first, inference);
    if (!first || inner?.call.origin.path !== inference.source.path || unitsOf(first) === 1) continue;
    // Dropout tells equal units apart, but of nothing but zeros it makes nothing else.
    if (dropouts.length > 0 && [inner.value, inner.bias, outer.value].some((number) => number !== 0)) continue;
    yield describe(
      inner,
      outer,
      activations.every((name) => !liftsZero.test(name)),
      inference,
    );
  }
}

/** Activations that make of 0 something else. */
const liftsZero = /^(hard|log)?sigmoid$|^softplus$/;

function isPooling({ operation }: Producer): boolean {
  return /pool(ing)?\dd?$/i.test(operation);
}

/** The number that all weights of a layer start from. */
function constantOf(producer: Producer, inference: Inference): Constant | undefined {
  const weight = isWeightLayer(producer) ? layerOf(producer)?.attributes.get("weight") : undefined;
  const call = weight?.kind === "tensor" && weight.stored ? lastWrites(inference).get(weight.stored) : undefined;
  const value = call && constantWritten(call);
  return call && value !== undefined ? { call, value, bias: biasOf(producer, inference) } : undefined;
}

function biasOf(producer: Producer, inference: Inference): number | undefined {
  const layer = layerOf(producer);
  const setting = settingOf(layer, "bias");
  if (setting?.kind === "bool" && setting.value === false) return 0;
  const bias = layer?.attributes.get("bias");
  const call = bias?.kind === "tensor" && bias.stored ? lastWrites(inference).get(bias.stored) : undefined;
  return call && constantWritten(call);
}

function unitsOf(producer: Producer): number | undefined {
  const weight = layerOf(producer)?.attributes.get("weight");
  const axis = weight?.kind === "tensor" ? weight.shape[0] : undefined;
  return axis && "terms" in axis ? constantValue(axis) : undefined;
}

function describe(inner: Constant, outer: Constant, keepsZero: boolean, inference: Inference): Finding {
  const { call, value } = inner;
  const node = callAt(call.origin.span);
  const library = nameOfLibrary(inference, "torch.nn");
  const isMethod = call.operation.startsWith("Tensor.");
  const target = node && (isMethod && node.callee.kind === "Attribute" ? node.callee.value : node.args[0]);
  const text =
    target && `${library ?? ""}.init.kaiming_uniform_(${inference.source.slice(target).replace(/\.data$/, "")})`;
  return {
    span: call.origin.span,
    message: `All weights of this layer and of the next one start at ${value === outer.value ? value : `${value} and ${outer.value}`}: ${consequenceOf(inner, outer, keepsZero)}. Draw them at random.`,
    ...(inner.bias === undefined && { severity: "warning" as const }),
    ...(node &&
      text &&
      library !== undefined && { fix: { title: "Draw the weights at random", edits: [{ span: node, text }] } }),
  };
}

function consequenceOf({ value, bias }: Constant, outer: Constant, keepsZero: boolean): string {
  if (bias === undefined)
    return "nothing but their random biases tells the units of a layer apart, so at the start they are nearly one unit, and training is slow and poor";
  return value === 0 && outer.value === 0 && bias === 0 && keepsZero
    ? "every signal and every gradient between them is 0, so these layers never learn"
    : "all units of a layer compute the same and get the same gradient, so they stay equal for ever, as if there were one";
}

export const constantWeights: Rule = {
  id: "constant-weights",
  summary: "The weights of one layer after another all start at the same number.",
  category: "initialisation",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
