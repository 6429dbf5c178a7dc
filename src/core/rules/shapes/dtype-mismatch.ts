/** Calls that PyTorch refuses because of the kind of numbers that they are given. */
import { type Inference } from "../../infer/analysis";
import { type InstanceValue } from "../../infer/value";
import { shortName } from "../../ops/define";
import { type TensorValue } from "../../ops/value";
import { type Finding, type Rule } from "../define";
import { stepsBehind } from "../reading/flow";
import { isCut, parametersOf } from "../reading/graph";
import { isMentioned } from "../reading/mentions";
import { stepsOf } from "../reading/training";
import { refusalsOf } from "./refusals";

/** Where new tensors and layers are of another type than float32, or something converts what it is given. */
const converts = /set_default_(dtype|tensor_type)|autocast|custom_fwd/;

function* check(inference: Inference): Iterable<Finding> {
  if (isMentioned(inference, converts)) return;
  yield* refusalsOf(inference, "types");
  yield* mixedSquares(inference);
}

/** The squared error takes two types and turns the lower one into the higher; only its gradient is refused. */
function* mixedSquares(inference: Inference): Iterable<Finding> {
  const { source } = inference;
  const reported = new Set<number>();
  for (const { kind, object, call } of stepsOf(inference)) {
    const { span, path } = call.origin;
    if (kind !== "backward" || object?.kind !== "tensor" || path !== source.path || reported.has(span.start)) continue;
    for (const step of stepsBehind([object])) {
      const [predictions, targets] = step.inputs;
      if (!/\.(MSELoss|mse_loss)$/.test(step.operation) || !predictions || !targets) continue;
      if (!areSurelyMixed(predictions, targets) || !getsGradients(predictions) || step.origin.path !== path) continue;
      reported.add(span.start);
      const line = source.positionAt(step.origin.span.start).line + 1;
      yield {
        span,
        message:
          `The gradient of ${shortName(step.operation)} (line ${line}) expects targets of type ` +
          `${predictions.dtype!}, as the predictions are, but gets ${targets.dtype!}.`,
        related: [{ span: step.origin.span, message: `${predictions.dtype!} and ${targets.dtype!} meet here.` }],
      };
      break;
    }
  }
}

function areSurelyMixed({ dtype: a }: TensorValue, { dtype: b }: TensorValue): boolean {
  return a !== undefined && b !== undefined && a !== b && ![a, b].some((type) => /^b?float16$/.test(type));
}

/** Whether gradients come to a layer that the tensor was computed by. */
function getsGradients({ producer }: TensorValue, depth = 0): boolean {
  if (!producer || depth > furthest || isCut(producer)) return false;
  const { layer, inputs } = producer;
  const isLearnt = layer !== undefined && parametersOf(layer as InstanceValue).length > 0;
  return isLearnt || inputs.some((one) => getsGradients(one, depth + 1));
}

/** Layers that are further from the loss are not looked for. */
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
