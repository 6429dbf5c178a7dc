/** Normalisation layers (https://pytorch.org/docs/stable/nn.html#normalization-layers). */
import { constantValue, equals, modulo, product } from "../shape/dim";
import { printDim, printShape } from "../shape/notation";
import { type Shape, isRest, knownDims } from "../shape/shape";
import { type OperationCall, type Outcome, type Refusal, refuse } from "./call";
import { type Operation, module } from "./define";
import { type SizeFunction, type SizeValue, isDim, isShape, toSizeValue } from "./sizes";
import { type TensorValue, tensor, unknown } from "./value";

const running = {
  running_mean: "(num_features,) if track_running_stats",
  running_var: "(num_features,) if track_running_stats",
  num_batches_tracked: "() if track_running_stats",
};

const affine = { weight: "(num_features,) if affine", bias: "(num_features,) if affine" };

const shapes = [
  { rank: 1, batch: "(N, channels(), L?)", instance: "(N?, channels(), L)", sizes: "8" },
  { rank: 2, batch: "(N, channels(), H, W)", instance: "(N?, channels(), H, W)", sizes: "8, 8" },
  { rank: 3, batch: "(N, channels(), D, H, W)", instance: "(N?, channels(), D, H, W)", sizes: "4, 8, 8" },
];

/** A norm looks at `num_features` only where it keeps something for each of them. */
const ownChannels: SizeFunction = (_, names) =>
  names("affine") === true || names("track_running_stats") === true ? names("num_features") : undefined;

/** There is nothing to normalise in one pixel, unless statistics were kept. */
function severalPixels({ values, facts }: OperationCall, rank: number): Refusal | undefined {
  const input = values.get("input");
  const shape = input?.kind === "tensor" ? facts.resolveShape(input.shape) : undefined;
  const pixels = shape && knownDims(shape)?.slice(-rank);
  const keepsNothing = toSizeValue(values.get("track_running_stats")) === false;
  return keepsNothing && pixels?.length === rank && constantValue(product(pixels)) === 1
    ? refuse("expects more than one pixel of each channel", printShape(shape!), input as TensorValue)
    : undefined;
}

function severalValues({ values, facts }: OperationCall): Refusal | undefined {
  const input = values.get("input");
  const dims = input?.kind === "tensor" ? knownDims(facts.resolveShape(input.shape)) : undefined;
  const [all, groups] = [dims && product(dims), toSizeValue(values.get("num_groups"))];
  return all && isDim(groups) && equals(all, groups) === "yes"
    ? refuse("expects more than one value in each group", printShape(dims!), input as TensorValue)
    : undefined;
}

/** The trailing sizes that a layer was made for, given as one number or several. */
function normalizedSizes(value: SizeValue): Shape | undefined {
  return isDim(value) ? [value] : isShape(value) ? value : undefined;
}

const normalized: SizeFunction = (_, names) => normalizedSizes(names("normalized_shape"));

/** The input's last dimensions must be those that the layer was made for. */
function layerNorm({ values, facts }: OperationCall): Outcome {
  const input = values.get("input");
  if (input?.kind !== "tensor") return unknown("the input is not known to be a tensor");
  const sizes = normalizedSizes(toSizeValue(values.get("normalized_shape")));
  if (sizes?.length === 0) return unknown("a normalisation over no dimensions is not modelled");
  const shape = sizes && facts.exposeBack(input.shape, sizes.length);
  if (!sizes || !shape) return tensor(facts.resolveShape(input.shape), input.dtype);
  for (let i = 1; i <= sizes.length; i++) {
    const expected = sizes.at(-i);
    const size = shape.at(-i);
    if (!size || !expected) return refuse(`expects at least ${sizes.length} dimensions`, printShape(shape), input);
    if (isRest(size) || isRest(expected) || facts.equate(size, expected) !== "no") continue;
    return refuse(`expects ${printDim(expected)} features`, size, input, shape.length - i);
  }
  return tensor(facts.resolveShape(shape), input.dtype);
}

function groupsDivideChannels(call: OperationCall): Refusal | undefined {
  const channels = toSizeValue(call.values.get("num_channels"));
  const groups = toSizeValue(call.values.get("num_groups"));
  if (!isDim(channels) || !isDim(groups)) return undefined;
  const rest = constantValue(modulo(channels, groups)) ?? 0;
  return rest === 0 ? undefined : refuse(`needs num_channels divisible by num_groups = ${printDim(groups)}`, channels);
}

export const normalizations: readonly Operation[] = [
  ...shapes.flatMap(({ rank, batch, instance, sizes }) => [
    ...module(`nn.BatchNorm${rank}d(num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)`, {
      says: "Normalises every channel over the batch, then scales and shifts it.",
      shape: `${batch} -> ${batch}`,
      functions: { channels: ownChannels },
      parameters: affine,
      buffers: running,
      sees: "place",
      example: `nn.BatchNorm${rank}d(3): (2, 3, ${sizes}) -> (2, 3, ${sizes})`,
    }),
    ...module(
      `nn.InstanceNorm${rank}d(num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False)`,
      {
        says: "Normalises every channel of every example on its own.",
        shape: `${instance} -> ${instance}`,
        functions: { channels: ownChannels },
        accepts: (call) => severalPixels(call, rank),
        parameters: affine,
        buffers: running,
        sees: "place",
        example: `nn.InstanceNorm${rank}d(3): (2, 3, ${sizes}) -> (2, 3, ${sizes})`,
      },
    ),
  ]),
  ...module("nn.LayerNorm(normalized_shape, eps=1e-05, elementwise_affine=True)", {
    says: "Normalises each example over its last dimensions.",
    result: layerNorm,
    parameters: {
      weight: "(*normalized()) if elementwise_affine",
      bias: "(*normalized()) if elementwise_affine",
    },
    functions: { normalized },
    sees: "place",
    example: "nn.LayerNorm((5, 6)): (2, 5, 6) -> (2, 5, 6)",
  }),
  ...module("nn.GroupNorm(num_groups, num_channels, eps=1e-05, affine=True)", {
    says: "Normalises groups of channels of every example.",
    shape: "(N, num_channels, *) -> (N, num_channels, *)",
    parameters: { weight: "(num_channels,) if affine", bias: "(num_channels,) if affine" },
    check: groupsDivideChannels,
    accepts: severalValues,
    sees: "place",
    example: "nn.GroupNorm(2, 6): (2, 6, 4, 4) -> (2, 6, 4, 4)",
  }),
];
