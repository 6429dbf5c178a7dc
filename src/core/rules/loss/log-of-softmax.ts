/** The logarithm of a softmax or sigmoid: where that rounds to 0, it is minus infinity and the gradient NaN. */
import { mayTrain } from "../../infer/modules/moduleMethods";
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Producer } from "../../ops/value";
import type { Call, Expression } from "../../python/syntax";
import { type Finding, type Rule } from "../define";
import { directCall, nameOf } from "../reading/activations";
import { callAt, callsOf, numberOf } from "../reading/calls";
import { nameOfLibrary, renameCallee } from "../reading/edits";
import { functionName, valueProducer } from "../reading/flow";
import { reachOf } from "../reading/graph";

function* check(inference: Inference): Iterable<Finding> {
  for (const call of callsOf(inference, "torch.log", "Tensor.log")) {
    const input = call.values.get("input");
    if (input?.kind !== "tensor") continue;
    const producer = valueProducer(input);
    const name = producer && functionName(producer.operation);
    const complement = producer && complementOf(producer);
    if (producer && (name === "softmax" || name === "sigmoid")) yield finding(call, producer, false, inference);
    else if (complement) yield finding(call, complement, true, inference);
  }
}

/** The sigmoid of `1 - sigmoid(x)`. */
function complementOf({ operation, values, inputs }: Producer): Producer | undefined {
  if (operation !== "torch.sub" || numberOf(values?.get("input")) !== 1) return undefined;
  const subtracted = inputs[0] && valueProducer(inputs[0]);
  return subtracted && functionName(subtracted.operation) === "sigmoid" ? subtracted : undefined;
}

function finding(call: CallRecord, producer: Producer, isComplement: boolean, inference: Inference): Finding {
  const isSoftmax = functionName(producer.operation) === "softmax";
  const better = isSoftmax ? "log_softmax" : isComplement ? "logsigmoid(-x)" : "logsigmoid";
  const of = isComplement ? `1 - ${nameOf(producer)}` : nameOf(producer);
  const harm = isOutsideTraining(call, inference)
    ? "minus infinity, and 0 times that is NaN in whatever is computed with it"
    : "minus infinity and the gradient NaN";
  return {
    span: call.origin.span,
    message: `Where ${of} is rounded to 0, its logarithm is ${harm}. ${better} computes both in one step and stays finite.`,
    ...(isComplement ? {} : inOneStep(call, producer, isSoftmax, inference)),
  };
}

/** What no gradient flows through, such as the scores of a teacher: computed under `no_grad`, behind a cut, or with frozen weights. */
function isOutsideTraining({ result }: CallRecord, { machine }: Inference): boolean {
  if (result.kind !== "tensor") return false;
  if (result.producer?.grad === false) return true;
  const { parameters, behindCuts, hasOtherLeaves } = reachOf(result);
  const isFrozen = [...parameters].every((id) => mayTrain(machine, id) === false);
  return isFrozen && !hasOtherLeaves && parameters.size + behindCuts.size > 0;
}

/** `torch.log(F.softmax(x, dim=1))` becomes `F.log_softmax(x, dim=1)`, where both stand in one expression. */
function inOneStep(
  { origin }: CallRecord,
  producer: Producer,
  isSoftmax: boolean,
  inference: Inference,
): Pick<Finding, "fix"> {
  const [outer, inner] = [callAt(origin.span), directCall(producer, inference)];
  if (!outer || !inner || producer.layer || operandOf(outer) !== inner) return {};
  const { source } = inference;
  const title = "Compute both in one step";
  if (isSoftmax) {
    const rename = renameCallee(inner, "log_softmax");
    if (!rename) return {};
    const text = `${source.slice({ start: inner.start, end: rename.span.start })}log_softmax${source.slice({ start: rename.span.end, end: inner.end })}`;
    return { fix: { title, edits: [{ span: outer, text }] } };
  }
  const library = nameOfLibrary(inference, "torch.nn.functional");
  const argument = operandOf(inner);
  if (library === undefined || !argument) return {};
  return { fix: { title, edits: [{ span: outer, text: `${library}.logsigmoid(${source.slice(argument)})` }] } };
}

/** `x` of `torch.log(x)` and of `x.log()`. */
function operandOf({ args, callee }: Call): Expression | undefined {
  return args[0] ?? (callee.kind === "Attribute" ? callee.value : undefined);
}

export const logOfSoftmax: Rule = {
  id: "log-of-softmax",
  summary: "The logarithm of a softmax or sigmoid is taken in two steps.",
  category: "loss",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "safe",
  check,
};
