/** Calls that PyTorch refuses because of the kind of numbers that they are given. */
import { type Inference } from "../../infer/analysis";
import { type InstanceValue } from "../../infer/values/value";
import { shortName } from "../../ops/define";
import { areSurelyMixed } from "../../ops/elementTypes";
import { type Producer, type TensorValue } from "../../ops/value";
import { type Finding, type Rule } from "../define";
import { mayStop, parametersOf } from "../reading/graph";
import { isMentioned } from "../reading/mentions";
import { stepsOf } from "../reading/training";
import { refusalsOf } from "./refusals";

/** Where new tensors and layers are of another type than float32, or something converts what it is given. */
const converts = /set_default_(dtype|tensor_type)|autocast|custom_fwd/;

/** Where gradients may be kept from a layer in ways that nobody follows. */
const mayFreeze = /requires_grad|grad_enabled|freeze|detach_|deepcopy|no_grad\(\)\(|\.data\b/;

function* check(inference: Inference): Iterable<Finding> {
  if (isMentioned(inference, converts)) return;
  yield* refusalsOf(inference, "types");
  if (!isMentioned(inference, mayFreeze)) yield* mixedSquares(inference);
}

/** The squared error takes two types and turns the lower one into the higher; only its gradient is refused. */
function* mixedSquares(inference: Inference): Iterable<Finding> {
  const { source } = inference;
  const reported = new Set<number>();
  for (const { kind, object, call } of stepsOf(inference)) {
    const { span, path } = call.origin;
    if (kind !== "backward" || object?.kind !== "tensor" || path !== source.path || reported.has(span.start)) continue;
    const square = stepOnTheWay(object, ({ operation }) => /\.(MSELoss|mse_loss)$/.test(operation));
    const [predictions, targets] = square?.inputs ?? [];
    if (!square || !predictions || !targets || square.origin.path !== path) continue;
    if (!areSurelyMixed(predictions.dtype, targets.dtype) || !stepOnTheWay(predictions, isLearnt)) continue;
    reported.add(span.start);
    const line = source.positionAt(square.origin.span.start).line + 1;
    yield {
      span,
      message:
        `The gradient of ${shortName(square.operation)} (line ${line}) expects targets of type ` +
        `${predictions.dtype!}, as the predictions are, but gets ${targets.dtype!}.`,
      related: [{ span: square.origin.span, message: `${predictions.dtype!} and ${targets.dtype!} meet here.` }],
    };
  }
}

const isLearnt = ({ layer }: Producer): boolean =>
  layer !== undefined && parametersOf(layer as InstanceValue).length > 0;

/** Gradients surely pass through these. */
const passing =
  /\.(relu|leaky_relu|gelu|elu|silu|sigmoid|tanh|softplus|softmax|log_softmax|squeeze|unsqueeze|view|reshape|flatten|permute|transpose|contiguous|add|mul|div|mean|sum|ReLU|LeakyReLU|GELU|ELU|SiLU|Sigmoid|Tanh|Softplus|Softmax|Flatten|Dropout)$/;

/** The first such step that surely gets gradients from a tensor: nothing in between may stop them. */
function stepOnTheWay(
  { producer }: TensorValue,
  isWanted: (step: Producer) => boolean,
  depth = 0,
): Producer | undefined {
  if (!producer || depth > furthest || mayStop(producer)) return undefined;
  if (isWanted(producer)) return producer;
  if (!passing.test(producer.operation)) return undefined;
  for (const input of producer.inputs) {
    const found = stepOnTheWay(input, isWanted, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** Steps that are further away are not looked for. */
const furthest = 12;

export const dtypeMismatch: Rule = {
  id: "dtype-mismatch",
  summary: "PyTorch refuses this call because of its element types.",
  category: "shapes",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "shapes",
  fix: "none",
  check,
};
