/** Convolution layers (https://pytorch.org/docs/stable/nn.html#convolution-layers). */
import { constant, constantValue, equals, isPositive, modulo } from "../shape/dim";
import { printDim } from "../shape/notation";
import { type OperationCall, type Refusal, refuse } from "./call";
import { type Operation, module } from "./define";
import { isDim, toSizeValue } from "./sizes";
import { convolve, convolveBack, kernels, perAxis } from "./windows";

const axes: Readonly<Record<number, string>> = { 1: "L", 2: "H, W", 3: "D, H, W" };

/** What PyTorch refuses when the layer is built: channels that the groups do not divide, strides that keep no size. */
function canBeBuilt(call: OperationCall): Refusal | undefined {
  const strides = perAxis(toSizeValue(call.values.get("stride")), 3);
  const moves = strides.find((size) => size && equals(size, constant(1)) === "no");
  if (toSizeValue(call.values.get("padding")) === "same" && moves)
    return refuse("keeps the size (padding='same') only with a stride of 1, not", moves);
  return groupsDivide(call);
}

function groupsDivide(call: OperationCall): Refusal | undefined {
  const groups = toSizeValue(call.values.get("groups"));
  if (!isDim(groups) || !isPositive(groups)) return undefined;
  for (const name of ["in_channels", "out_channels"]) {
    const channels = toSizeValue(call.values.get(name));
    if (!isDim(channels)) continue;
    const rest = constantValue(modulo(channels, groups));
    if (rest !== undefined && rest !== 0)
      return refuse(`needs ${name} divisible by groups = ${printDim(groups)}`, channels);
  }
  return undefined;
}

function convolution(rank: 1 | 2 | 3): Operation[] {
  const name = `nn.Conv${rank}d`;
  const sizes = axes[rank]!;
  return module(
    `${name}(in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode='zeros')`,
    {
      says: "Slides learned filters over its input.",
      shape: `(N?, in_channels, ${sizes}) -> (N?, out_channels, *windows(${sizes}))`,
      parameters: {
        weight: `(out_channels, in_channels // groups, *kernels(${rank}))`,
        bias: "(out_channels,) if bias",
      },
      functions: { windows: convolve, kernels },
      check: canBeBuilt,
      macs: `output * (in_channels // groups) * prod(kernels(${rank}))`,
      sees: "window",
      example: [
        "nn.Conv1d(3, 8, 3, stride=2): (2, 3, 32) -> (2, 8, 15)",
        "nn.Conv2d(3, 8, (3, 5), stride=2, padding=(1, 2)): (2, 3, 32, 32) -> (2, 8, 16, 16)",
        "nn.Conv3d(4, 8, 3, padding='same', groups=2): (2, 4, 8, 8, 8) -> (2, 8, 8, 8, 8)",
      ][rank - 1]!,
    },
  );
}

function transposedConvolution(rank: 1 | 2 | 3): Operation[] {
  const sizes = axes[rank]!;
  return module(
    `nn.ConvTranspose${rank}d(in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode='zeros')`,
    {
      says: "Spreads every input value over a window: the shape rule of a convolution, backwards.",
      shape: `(N?, in_channels, ${sizes}) -> (N?, out_channels, *windows(${sizes}))`,
      parameters: {
        weight: `(in_channels, out_channels // groups, *kernels(${rank}))`,
        bias: "(out_channels,) if bias",
      },
      functions: { windows: convolveBack, kernels },
      check: groupsDivide,
      macs: `output * (in_channels // groups) * prod(kernels(${rank}))`,
      example: [
        "nn.ConvTranspose1d(8, 4, 4, stride=2, padding=1): (2, 8, 16) -> (2, 4, 32)",
        "nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=1): (2, 8, 16, 16) -> (2, 4, 32, 32)",
        "nn.ConvTranspose3d(4, 2, 2, stride=2): (1, 4, 3, 3, 3) -> (1, 2, 6, 6, 6)",
      ][rank - 1]!,
    },
  );
}

export const convolutions: readonly Operation[] = ([1, 2, 3] as const).flatMap((rank) => [
  ...convolution(rank),
  ...transposedConvolution(rank),
]);
