/** Activations and dropout: results of their input's shape (https://pytorch.org/docs/stable/nn.html#non-linear-activations-weighted-sum-nonlinearity). */
import { equals } from "../shape/bounds";
import { type Dim, constant, constantValue, product } from "../shape/dim";
import { floorDivide, modulo } from "../shape/division";
import { printDim, printShape } from "../shape/notation";
import { type Shape, knownDims, unknownShape } from "../shape/shape";
import { axisIndex, integerArgument, isAxisOfNumber, sizeOf, tensorArgument, typeArgument } from "./arguments";
import { type OperationCall, type Outcome, refuse } from "./call";
import { proportion } from "./requirements";
import { type Operation, functions, module, modules, operation } from "./define";
import { tensor, unknown } from "./value";

const samePlace = { shape: "(*) -> (*)", sees: "place" } as const;

/** Along a dimension that the input must have. */
function along(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  const dim = integerArgument(call, "dim");
  // What a softmax gives is a tensor, whatever nobody knows of the model that it is fed by.
  if (!input) return tensor(unknownShape(), typeArgument(call, undefined));
  const shape = call.facts.resolveShape(input.shape);
  if (dim !== undefined && knownDims(shape) && axisIndex(shape, dim) === undefined && !isAxisOfNumber(shape, dim))
    return refuse(`has no dimension ${dim} in`, printShape(shape), input);
  return tensor(shape, typeArgument(call, input.dtype));
}

/** Zeroes whole channels: what it makes of other ranks depends on the version and on training. */
function channelDropout(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  const shape = input && call.facts.resolveShape(input.shape);
  const isFlat = call.name.endsWith("1d");
  const rank = shape && knownDims(shape)?.length;
  if (!shape || (rank !== undefined && (rank < 2 || (isFlat && rank > 3))))
    return unknown("the input has no channels that are known");
  return tensor(shape, input.dtype);
}

/** Halves a dimension, which must be even. */
function gated(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  const dim = integerArgument(call, "dim");
  const shape = input && (dim === -1 ? call.facts.exposeBack(input.shape, 1) : call.facts.resolveShape(input.shape));
  if (!input || !shape || dim === undefined) return unknown("the dimension to halve is not known");
  const axis = axisIndex(shape, dim);
  if (axis === undefined)
    return knownDims(shape)
      ? refuse(`has no dimension ${dim} in`, printShape(shape), input)
      : unknown("the rank of the input is not known");
  const size = shape[axis] as Dim;
  if (constantValue(modulo(size, constant(2))) === 1) return refuse("expects an even size", size, input, axis);
  const half = floorDivide(size, constant(2));
  return tensor([...shape.slice(0, axis), half, ...shape.slice(axis + 1)], input.dtype);
}

function countOf(shape: Shape): Dim | undefined {
  const dims = knownDims(shape);
  return dims && product(dims);
}

/** One slope for all, or one for each channel. */
function leaky(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  const weight = tensorArgument(call, "weight");
  const slopes = sizeOf(call.values.get("num_parameters")) ?? (weight && countOf(weight.shape));
  if (!input) return unknown("the input is not known to be a tensor");
  const shape = call.facts.resolveShape(input.shape);
  const channels = knownDims(shape)?.[1];
  if (!slopes || !knownDims(shape) || equals(slopes, constant(1)) !== "no") return tensor(shape, input.dtype);
  return channels && call.facts.equate(channels, slopes) !== "no"
    ? tensor(shape, input.dtype)
    : refuse(`expects ${printDim(slopes)} channels`, channels ?? printShape(shape), input, 1);
}

