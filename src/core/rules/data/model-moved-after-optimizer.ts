/** A model that is moved to a device after its optimizer was built. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Finding, type Rule } from "../define";
import { argumentOf, callsOf } from "../reading/calls";
import { stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  const { calls } = inference.record;
  const built = stepsOf(inference).filter(({ kind }) => kind === "build-optimizer");
  if (built.length === 0) return;
  const parameters = callsOf(inference, "Module.parameters");
  const firstStep = stepsOf(inference).find(({ kind }) => kind === "step")?.index ?? Infinity;
  for (const move of callsOf(inference, "Module.to", "Module.cuda").filter(isToDevice)) {
    const at = calls.indexOf(move);
    const before = built.find(({ call, index }) => {
      const given = parameters.find(({ result }) => result === argumentOf(call, "params", 0));
      return index < at && given !== undefined && isSameModel(given, move);
    });
    if (!before || at > firstStep) continue;
    yield {
      span: move.origin.span,
      message:
        "The optimizer was built before the model is moved: whether it still holds the model's parameters depends on the device and on PyTorch's settings. Move the model first.",
      related:
        before.call.origin.path === inference.source.path
          ? [{ span: before.call.origin.span, message: "The optimizer is built here." }]
          : [],
    };
  }
}

function isSameModel(one: CallRecord, other: CallRecord): boolean {
  const [a, b] = [one.receiver, other.receiver];
  return a?.kind === "instance" && b?.kind === "instance" && a.attributes === b.attributes;
}

function isToDevice({ operation, positional, receiver }: CallRecord): boolean {
  const [to] = positional.filter((value) => value !== receiver);
  return operation === "Module.cuda" || (to !== undefined && to.kind !== "dtype" && to.kind !== "tensor");
}

export const modelMovedAfterOptimizer: Rule = {
  id: "model-moved-after-optimizer",
  summary: "The model is moved after its optimizer was built.",
  category: "data",
  severity: "information",
  confidence: "likely",
  preset: "teaching",
  needs: "dataflow",
  fix: "none",
  check,
};
