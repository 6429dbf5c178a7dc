/** A bounded activation in front of softmax: the logits cannot grow, so the probabilities stay flat. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record";
import { type InstanceValue } from "../../infer/value";
import { type Origin, type Producer, type TensorValue } from "../../ops/value";
import type { Call } from "../../python/syntax";
import { constantValue } from "../../shape/dim";
import { isRest } from "../../shape/shape";
import { argumentOf, callAt, numberOf } from "../reading/calls";
import { type Finding, type Rule } from "../define";
import { functionName, valueProducer } from "../reading/flow";
import { parentCall, removeArgument } from "../reading/edits";

/** The least and the greatest value of each bounded activation. */
const bounds: Readonly<Record<string, readonly [number, number]>> = {
  tanh: [-1, 1],
  sigmoid: [0, 1],
  softsign: [-1, 1],
  hardtanh: [-1, 1],
  hardsigmoid: [0, 1],
  re_lu6: [0, 6],
  relu6: [0, 6],
};

const losses = new Set(["torch.nn.CrossEntropyLoss", "torch.nn.functional.cross_entropy"]);
const logSoftmax = /\.(LogSoftmax|log_softmax)$/;
const softmax = /\.(Softmax|softmax)$/;

function* check(inference: Inference): Iterable<Finding> {
  for (const call of inference.record.calls) {
    if (!readsLogits(call, inference)) continue;
    const logits = argumentOf(call, "input", 0);
    const producer = logits?.kind === "tensor" ? valueProducer(logits) : undefined;
    const range = producer && bounds[functionName(producer.operation)];
    if (producer && range) yield finding(logits as TensorValue, producer, range, call, inference);
  }
}

/** Log-softmax and cross-entropy always do; a softmax only where its result is what a model gives. */
function readsLogits(call: CallRecord, { record }: Inference): boolean {
  if (losses.has(call.operation) || logSoftmax.test(call.operation)) return true;
  if (!softmax.test(call.operation)) return false;
  return record.moduleCalls.some(({ module, output }) => {
    const isModel = module.type.kind === "class" && output.kind === "tensor";
    return isModel && valueProducer(output)?.origin.span === call.origin.span;
  });
}

function finding(
  logits: TensorValue,
  producer: Producer,
  [low, high]: readonly [number, number],
  call: CallRecord,
  inference: Inference,
): Finding {
  const name = producer.operation.split(".").at(-1)!;
  const place = definitionInSequential(producer, inference) ?? producer.origin;
  return {
    span: place.span,
    message: `${name} keeps every logit between ${low} and ${high}${consequence(classCount(logits, call, inference), low, high)}`,
    related: [{ span: call.origin.span, message: "The logits are turned into probabilities here." }],
    ...withoutActivation(producer, place, name, inference),
  };
}

/** The number of classes: the size of the dimension that softmax runs over, the last one or the second of a loss. */
function classCount(logits: TensorValue, call: CallRecord, { facts }: Inference): number | undefined {
  const shape = facts.resolveShape(logits.shape);
  const dim = losses.has(call.operation) ? Math.min(1, shape.length - 1) : (numberOf(argumentOf(call, "dim", 1)) ?? -1);
  const axis = shape.at(dim);
  return axis && !isRest(axis) ? constantValue(axis) : undefined;
}

function consequence(classes: number | undefined, low: number, high: number): string {
  if (classes === undefined || classes < 2) return ", so softmax can never become confident.";
  const largest = 1 / (1 + (classes - 1) * Math.exp(low - high));
  const least = -Math.log(largest);
  return `: of ${classes} classes none can get more than ${largest.toFixed(2)}, and the loss cannot fall below ${least.toFixed(2)}.`;
}

/** Where the activation stands as an argument of its Sequential. */
function definitionInSequential(producer: Producer, { module, source }: Inference): Origin | undefined {
  const layer = producer.layer as InstanceValue | undefined;
  if (layer?.origin.path !== source.path) return undefined;
  return parentCall(module, layer.origin.span) ? layer.origin : undefined;
}

function withoutActivation(
  producer: Producer,
  place: Origin,
  name: string,
  { module, source }: Inference,
): Pick<Finding, "fix"> {
  const title = `Remove ${name}`;
  const parent = parentCall(module, place.span);
  if (place !== producer.origin && parent) return { fix: { title, edits: [removeArgument(parent, place.span)] } };
  const call = callAt(producer.origin.span);
  const kept = call && (call.args[0] ?? receiverOf(call));
  return call && kept ? { fix: { title, edits: [{ span: call, text: source.slice(kept) }] } } : {};
}

/** `x` of `x.tanh()`. */
function receiverOf(call: Call): Call["callee"] | undefined {
  return call.callee.kind === "Attribute" ? call.callee.value : undefined;
}

export const boundedActivationBeforeSoftmax: Rule = {
  id: "bounded-activation-before-softmax",
  summary: "A bounded activation in front of softmax keeps the probabilities flat.",
  category: "loss",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