export const activations: readonly Operation[] = [
  ...modules(
    [
      "nn.ReLU(inplace=False)",
      "nn.ReLU6(inplace=False)",
      "nn.LeakyReLU(negative_slope=0.01, inplace=False)",
      "nn.ELU(alpha=1.0, inplace=False)",
      "nn.CELU(alpha=1.0, inplace=False)",
      "nn.SELU(inplace=False)",
      "nn.SiLU(inplace=False)",
      "nn.Mish(inplace=False)",
      "nn.Tanh()",
      "nn.Sigmoid()",
      "nn.LogSigmoid()",
      "nn.Hardsigmoid(inplace=False)",
      "nn.Hardswish(inplace=False)",
      "nn.Softplus(beta=1, threshold=20)",
      "nn.Softsign()",
      "nn.Tanhshrink()",
      "nn.Softshrink(lambd=0.5)",
      "nn.Hardshrink(lambd=0.5)",
      "nn.RReLU(lower=0.125, upper=0.3333333333333333, inplace=False)",
      "nn.Threshold(threshold, value, inplace=False)",
    ],
    { ...samePlace, says: "Applies a function to every element.", example: "nn.ReLU(): (2, 3, 4) -> (2, 3, 4)" },
  ),
  ...module("nn.GELU(approximate='none')", {
    ...samePlace,
    says: "Multiplies every element by the probability that a normal variable is smaller.",
    requiresToRun: { "approximate == 'none' or approximate == 'tanh'": "an approximate of 'none' or 'tanh'" },
    example: "nn.GELU(approximate='tanh'): (2, 3) -> (2, 3)",
  }),
  ...module("nn.Hardtanh(min_val=-1.0, max_val=1.0, inplace=False)", {
    ...samePlace,
    says: "Replaces what lies outside of two bounds by the nearer one.",
    requires: { "min_val < max_val": "a min_val below max_val" },
    example: "nn.Hardtanh(-2, 2): (2, 3) -> (2, 3)",
  }),
  ...module("nn.PReLU(num_parameters=1, init=0.25)", {
    result: leaky,
    sees: "place",
    says: "A leaky ReLU with a learned slope.",
    parameters: { weight: "(num_parameters,)" },
    example: "nn.PReLU(3): (2, 3, 4) -> (2, 3, 4)",
  }),
  ...modules(["nn.Softmax(dim=None)", "nn.LogSoftmax(dim=None)", "nn.Softmin(dim=None)"], {
    result: along,
    sees: "place",
    says: "Turns scores along one dimension into (logarithms of) probabilities.",
    example: "nn.LogSoftmax(dim=-1): (2, 10) -> (2, 10)",
  }),
  ...modules(
    [
      "nn.Dropout(p=0.5, inplace=False)",
      "nn.AlphaDropout(p=0.5, inplace=False)",
      "nn.FeatureAlphaDropout(p=0.5, inplace=False)",
    ],
    {
      ...samePlace,
      check: proportion,
      says: "Sets a random part of its input to zero while training, and scales the rest.",
      example: "nn.Dropout(0.1): (2, 3) -> (2, 3)",
    },
  ),
  ...functions(
    [
      "F.dropout(input, p=0.5, training=True, inplace=False)",
      "F.alpha_dropout(input, p=0.5, training=False, inplace=False)",
      "F.feature_alpha_dropout(input, p=0.5, training=False, inplace=False)",
      "torch.dropout(input, p, train)",
      "torch.alpha_dropout(input, p, train)",
      "torch.feature_alpha_dropout(input, p, train)",
    ],
    {
      ...samePlace,
      check: proportion,
      says: "Sets a random part of its input to zero while training, and scales the rest.",
      example: "F.dropout(x, 0.1): (2, 3) -> (2, 3)",
    },
  ),
  ...[1, 2, 3].flatMap((rank) => [
    ...module(`nn.Dropout${rank}d(p=0.5, inplace=False)`, {
      result: channelDropout,
      check: proportion,
      sees: "place",
      says: "Sets whole channels of its input to zero while training, and scales the rest.",
      example: `nn.Dropout${rank}d(0.1): (2, 3, 4) -> (2, 3, 4)`,
    }),
    ...operation(`F.dropout${rank}d(input, p=0.5, training=True, inplace=False)`, {
      result: channelDropout,
      check: proportion,
      sees: "place",
      says: "Sets whole channels of its input to zero while training, and scales the rest.",
      example: `F.dropout${rank}d(x): (2, 3, 4) -> (2, 3, 4)`,
    }),
  ]),
  ...functions(
    [
      "F.relu(input, inplace=False)",
      "F.relu6(input, inplace=False)",
      "F.leaky_relu(input, negative_slope=0.01, inplace=False)",
      "F.elu(input, alpha=1.0, inplace=False)",
      "F.selu(input, inplace=False)",
      "F.gelu(input, approximate='none')",
      "F.silu(input, inplace=False)",
      "F.mish(input, inplace=False)",
      "F.tanh(input)",
      "F.sigmoid(input)",
      "F.logsigmoid(input)",
      "F.hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False)",
      "F.hardsigmoid(input, inplace=False)",
      "F.hardswish(input, inplace=False)",
      "F.softplus(input, beta=1, threshold=20)",
      "F.softsign(input)",
      "F.celu(input, alpha=1.0, inplace=False)",
      "F.hardshrink(input, lambd=0.5)",
      "F.softshrink(input, lambd=0.5)",
      "F.tanhshrink(input)",
      "F.threshold(input, threshold, value, inplace=False)",
      "F.rrelu(input, lower=0.125, upper=0.3333333333333333, training=False, inplace=False)",
      "F.relu_(input)",
      "F.elu_(input, alpha=1.0)",
      "F.selu_(input)",
      "F.celu_(input, alpha=1.0)",
      "F.leaky_relu_(input, negative_slope=0.01)",
      "F.hardtanh_(input, min_val=-1.0, max_val=1.0)",
      "torch.celu(input, alpha=1.0)",
      "torch.selu(input)",
      "torch.threshold(input, threshold, value)",
      "torch.rrelu(input, lower=0.125, upper=0.3333333333333333, training=False)",
      "torch.relu_(input)",
      "torch.selu_(input)",
      "torch.celu_(input, alpha=1.0)",
      "torch.threshold_(input, threshold, value)",
    ],
    { ...samePlace, says: "Applies a function to every element.", example: "F.relu(x): (2, 3, 4) -> (2, 3, 4)" },
  ),
  ...functions(
    [
      "F.softmax(input, dim=None, _stacklevel=3, dtype=None)",
      "F.log_softmax(input, dim=None, _stacklevel=3, dtype=None)",
      "F.softmin(input, dim=None, _stacklevel=3, dtype=None)",
    ],
    {
      result: along,
      sees: "place",
      says: "Turns scores along one dimension into (logarithms of) probabilities.",
      example: "F.log_softmax(x, dim=1): (2, 10) -> (2, 10)",
    },
  ),
  ...module("nn.GLU(dim=-1)", {
    result: gated,
    says: "Multiplies one half of its input by the sigmoid of the other half.",
    example: "nn.GLU(): (2, 6) -> (2, 3)",
  }),
  ...operation("F.glu(input, dim=-1)", {
    result: gated,
    says: "Multiplies one half of its input by the sigmoid of the other half.",
    example: "F.glu(x, dim=1): (2, 6, 5) -> (2, 3, 5)",
  }),
  ...module("nn.Softmax2d()", {
    shape: "(N?, C, H, W) -> (N?, C, H, W)",
    sees: "place",
    says: "Turns the channels of every pixel into probabilities.",
    example: "nn.Softmax2d(): (2, 3, 4, 4) -> (2, 3, 4, 4)",
  }),
  ...functions(["torch.hardshrink(input, lambd=0.5)"], {
    ...samePlace,
    method: true,
    says: "Replaces what is close to zero by zero.",
    example: "torch.hardshrink(x): (2, 3) -> (2, 3)",
  }),
  ...functions(["torch.feature_dropout(input, p, train)"], {
    result: channelDropout,
    check: proportion,
    sees: "place",
    says: "Sets whole channels of its input to zero while training, and scales the rest.",
    example: "torch.feature_dropout(x, 0.1, False): (2, 3, 4) -> (2, 3, 4)",
  }),
  ...functions(["F.prelu(input, weight)", "torch.prelu(input, weight)", "Tensor.prelu(input, weight)"], {
    result: leaky,
    sees: "place",
    says: "A leaky ReLU with a learned slope.",
    example: "F.prelu(x, y): (2, 3, 4), (3,) -> (2, 3, 4)",
  }),
  ...operation("F.gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1)", {
    shape: "(*) -> (*)",
    says: "Draws (nearly) one-hot samples from scores.",
    example: "F.gumbel_softmax(x): (2, 10) -> (2, 10)",
  }),
  ...operation("F.normalize(input, p=2.0, dim=1, eps=1e-12, out=None)", {
    result: along,
    says: "Divides the vectors along one dimension by their lengths.",
    example: "F.normalize(x): (2, 3) -> (2, 3)",
  }),
  ...functions(["torch.softmax(input, dim, dtype=None)", "torch.log_softmax(input, dim, dtype=None)"], {
    result: along,
    sees: "place",
    method: true,
    says: "Turns scores along one dimension into (logarithms of) probabilities.",
    example: "torch.softmax(x, dim=1): (2, 10) -> (2, 10)",
  }),
];
