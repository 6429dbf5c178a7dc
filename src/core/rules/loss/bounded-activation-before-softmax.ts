/** A bounded activation in front of softmax: the logits cannot grow, so the probabilities stay flat. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Producer, type TensorValue } from "../../ops/value";
import { constantValue } from "../../shape/dim";
import { isRest } from "../../shape/shape";
import { argumentOf, numberOf } from "../reading/calls";
import { type Finding, type Rule } from "../define";
import { functionName, valueProducer } from "../reading/flow";
import { foundAt, nameOf, withoutActivation } from "../reading/activations";
import { classCount } from "../reading/losses";

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
  const message = `${nameOf(producer)} keeps every logit between ${low} and ${high}${consequence(classesAt(logits, call, inference), low, high)}`;
  const related = "The logits are turned into probabilities here.";
  return {
    ...foundAt(producer, call.origin, { message, related }, inference),
    ...withoutActivation(producer, inference),
  };
}

/** The number of classes: the size of the dimension that softmax runs over, the last one or the second of a loss. */
function classesAt(logits: TensorValue, call: CallRecord, inference: Inference): number | undefined {
  if (losses.has(call.operation)) return classCount(logits, inference);
  const axis = inference.facts.resolveShape(logits.shape).at(numberOf(argumentOf(call, "dim", 1)) ?? -1);
  return axis && !isRest(axis) ? constantValue(axis) : undefined;
}

function consequence(classes: number | undefined, low: number, high: number): string {
  if (classes === undefined || classes < 2) return ", so softmax can never become confident.";
  const largest = 1 / (1 + (classes - 1) * Math.exp(low - high));
  const least = -Math.log(largest);
  return `: of ${classes} classes none can get more than ${largest.toFixed(2)}, and the loss cannot fall below ${least.toFixed(2)}.`;
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
