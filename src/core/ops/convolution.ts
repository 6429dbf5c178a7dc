/** Convolution layers (https://pytorch.org/docs/stable/nn.html#convolution-layers). */
import { equals, isPositive, atMost } from "../shape/bounds";
import { type Dim, constant, constantValue, multiply } from "../shape/dim";
import { modulo } from "../shape/division";
import { printDim } from "../shape/notation";
import { type OperationCall, type Refusal, refuse } from "./call";
import { type Operation, module, functions } from "./define";
import { biasFits, evenly, weightSize } from "./requirements";
import { type SizeFunction, isDim, toSizeValue } from "./sizes";
import { convolve, convolveBack, convolveBackTo, kernels, perAxis, slide } from "./windows";

const axes: Readonly<Record<number, string>> = { 1: "L", 2: "H, W", 3: "D, H, W" };

/** What PyTorch refuses when the layer is built: channels that the groups do not divide, strides that keep no size. */
function canBeBuilt(call: OperationCall): Refusal | undefined {
  return keepsSizeOrMoves(call) ?? groupsDivide(call);
}

function keepsSizeOrMoves(call: OperationCall): Refusal | undefined {
  const padding = toSizeValue(call.values.get("padding"));
  if (typeof padding === "string" && padding !== "same" && padding !== "valid")
    return refuse("needs a padding of 'same' or 'valid', or numbers, not", padding);
  const strides = perAxis(toSizeValue(call.values.get("stride")), 3);
  const moves = strides.find((size) => size && equals(size, constant(1)) === "no");
  if (padding === "same" && moves) return refuse("keeps the size (padding='same') only with a stride of 1, not", moves);
  return undefined;
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

/** What the windows of a layer must be like when it is called. */
function windowed(rank: number): Record<string, string> {
  const several = (name: string): string => `length(${name}) == 1 or length(${name}) == ${rank}`;
  return {
    [`length(kernel_size) == ${rank}`]: `${rank} numbers in kernel_size`,
    [several("stride")]: `one stride, or ${rank}`,
    [several("dilation")]: `one dilation, or ${rank}`,
    "least(kernel_size) > 0": "a positive kernel_size",
    "least(stride) > 0": "a positive stride",
    "least(dilation) > 0": "a positive dilation",
    "least(padding) >= 0": "a padding of at least 0",
    "out_channels > 0": "a positive out_channels",
  };
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
      requiresToRun: windowed(rank),
      requires: {
        "groups > 0": "at least one group in groups",
        "padding_mode == 'zeros' or padding_mode == 'reflect' or padding_mode == 'replicate' or padding_mode == 'circular'":
          "a padding_mode of 'zeros', 'reflect', 'replicate' or 'circular'",
      },
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
      forward: "forward(input, output_size=None)",
      functions: { windows: convolveBackTo, kernels },
      requiresToRun: windowed(rank),
      requires: {
        "groups > 0": "at least one group in groups",
        "padding_mode == 'zeros'": "a padding_mode of 'zeros'",
      },
      check: groupsDivide,
      macs: `(N or 1) * in_channels * ${sizes.replaceAll(",", " *")} * (out_channels // groups) * prod(kernels(${rank}))`,
      example: [
        "nn.ConvTranspose1d(8, 4, 4, stride=2, padding=1): (2, 8, 16) -> (2, 4, 32)",
        "nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=1): (2, 8, 16, 16) -> (2, 4, 32, 32)",
        "nn.ConvTranspose3d(4, 2, 2, stride=2): (1, 4, 3, 3, 3) -> (1, 2, 6, 6, 6)",
      ][rank - 1]!,
    },
  );
}

/** A window's kernel as the weight's own shape says it. */
function ofWeight(rule: SizeFunction, letters: string): SizeFunction {
  const kernel = letters.split(", ").map((letter) => `k${letter}`);
  return (sizes, names) =>
    rule(sizes, (name) => (name === "kernel_size" ? (kernel.map((size) => names(size)) as Dim[]) : names(name)));
}

/** The steps of a sequence behind a convolution of stride 1; none at all may be left. */
const slideTime: SizeFunction = ([steps, kernel, padding]) => {
  if (!isDim(steps) || !isDim(kernel) || !isDim(padding)) return undefined;
  const left = slide(steps, { kernel, padding, stride: constant(1), dilation: constant(1) });
  return atMost(left, constant(-1)) === "yes" ? refuse(`expects at least ${printDim(kernel)} steps`, steps) : left;
};

/** The functions, which get their weights with every call. */
function withWeights(rank: 1 | 2 | 3): Operation[] {
  const sizes = axes[rank]!;
  const kernel = sizes.replace(/\w/g, "k$&");
  const volume = kernel.replaceAll(",", " *");
  const [short, long] = [Array(rank).fill(8).join(", "), Array(rank).fill(6).join(", ")];
  const stated = `(2, 4, ${short})`;
  return [
    ...functions(
      ["F", "torch"].map(
        (place) => `${place}.conv${rank}d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1)`,
      ),
      {
        says: "Slides given filters over its input.",
        shape: `(N?, in_channels, ${sizes}), (out_channels, evenly(in_channels, groups), ${kernel}) -> (N?, out_channels, *windows(${sizes}))`,
        functions: { windows: ofWeight(convolve, sizes), evenly },
        requires: { "weight[0] % groups == 0": "filters whose number the groups divide" },
        check: (call) => keepsSizeOrMoves(call) ?? biasFits(call, weightSize(call, 0)),
        macs: `output * (in_channels // groups) * ${volume}`,
        sees: "window",
        example: `F.conv${rank}d(x, y): ${stated}, (5, 4${", 3".repeat(rank)}) -> (2, 5, ${long})`,
      },
    ),
    ...functions(
      ["F", "torch"].map(
        (place) =>
          `${place}.conv_transpose${rank}d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1)`,
      ),
      {
        says: "Spreads every input value over a window of given filters.",
        shape: `(N?, in_channels, ${sizes}), (in_channels, out_channels, ${kernel}) -> (N?, out_channels * groups, *windows(${sizes}))`,
        functions: { windows: ofWeight(convolveBack, sizes) },
        requires: { "weight[0] % groups == 0": "input channels that the groups divide" },
        check: (call) => {
          const [size, groups] = [weightSize(call, 1), toSizeValue(call.values.get("groups"))];
          return biasFits(call, size && isDim(groups) ? multiply(size, groups) : undefined);
        },
        macs: `(N or 1) * in_channels * ${sizes.replaceAll(",", " *")} * out_channels * ${volume}`,
        example: `F.conv_transpose${rank}d(x, y): (2, 4, ${long}), (4, 5${", 3".repeat(rank)}) -> (2, 5, ${short})`,
      },
    ),
  ];
}

export const convolutions: readonly Operation[] = [
  ...([1, 2, 3] as const).flatMap((rank) => [
    ...convolution(rank),
    ...transposedConvolution(rank),
    ...withWeights(rank),
  ]),
  ...functions(["F.conv_tbc(input, weight, bias, pad=0)", "torch.conv_tbc(input, weight, bias, pad=0)"], {
    says: "Slides given filters over sequences whose dimensions are time, batch and channels.",
    shape:
      "(T, N, in_channels), (kernel, in_channels, out_channels), (out_channels,) -> (times(T, kernel, pad), N, out_channels)",
    functions: { times: slideTime },
    macs: "output * kernel * in_channels",
    example: "F.conv_tbc(x, y, z, 1): (9, 2, 4), (3, 4, 5), (5,) -> (9, 2, 5)",
  }),
];
