/** Lazy layers (https://pytorch.org/docs/stable/nn.html#lazy-modules-initialization). */
import { type Operation, module } from "./define";
import { unknown } from "./value";

const says = "Takes the size that it does not name from its first input.";
const result = (): ReturnType<typeof unknown> => unknown("it runs as the layer that it becomes");
const window = "out_channels, kernel_size, stride=1, padding=0";
const statistics = "eps=1e-05, momentum=0.1, affine=True, track_running_stats=True";

const ranks = [
  { rank: 1, input: "(2, 3, 8)", output: "(2, 4, 6)", spread: "(2, 4, 10)" },
  { rank: 2, input: "(2, 3, 8, 8)", output: "(2, 4, 6, 6)", spread: "(2, 4, 10, 10)" },
  { rank: 3, input: "(2, 3, 8, 8, 8)", output: "(2, 4, 6, 6, 6)", spread: "(2, 4, 10, 10, 10)" },
];

export const lazies: readonly Operation[] = [
  ...module("nn.LazyLinear(out_features, bias=True)", {
    says,
    result,
    becomes: { layer: "nn.Linear", argument: "in_features", axis: -1 },
    example: "nn.LazyLinear(4): (2, 3) -> (2, 4)",
  }),
  ...ranks.flatMap(({ rank, input, output, spread }) => [
    ...module(`nn.LazyConv${rank}d(${window}, dilation=1, groups=1, bias=True, padding_mode='zeros')`, {
      says,
      result,
      becomes: { layer: `nn.Conv${rank}d`, argument: "in_channels", axis: -rank - 1 },
      example: `nn.LazyConv${rank}d(4, 3): ${input} -> ${output}`,
    }),
    ...module(
      `nn.LazyConvTranspose${rank}d(${window}, output_padding=0, groups=1, bias=True, dilation=1, padding_mode='zeros')`,
      {
        says,
        result,
        becomes: { layer: `nn.ConvTranspose${rank}d`, argument: "in_channels", axis: -rank - 1 },
        example: `nn.LazyConvTranspose${rank}d(4, 3): ${input} -> ${spread}`,
      },
    ),
    ...module(`nn.LazyBatchNorm${rank}d(${statistics})`, {
      says,
      result,
      becomes: { layer: `nn.BatchNorm${rank}d`, argument: "num_features", axis: 1 },
      example: `nn.LazyBatchNorm${rank}d(): ${input} -> ${input}`,
    }),
    ...module(`nn.LazyInstanceNorm${rank}d(${statistics})`, {
      says,
      result,
      becomes: { layer: `nn.InstanceNorm${rank}d`, argument: "num_features", axis: -rank - 1 },
      example: `nn.LazyInstanceNorm${rank}d(): ${input} -> ${input}`,
    }),
  ]),
];
