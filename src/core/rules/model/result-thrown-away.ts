/** A statement of a model that computes a tensor and keeps nothing: `x.view(…)` where `x = x.view(…)` is meant. */
import { type Inference } from "../../infer/analysis";
import type { Call } from "../../python/syntax";
import { isKind } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { callAt, callsOf } from "../reading/calls";
import { methodAround, modelClasses } from "../reading/classes";
import { enclosing, parentOf } from "../reading/syntax";

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

function* check(inference: Inference): Iterable<Finding> {
  const models = new Set<unknown>(modelClasses(inference).map(({ node }) => node));
  for (const call of callsOf(inference, ...operations)) {
    const node = callAt(call.origin.span);
    const parent = node && parentOf(inference, node);
    if (!node || !parent || !isKind(parent, "ExpressionStatement") || call.result.kind !== "tensor") continue;
    const target = call.positional[0];
    if (target?.kind === "tensor" && target.stored) continue;
    const method = methodAround(inference, node);
    const flag = call.result.producer?.values?.get("inplace");
    if (!method || !models.has(parentOf(inference, method)) || (flag?.kind === "bool" && flag.value !== false))
      continue;
    if (isExpectedToFail(node, inference)) continue;
    const text = inference.source.slice(node);
    yield {
      span: node,
      message: `${text} computes a new tensor, which is thrown away: nothing has changed after this line. Assign it.`,
      ...mend(node, call.result.producer?.operation ?? "", inference),
    };
  }
}

/** Inside of a `try`, or a `with` that expects an error, a call may be made for the error. */
function isExpectedToFail(node: Call, inference: Inference): boolean {
  return enclosing(inference, node, "Try", "With") !== undefined;
}

/** `x.view(-1)` becomes `x = x.view(-1)`, and `F.relu(x)` becomes `x = F.relu(x)`. */
function mend(node: Call, operation: string, { source }: Inference): Pick<Finding, "fix"> {
  const receiver = node.callee.kind === "Attribute" ? node.callee.value : undefined;
  const target = operation.startsWith("Tensor.") ? receiver : node.args[0];
  if (target?.kind !== "Name") return {};
  const edit = { span: { start: node.start, end: node.start }, text: `${source.slice(target)} = ` };
  return { fix: { title: `Assign it to ${target.id}`, edits: [edit] } };
}

export const resultThrownAway: Rule = {
  id: "result-thrown-away",
  summary: "A statement computes a tensor and keeps nothing of it.",
  category: "model",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
