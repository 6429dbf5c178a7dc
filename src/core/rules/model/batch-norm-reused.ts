/** One BatchNorm at two places of a network: its running averages mix two distributions. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { regionsAround } from "../../infer/record/trace";
import { type Producer } from "../../ops/value";
import { constantValue } from "../../shape/dim";
import { type Finding, type Rule } from "../define";
import { callsOf } from "../reading/calls";
import { callAround } from "../reading/layers";

function* check(inference: Inference): Iterable<Finding> {
  const batchNorms = ["BatchNorm1d", "BatchNorm2d", "BatchNorm3d"].map((name) => `torch.nn.${name}`);
  const first = new Map<object, CallRecord>();
  for (const call of callsOf(inference, ...batchNorms)) {
    if (call.receiver?.kind !== "instance" || isConditional(call)) continue;
    const before = first.get(call.receiver.attributes);
    if (!before) first.set(call.receiver.attributes, call);
    else if (before.origin.span !== call.origin.span && areInOneCall(before, call) && !isTwin(before, call)) {
      const size = call.receiver.layer.get("layer")?.call.values.get("num_features");
      const features = size?.kind === "int" ? constantValue(size.value) : undefined;
      yield {
        span: call.origin.span,
        message: `This BatchNorm is already used above: its running mean and variance now mix the statistics of two places, and evaluation is wrong for both. Give each place a BatchNorm${features === undefined ? "" : `(${features})`} of its own.`,
        related: [{ span: before.origin.span, message: "It is used here first." }],
      };
    }
  }
}

function isConditional({ region }: CallRecord): boolean {
  for (const at of regionsAround(region)) {
    if (at.kind === "branch") return true;
    if (at.kind === "call") return false;
  }
  return false;
}

function areInOneCall(one: CallRecord, other: CallRecord): boolean {
  const around = callAround(one.region);
  return around !== undefined && around === callAround(other.region);
}

/** Two inputs of the same kind that go through the same layers, as in a Siamese network. */
function isTwin(one: CallRecord, other: CallRecord): boolean {
  const [a, b] = [one, other].map(sourceOf);
  return a?.layer === b?.layer && (a === undefined) === (b === undefined) && (!a || a.layer !== undefined);
}

function sourceOf({ result }: CallRecord): Producer | undefined {
  return result.kind === "tensor" ? result.producer?.inputs[0]?.producer : undefined;
}

export const batchNormReused: Rule = {
  id: "batch-norm-reused",
  summary: "One BatchNorm normalises at two places of a network.",
  category: "model",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
