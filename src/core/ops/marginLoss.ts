/** Losses over margins, pairs, triples and label sets (https://pytorch.org/docs/stable/nn.html#loss-functions). */
import { equals } from "../shape/bounds";
import { type Dim, constant } from "../shape/dim";
import { printShape } from "../shape/notation";
import { type Shape, knownDims } from "../shape/shape";
import { shapeArgument, tensorArgument } from "./arguments";
import { type OperationCall, type Outcome, isRefusal, refuse } from "./call";
import { type Operation, functions, modules } from "./define";
import { combine } from "./elementwise";
import { reduced } from "./loss";
import { type TensorValue, unknown } from "./value";

function dimsOf(call: OperationCall, name: string): readonly Dim[] | undefined {
  const shape = shapeArgument(call, name);
  return shape && knownDims(shape);
}

/** Whether two shapes may be the same: nothing is learnt from it, since another shape may do as well. */
function agree(call: OperationCall, a: readonly Dim[], b: readonly Dim[]): boolean {
  const { facts } = call;
  return a.length === b.length && a.every((size, i) => equals(facts.resolve(size), facts.resolve(b[i]!)) !== "no");
}

/** Scores (N, C), or (C) of one example, against targets of the shape that `wanted` makes of it; one loss for each example. */
function perExample(wanted: (scores: readonly Dim[]) => readonly Dim[]): (call: OperationCall) => Outcome {
  return (call) => {
    const [input, target] = ["input", "target"].map((name) => tensorArgument(call, name));
    const [scores, labels] = ["input", "target"].map((name) => dimsOf(call, name));
    if (!input || !target || !scores || !labels) return reduced(call, undefined, input?.dtype);
    if (scores.length === 0) return unknown("a single score is not modelled");
    if (scores.length > 2) return refuse("expects scores of 1 or 2 dimensions", printShape(scores), input);
    const expected = wanted(scores);
    // A single number may come as a vector of one.
    const isOne = expected.length === 0 && labels.length === 1 && agree(call, labels, [constant(1)]);
    if (!agree(call, expected, labels) && !isOne)
      return refuse(`expects a target of shape ${printShape(expected)}`, printShape(labels), target);
    return reduced(call, isOne ? labels : scores.slice(0, -1), input.dtype);
  };
}

/** Sums over the classes, which are the last dimension; what other shapes give depends on the version. */
function overLabels(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  const [scores, labels] = ["input", "target"].map((name) => dimsOf(call, name));
  if (!scores || !labels || !agree(call, scores, labels)) return unknown("the scores and targets are not known to fit");
  const isMany = /multi_?label/i.test(call.name);
  if (isMany && scores.length === 0) return unknown("the scores have no classes");
  return reduced(call, isMany ? scores.slice(0, -1) : scores, input!.dtype);
}

/** Several tensors of the same number of dimensions, broadcast; without the last one where distances are taken along it. */
function together(names: readonly string[], takesDistances: boolean): (call: OperationCall) => Outcome {
  return (call) => {
    const values = names.map((name) => tensorArgument(call, name));
    const all = names.map((name) => dimsOf(call, name));
    const [first] = all;
    if (!first || !all.every((dims) => dims !== undefined) || !values.every((value) => value !== undefined))
      return reduced(call, undefined, values[0]?.dtype);
    const other = all.findIndex((dims) => dims.length !== first.length);
    if (other >= 0 && call.values.has("distance_function"))
      return unknown("the ranks differ, which some versions allow");
    if (other >= 0) return refuse(`expects ${first.length} dimensions`, printShape(all[other]!), values[other]);
    const common = values
      .slice(1)
      .reduce<Outcome>((result, value) => (isRefusal(result) ? result : combine(result, value, call)), values[0]!);
    if (isRefusal(common) || common.kind !== "tensor") return common;
    const own = call.values.get("distance_function");
    const each = takesDistances ? common.shape.slice(0, -1) : common.shape;
    const isPlain = own === undefined || own.kind === "none";
    return reduced(call, isPlain && (!takesDistances || first.length > 0) ? each : undefined, common.dtype);
  };
}

/** Pairs of vectors (N, D), or one pair (D), with a target (N) or (). */
function pairs(call: OperationCall): Outcome {
  const [first, target] = ["input1", "target"].map((name) => tensorArgument(call, name));
  const [a, b, labels] = ["input1", "input2", "target"].map((name) => dimsOf(call, name));
  if (!first || !target || !a || !b || !labels) return reduced(call, undefined, first?.dtype);
  if (labels.length > 1) return refuse("expects a target of 0 or 1 dimensions", printShape(labels), target);
  return a.length === labels.length + 1 && agree(call, a, b) && agree(call, a.slice(0, -1), labels)
    ? reduced(call, labels, first.dtype)
    : unknown("the pairs and targets are not known to fit");
}

/** A variance for each value, for each row of values, or one that each row shares. */
function gaussian(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  const target = tensorArgument(call, "target");
  const [values, variances] = ["input", "var"].map((name) => dimsOf(call, name));
  if (!input || !target || !values || !variances) return reduced(call, undefined, input?.dtype);
  const rows = values.slice(0, -1);
  const shared =
    variances.length === values.length && variances.at(-1)?.key === "1" && agree(call, rows, variances.slice(0, -1));
  if (!shared && !agree(call, values, variances) && !agree(call, rows, variances))
    return refuse(
      `expects variances of shape ${printShape(values)}`,
      printShape(variances),
      call.values.get("var") as TensorValue,
    );
  const common = combine(input, target, call);
  return common.kind === "tensor" ? reduced(call, common.shape, common.dtype) : common;
}

