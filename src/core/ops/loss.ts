/** Losses (https://pytorch.org/docs/stable/nn.html#loss-functions). */
import { type Dim } from "../shape/dim";
import { printShape } from "../shape/notation";
import { type Shape, knownDims } from "../shape/shape";
import { tensorArgument } from "./arguments";
import { type OperationCall, type Outcome, refuse } from "./call";
import { combine } from "./elementwise";
import { type Operation, functions, modules } from "./define";
import { categoryOf } from "./dtype";
import { tensor, unknown } from "./value";

/** The whole loss as one number, or each example's own. */
function reduced(call: OperationCall, unreduced: Shape | undefined, dtype: string | undefined): Outcome {
  const reduction = call.values.get("reduction");
  const how = reduction?.kind === "str" ? reduction.value : undefined;
  if (how === "mean" || how === "sum" || how === "batchmean") return tensor([], dtype);
  return how === "none" && unreduced ? tensor(unreduced, dtype) : unknown("the loss's reduction is not known");
}

/** Class scores (N, C, …) against class indices (N, …), or probabilities of the scores' own shape. */
function classLoss(call: OperationCall): Outcome {
  const scores = tensorArgument(call, "input");
  const target = tensorArgument(call, "target");
  if (!scores || !target) return scores ? reduced(call, undefined, scores.dtype) : unknown("the scores are not known");
  const shape = call.facts.resolveShape(scores.shape);
  const classes = knownDims(shape);
  const indices = knownDims(call.facts.resolveShape(target.shape));
  if (!classes || !indices || classes.length === 0) return reduced(call, undefined, scores.dtype);
  const probabilities =
    indices.length === classes.length && target.dtype !== undefined && categoryOf(target.dtype) === 2;
  const expected = classes.length === 1 ? [] : probabilities ? classes : [classes[0]!, ...classes.slice(2)];
  const fits =
    indices.length === expected.length &&
    expected.every((size: Dim, i) => call.facts.equate(size, indices[i]!) !== "no");
  const known = target.dtype !== undefined;
  if (!fits && known)
    return refuse(
      `expects a target of shape ${printShape(expected)} for scores ${printShape(shape)}`,
      printShape(indices),
      target,
    );
  return reduced(call, expected, scores.dtype);
}

/** Predictions against targets, element by element; shapes that differ are broadcast. */
function elementLoss(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  const target = tensorArgument(call, "target");
  if (!input || !target) return reduced(call, undefined, input?.dtype);
  const combined = combine(input, target, call);
  return combined.kind === "tensor" ? reduced(call, combined.shape, input.dtype) : combined;
}

const old = "size_average=None, reduce=None, reduction='mean'";
const forward = "forward(input, target)";

export const losses: readonly Operation[] = [
  ...modules(
    [
      "nn.CrossEntropyLoss(weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0.0)",
      "nn.NLLLoss(weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean')",
    ],
    {
      says: "The negative log-likelihood of the right classes.",
      forward,
      result: classLoss,
      example: "nn.CrossEntropyLoss(): (4, 10), (4,) int64 -> ()",
    },
  ),
  ...functions(
    [
      "F.cross_entropy(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0.0)",
      "F.nll_loss(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean')",
    ],
    {
      says: "The negative log-likelihood of the right classes.",
      result: classLoss,
      example: "F.cross_entropy(x, y): (4, 10), (4,) int64 -> ()",
    },
  ),
  ...modules(
    [
      `nn.MSELoss(${old})`,
      `nn.L1Loss(${old})`,
      `nn.SmoothL1Loss(${old}, beta=1.0)`,
      `nn.BCEWithLogitsLoss(weight=None, ${old}, pos_weight=None)`,
    ],
    {
      says: "Compares predictions with targets, element by element.",
      forward,
      result: elementLoss,
      example: "nn.MSELoss(): (4, 3), (4, 3) -> ()",
    },
  ),
  ...functions(
    [
      `F.mse_loss(input, target, ${old})`,
      `F.l1_loss(input, target, ${old})`,
      `F.smooth_l1_loss(input, target, ${old}, beta=1.0)`,
      `F.binary_cross_entropy_with_logits(input, target, weight=None, ${old}, pos_weight=None)`,
    ],
    {
      says: "Compares predictions with targets, element by element.",
      result: elementLoss,
      example: "F.mse_loss(x, y): (4, 3), (4, 3) -> ()",
    },
  ),
];
