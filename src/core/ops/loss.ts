/** Losses (https://pytorch.org/docs/stable/nn.html#loss-functions). */
import { type Dim } from "../shape/dim";
import { printShape } from "../shape/notation";
import { type Shape, knownDims } from "../shape/shape";
import { tensorArgument } from "./arguments";
import { type OperationCall, type Outcome, refuse } from "./call";
import { combine } from "./elementwise";
import { type Operation, functions, modules, operation } from "./define";
import { categoryOf } from "./dtype";
import { none, tensor, unknown } from "./value";

/** The whole loss as one number, or each example's own. */
export function reduced(call: OperationCall, unreduced: Shape | undefined, dtype: string | undefined): Outcome {
  const how = reductionOf(call);
  const isKnown = how === undefined || ["none", "mean", "sum"].includes(how);
  if (!isKnown && !(how === "batchmean" && /kl_?div/i.test(call.name)))
    return refuse("needs a reduction of 'none', 'mean' or 'sum', not", how);
  if (how === "mean" || how === "sum" || how === "batchmean") return tensor([], dtype);
  return how === "none" && unreduced ? tensor(unreduced, dtype) : unknown("the loss's reduction is not known");
}

/** `mean`, `sum`, `none`; the flags of old, where they are given, count more. */
function reductionOf(call: OperationCall): string | undefined {
  const [average, reduce] = ["size_average", "reduce"].map((name) => call.values.get(name) ?? none);
  if (average!.kind !== "none" || reduce!.kind !== "none") {
    if (average!.kind === "unknown" || reduce!.kind === "unknown") return undefined;
    return reduce!.kind === "bool" && reduce!.value === false ? "none" : "sum";
  }
  const reduction = call.values.get("reduction");
  return reduction?.kind === "str" ? reduction.value : undefined;
}

/** Class scores (N, C, …) against class indices (N, …), or probabilities of the scores' own shape. */
function classLoss(call: OperationCall): Outcome {
  const scores = tensorArgument(call, "input");
  const target = tensorArgument(call, "target");
  if (!scores || !target) return reduced(call, undefined, scores?.dtype);
  const shape = call.facts.resolveShape(scores.shape);
  const classes = knownDims(shape);
  const indices = knownDims(call.facts.resolveShape(target.shape));
  if (!classes || !indices || classes.length === 0) return reduced(call, undefined, scores.dtype);
  const each = classes.length === 1 ? [] : [classes[0]!, ...classes.slice(2)];
  const takesProbabilities = /cross_?entropy/i.test(call.name);
  if (takesProbabilities && target.dtype === undefined && indices.length === classes.length)
    return reduced(call, each, scores.dtype);
  const areProbabilities = takesProbabilities && target.dtype !== undefined && categoryOf(target.dtype) === 2;
  const expected = areProbabilities ? classes : each;
  const fits =
    indices.length === expected.length &&
    expected.every((size: Dim, i) => call.facts.equate(size, indices[i]!) !== "no");
  const weight = tensorArgument(call, "weight");
  const isMixed = areProbabilities && [target, weight].some((one) => one && one.dtype !== scores.dtype);
  if (fits) return reduced(call, each, isMixed ? undefined : scores.dtype);
  return refuse(
    `expects a target of shape ${printShape(expected)} for scores ${printShape(shape)}`,
    printShape(indices),
    target,
  );
}

/** Predictions against targets, element by element; shapes that differ are broadcast. */
function elementLoss(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  const target = tensorArgument(call, "target");
  if (!input || !target) return reduced(call, undefined, input?.dtype);
  const combined = combine(input, target, call);
  if (combined.kind !== "tensor") return combined;
  // Of complex numbers some losses are their distance, which is a real one.
  const isReal = combined.dtype === undefined || categoryOf(combined.dtype) < 3;
  const isAlike = isReal && input.dtype === target.dtype;
  const isClear = isAlike || (isReal && input.shape.length > 0 && target.shape.length > 0 && !/huber/i.test(call.name));
  return reduced(call, isWeighted(call) ? undefined : combined.shape, isClear ? combined.dtype : undefined);
}

/** Weights are broadcast against each example's loss. */
function isWeighted(call: OperationCall): boolean {
  return ["weight", "pos_weight"].some((name) => (call.values.get(name) ?? none).kind !== "none");
}

/** Binary cross-entropy broadcasts nothing. */
function binaryLoss(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  const target = tensorArgument(call, "target");
  if (!input || !target) return reduced(call, undefined, input?.dtype);
  const [wanted, got] = [input, target].map(({ shape }) => knownDims(call.facts.resolveShape(shape)));
  if (!wanted || !got) return reduced(call, undefined, input.dtype);
  const fits = wanted.length === got.length && wanted.every((size, i) => call.facts.equate(size, got[i]!) !== "no");
  if (!fits) return refuse(`expects a target of shape ${printShape(wanted)}`, printShape(got), target);
  return reduced(call, isWeighted(call) ? undefined : wanted, input.dtype === target.dtype ? input.dtype : undefined);
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
      "nn.HuberLoss(reduction='mean', delta=1.0)",
      `nn.KLDivLoss(${old}, log_target=False)`,
      "nn.PoissonNLLLoss(log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction='mean')",
      "nn.HingeEmbeddingLoss(margin=1.0, size_average=None, reduce=None, reduction='mean')",
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
      "F.huber_loss(input, target, reduction='mean', delta=1.0)",
      `F.kl_div(input, target, ${old}, log_target=False)`,
      "F.poisson_nll_loss(input, target, log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction='mean')",
      "F.hinge_embedding_loss(input, target, margin=1.0, size_average=None, reduce=None, reduction='mean')",
    ],
    {
      says: "Compares predictions with targets, element by element.",
      result: elementLoss,
      example: "F.mse_loss(x, y): (4, 3), (4, 3) -> ()",
    },
  ),
  ...modules([`nn.BCEWithLogitsLoss(weight=None, ${old}, pos_weight=None)`], {
    says: "The cross-entropy of yes-or-no scores against targets between 0 and 1.",
    forward,
    result: binaryLoss,
    example: "nn.BCEWithLogitsLoss(): (4, 3), (4, 3) -> ()",
  }),
  ...modules([`nn.BCELoss(weight=None, ${old})`], {
    says: "The cross-entropy of probabilities of yes against targets between 0 and 1.",
    forward,
    result: binaryLoss,
    example: "nn.BCELoss(): (4, 3), (4, 3) -> ()",
  }),
  ...operation(`F.binary_cross_entropy(input, target, weight=None, ${old})`, {
    says: "The cross-entropy of probabilities of yes against targets between 0 and 1.",
    result: binaryLoss,
    example: "F.binary_cross_entropy(x, y): (4, 3), (4, 3) -> ()",
  }),
  ...operation(`F.binary_cross_entropy_with_logits(input, target, weight=None, ${old}, pos_weight=None)`, {
    says: "The cross-entropy of yes-or-no scores against targets between 0 and 1.",
    result: binaryLoss,
    example: "F.binary_cross_entropy_with_logits(x, y): (4, 3), (4, 3) -> ()",
  }),
];
