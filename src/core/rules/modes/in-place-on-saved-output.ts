/** A result that backward() still needs, changed in place: sigmoid, exp, softmax, ReLU keep their output. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Producer, type TensorValue } from "../../ops/value";
import { type Finding, type Rule } from "../define";
import { callAt } from "../reading/calls";
import { type AnyNode, isKind } from "../../python/visit";
import { type Span } from "../../text/source";
import { functionName } from "../reading/flow";
import { reachOf } from "../reading/graph";
import { isUnderTrainingTest } from "../reading/names";
import { enclosing, nodesOf } from "../reading/syntax";
import { stepsOf } from "../reading/training";

/** Functions whose derivative PyTorch computes from their output (each tried with PyTorch 1.13). */
const savesOutput = new Set(
  "sigmoid tanh exp expm1 softmax log_softmax softmin sqrt rsqrt reciprocal relu re_lu tan norm logsumexp prod cumprod std".split(
    " ",
  ),
);

/** In-place methods that change no numbers. */
const harmless =
  /^Tensor\.(requires_grad_|detach_|share_memory_|retain_grad|unsqueeze_|squeeze_|t_|transpose_|resize_|__\w+__)$/;

interface Change {
  readonly before: TensorValue;
  readonly at: Span;
  /** What changes it, for the message. */
  readonly how: string;
}

function* check(inference: Inference): Iterable<Finding> {
  for (const { before, at, how } of changesIn(inference)) {
    const { producer } = before;
    const saved = producer && savedName(producer);
    if (saved === undefined || !producer || "grad" in producer || !isNeeded(before, at, inference)) continue;
    yield {
      span: at,
      message: `${how} overwrites the output of ${saved}, from which backward() computes its gradient: backward() stops with an error. Write the result to a new tensor.`,
      ...(producer.origin.path === inference.source.path && {
        related: [{ span: producer.origin.span, message: "This output is kept for backward()." }],
      }),
      ...mend(at, inference),
    };
  }
}

function savedName(producer: Producer): string | undefined {
  if (!/^(torch\.|Tensor\.)/.test(producer.operation)) return undefined;
  const name = functionName(producer.operation);
  return savesOutput.has(name) ? producer.operation.split(".").at(-1) : undefined;
}

function* changesIn(inference: Inference): Iterable<Change> {
  for (const call of inference.record.calls) {
    if (call.origin.path !== inference.source.path) continue;
    const before = changedBy(call);
    if (before) yield { before, at: call.origin.span, how: call.operation.split(".").at(-1)! };
  }
  for (const node of nodesOf(inference, "AugAssign")) {
    const target = node.target.kind === "Subscript" ? node.target.value : node.target;
    for (const before of seenTensors(target, inference))
      if (before.producer?.origin.span !== node) yield { before, at: node, how: `${node.operator}=` };
  }
  for (const node of nodesOf(inference, "Assign")) {
    const [target] = node.targets;
    if (target?.kind !== "Subscript") continue;
    for (const before of seenTensors(target.value, inference)) yield { before, at: node, how: "This assignment" };
  }
}

function changedBy({ operation, receiver, values }: CallRecord): TensorValue | undefined {
  if (/^Tensor\.\w+_$/.test(operation) && !harmless.test(operation))
    return receiver?.kind === "tensor" ? receiver : undefined;
  const flag = values.get("inplace");
  const input = values.get("input");
  const isInPlace = flag?.kind === "bool" && flag.value === true;
  return isInPlace && input?.kind === "tensor" ? input : undefined;
}

function seenTensors(node: AnyNode, { record }: Inference): readonly TensorValue[] {
  return (record.seenAt(node) ?? []).flatMap(({ value }) => (value.kind === "tensor" ? [value] : []));
}

/** It was computed with weights, and goes into a model's output or into a loss. */
function isNeeded(tensor: TensorValue, at: Span, inference: Inference): boolean {
  if (reachOf(tensor).parameters.size === 0) return false;
  const isInLoss = stepsOf(inference).some(
    ({ kind, object }) =>
      kind === "backward" && object?.kind === "tensor" && reachOf(object).producers.has(tensor.producer!),
  );
  if (isInLoss) return true;
  const node = nodesOf(inference, "FunctionDef")
    .filter(({ start, end }) => start <= at.start && at.end <= end)
    .at(-1);
  const statement = callAt(at) ?? (at as AnyNode);
  return (
    node?.name.name === "forward" &&
    enclosing(inference, node, "ClassDef") !== undefined &&
    enclosing(inference, statement, "FunctionDef", "Lambda") === node &&
    !isUnderTrainingTest(inference, statement)
  );
}

/** `x += y` is `x = x + y`, and `inplace=True` can be left out. */
function mend(at: Span, { source }: Inference): Pick<Finding, "fix"> {
  const node = at as AnyNode;
  if (!("kind" in node)) return {};
  if (isKind(node, "AugAssign") && node.target.kind === "Name") {
    const value = source.slice(node.value);
    const isSimple = ["Name", "Constant", "Call", "Attribute", "Subscript"].includes(node.value.kind);
    const text = `${node.target.id} = ${node.target.id} ${node.operator} ${isSimple ? value : `(${value})`}`;
    return { fix: { title: "Make a new tensor", edits: [{ span: node, text }] } };
  }
  return {};
}

export const inPlaceOnSavedOutput: Rule = {
  id: "in-place-on-saved-output",
  summary: "A tensor that backward() needs is changed in place.",
  category: "modes",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
