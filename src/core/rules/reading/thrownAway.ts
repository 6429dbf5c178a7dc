/** Statements of models that compute a tensor and keep nothing of it. */
import { type Inference } from "../../infer/analysis";
import { isHook } from "../../infer/modules/hooks";
import { isDoubtful } from "../../infer/values/doubts";
import { type CallRecord } from "../../infer/record/part";
import type { Call } from "../../python/syntax";
import { isKind } from "../../python/visit";
import { callAt, callsOf, mayWorkInPlace } from "./calls";
import { methodAround, modelClasses } from "./classes";
import { enclosing, parentOf } from "./syntax";

const methods = [
  "view",
  "reshape",
  "flatten",
  "permute",
  "transpose",
  "squeeze",
  "unsqueeze",
  "contiguous",
  "masked_fill",
  "clamp",
  "float",
  "mul",
  "add",
  "div",
  "sub",
  "repeat",
  "expand",
];
const functions = [
  "relu",
  "gelu",
  "silu",
  "leaky_relu",
  "elu",
  "dropout",
  "softmax",
  "log_softmax",
  "normalize",
  "layer_norm",
  "max_pool2d",
  "avg_pool2d",
];
const layers = [
  "ReLU",
  "GELU",
  "SiLU",
  "LeakyReLU",
  "ELU",
  "Tanh",
  "Sigmoid",
  "Dropout",
  "Dropout2d",
  "MaxPool2d",
  "AvgPool2d",
  "Flatten",
  "Softmax",
  "LogSoftmax",
];
const operations = [
  ...methods.map((name) => `Tensor.${name}`),
  ...["relu", "tanh", "sigmoid", "flatten", "permute", "transpose", "clamp", "softmax"].map((name) => `torch.${name}`),
  ...functions.map((name) => `torch.nn.functional.${name}`),
  ...layers.map((name) => `torch.nn.${name}`),
];

const known = new WeakMap<Inference, ReadonlyMap<Call, CallRecord>>();

/** By the call as it is written. */
export function thrownAwayInModels(inference: Inference): ReadonlyMap<Call, CallRecord> {
  const found = known.get(inference) ?? new Map(find(inference));
  known.set(inference, found);
  return found;
}

function* find(inference: Inference): Iterable<[Call, CallRecord]> {
  const models = new Set<unknown>(modelClasses(inference).map(({ node }) => node));
  for (const call of callsOf(inference, ...operations)) {
    const node = callAt(call.origin.span);
    const parent = node && parentOf(inference, node);
    if (!node || !parent || !isKind(parent, "ExpressionStatement") || call.result.kind !== "tensor") continue;
    // An in-place method may be recorded as its twin.
    if (node.callee.kind === "Attribute" && node.callee.attribute.name.endsWith("_")) continue;
    if (isDoubtful(call.receiver)) continue;
    const target = call.positional[0];
    if (target?.kind === "tensor" && target.stored) continue;
    const method = methodAround(inference, node);
    if (!method || !models.has(parentOf(inference, method)) || mayWorkInPlace(call)) continue;
    if (!isExpectedToFail(node, inference) && isOwnCall(node, call, inference)) yield [node, call];
  }
}

/** A layer that is called itself, and has no hooks: a sequence of layers may be run for the hooks inside of it. */
function isOwnCall(node: Call, { operation }: CallRecord, { record }: Inference): boolean {
  if (!layers.includes(operation.replace("torch.nn.", ""))) return true;
  return (record.seenAt(node.callee) ?? []).every(
    ({ value }) =>
      value.kind === "instance" &&
      value.type.kind === "external" &&
      value.type.name === operation &&
      !value.attributes.keys().some(isHook),
  );
}

/** Inside of a `try`, or a `with` that expects an error, a call may be made for the error. */
function isExpectedToFail(node: Call, inference: Inference): boolean {
  return enclosing(inference, node, "Try", "With") !== undefined;
}