/** (T, N, C) logarithms of probabilities, or (T, C): one loss for each sequence. */
function connectionist(call: OperationCall): Outcome {
  const input = tensorArgument(call, "log_probs");
  const dims = dimsOf(call, "log_probs");
  const each: Shape | undefined = dims && (dims.length === 3 ? [dims[1]!] : dims.length === 2 ? [] : undefined);
  if (dims && !each) return refuse("expects 2 or 3 dimensions", printShape(dims), input);
  return reduced(call, each, input?.dtype);
}

interface Family {
  readonly layer: string;
  readonly function: string;
  readonly inputs: string;
  readonly options: string;
  readonly says: string;
  readonly result: (call: OperationCall) => Outcome;
  readonly example: string;
  readonly children?: Readonly<Record<string, string>>;
}

const old = "size_average=None, reduce=None, reduction='mean'";
const two = "input, target";
const labels = perExample((scores) => scores.slice(0, -1));

const families: readonly Family[] = [
  {
    layer: "MultiMarginLoss",
    function: "multi_margin_loss",
    inputs: two,
    options: `p=1, margin=1.0, weight=None, ${old}`,
    says: "Asks that the right class beats every other one by a margin.",
    result: labels,
    example: "(4, 3), (4,) int64 -> ()",
  },
  {
    layer: "MultiLabelMarginLoss",
    function: "multilabel_margin_loss",
    inputs: two,
    options: old,
    says: "Asks that each right class beats every wrong one by a margin.",
    result: perExample((scores) => scores),
    example: "(4, 3), (4, 3) int64 -> ()",
  },
  {
    layer: "SoftMarginLoss",
    function: "soft_margin_loss",
    inputs: two,
    options: old,
    says: "The logistic loss of scores against targets of 1 and -1.",
    result: overLabels,
    example: "(4, 3), (4, 3) -> ()",
  },
  {
    layer: "MultiLabelSoftMarginLoss",
    function: "multilabel_soft_margin_loss",
    inputs: two,
    options: `weight=None, ${old}`,
    says: "The mean cross-entropy of one yes-or-no question for each class.",
    result: overLabels,
    example: "(4, 3), (4, 3) -> ()",
  },
  {
    layer: "CosineEmbeddingLoss",
    function: "cosine_embedding_loss",
    inputs: "input1, input2, target",
    options: `margin=0.0, ${old}`,
    says: "Pulls vectors of a pair together, or apart where the target is -1.",
    result: pairs,
    example: "(4, 3), (4, 3), (4,) -> ()",
  },
  {
    layer: "MarginRankingLoss",
    function: "margin_ranking_loss",
    inputs: "input1, input2, target",
    options: `margin=0.0, ${old}`,
    says: "Asks that one score beats the other by a margin.",
    result: together(["input1", "input2", "target"], false),
    example: "(4,), (4,), (4,) -> ()",
  },
  {
    layer: "TripletMarginLoss",
    function: "triplet_margin_loss",
    inputs: "anchor, positive, negative",
    options: `margin=1.0, p=2.0, eps=1e-06, swap=False, ${old}`,
    says: "Asks that an anchor is nearer to one vector than to another by a margin.",
    result: together(["anchor", "positive", "negative"], true),
    example: "(4, 3), (4, 3), (4, 3) -> ()",
  },
  {
    layer: "TripletMarginWithDistanceLoss",
    function: "triplet_margin_with_distance_loss",
    inputs: "anchor, positive, negative",
    options: "*, distance_function=None, margin=1.0, swap=False, reduction='mean'",
    children: { distance_function: "distance_function or PairwiseDistance()" },
    says: "Asks that an anchor is nearer to one vector than to another by a margin.",
    result: together(["anchor", "positive", "negative"], true),
    example: "(4, 3), (4, 3), (4, 3) -> ()",
  },
  {
    layer: "GaussianNLLLoss",
    function: "gaussian_nll_loss",
    inputs: "input, target, var",
    options: "full=False, eps=1e-06, reduction='mean'",
    says: "The negative log-likelihood of targets under normal distributions.",
    result: gaussian,
    example: "(4, 3), (4, 3), (4, 3) -> ()",
  },
  {
    layer: "CTCLoss",
    function: "ctc_loss",
    inputs: "log_probs, targets, input_lengths, target_lengths",
    options: "blank=0, reduction='mean', zero_infinity=False",
    says: "The negative log-likelihood of label sequences over all alignments.",
    result: connectionist,
    example: "(6, 2, 5), (2, 3) int64, (2,) int64, (2,) int64 -> ()",
  },
];

const names = ["x", "y", "z", "w"];

export const marginLosses: readonly Operation[] = families.flatMap((family) => {
  const given = names.slice(0, family.inputs.split(", ").length).join(", ");
  const { says, result } = family;
  return [
    ...modules([`nn.${family.layer}(${family.options})`], {
      says,
      result,
      forward: `forward(${family.inputs})`,
      ...(family.children && { children: family.children }),
      example: `nn.${family.layer}(): ${family.example}`,
    }),
    ...functions([`F.${family.function}(${family.inputs}, ${family.options})`], {
      says,
      result,
      example: `F.${family.function}(${given}): ${family.example}`,
    }),
  ];
});
