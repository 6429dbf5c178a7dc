/** Rearranging and sampling the pixels of images (https://pytorch.org/docs/stable/nn.html#vision-layers). */
import { equals } from "../shape/bounds";
import { constant, constantValue, multiply, product, unknownSize } from "../shape/dim";
import { printDim, printShape } from "../shape/notation";
import { type Shape, isRest, knownDims } from "../shape/shape";
import { type Refusal, refuse } from "./call";
import { type Operation, modules, operation, functions } from "./define";
import { evenly } from "./requirements";
import { type SizeFunction, type SizeValue, isDim, isShape } from "./sizes";
import { convolve, kernels, perAxis } from "./windows";

/** A fold puts back exactly as many columns as sliding over its result would give. */
const folded: SizeFunction = ([columns], names): SizeValue | Refusal => {
  const sizes = perAxis(names("output_size"), 2);
  if (!sizes.every((size) => size !== undefined)) return sizes.map(unknownSize);
  const slid = convolve(sizes, names);
  if (!Array.isArray(slid)) return slid;
  const dims = knownDims(slid as Shape);
  const expected = dims && product(dims);
  const fits = !isDim(columns) || !expected || equals(columns, expected) !== "no";
  return fits ? sizes : refuse(`expects ${printDim(expected)} columns`, columns);
};

/** The grid's own sizes; it has as many axes as it has coordinates, and as the input has. */
const sampled: SizeFunction = (_, names) => {
  const [grid, axes] = [names("out"), names("*")];
  if (!isShape(grid) || !isShape(axes)) return undefined;
  if (grid.some(isRest) || axes.some(isRest)) return undefined;
  return grid.length === axes.length
    ? grid
    : refuse(`expects a grid of ${axes.length} axes`, `${grid.length}, ${printShape(grid)}`);
};

const coordinates: SizeFunction = (_, names) => {
  const axes = names("*");
  return isShape(axes) && knownDims(axes) ? constant(axes.length) : undefined;
};

/** The sizes of a grid: those of the wanted result, and a place in the input for each. */
const gridSizes: SizeFunction = (_, names) => {
  const size = names("size");
  return isShape(size) ? [...size.slice(2), constant(size.length - 2)] : undefined;
};

const axesOfSize: SizeFunction = ([more], names) => {
  const size = names("size");
  return isShape(size) && isDim(more) ? constant(size.length - 2 + constantValue(more)!) : undefined;
};

const square: SizeFunction = ([size]) => (isDim(size) ? multiply(size, size) : undefined);

const shuffle = {
  says: "Turns channels into pixels.",
  shape: "(*, C, H, W) -> (*, evenly(C, square(upscale_factor)), H * upscale_factor, W * upscale_factor)",
  functions: { evenly, square },
};
const unshuffle = {
  says: "Turns pixels into channels.",
  shape: "(*, C, H, W) -> (*, C * square(downscale_factor), evenly(H, downscale_factor), evenly(W, downscale_factor))",
  functions: { evenly, square },
};
const channelShuffle = {
  says: "Interleaves the groups of its channels.",
  shape: "(N, C, *) -> (N, evenly(C, groups) * groups, *)",
  functions: { evenly },
};
const unfolding = {
  says: "Copies every window of its input into a column.",
  shape: "(N?, C, H, W) -> (N?, C * prod(kernels(2)), prod(columns(H, W)))",
  functions: { kernels, columns: convolve },
};
const folding = {
  says: "Adds columns up where their windows stand in the result.",
  shape: "(N?, C, L) -> (N?, evenly(C, prod(kernels(2))), *folded(L))",
  functions: { kernels, evenly, folded },
};
const windows = "kernel_size, dilation=1, padding=0, stride=1";

export const visions: readonly Operation[] = [
  ...modules(["nn.PixelShuffle(upscale_factor)"], {
    ...shuffle,
    example: "nn.PixelShuffle(2): (2, 8, 3, 4) -> (2, 2, 6, 8)",
  }),
  ...functions(["F.pixel_shuffle(input, upscale_factor)", "torch.pixel_shuffle(input, upscale_factor)"], {
    ...shuffle,
    example: "F.pixel_shuffle(x, 2): (2, 8, 3, 4) -> (2, 2, 6, 8)",
  }),
  ...modules(["nn.PixelUnshuffle(downscale_factor)"], {
    ...unshuffle,
    example: "nn.PixelUnshuffle(2): (2, 2, 6, 8) -> (2, 8, 3, 4)",
  }),
  ...functions(["F.pixel_unshuffle(input, downscale_factor)", "torch.pixel_unshuffle(input, downscale_factor)"], {
    ...unshuffle,
    example: "F.pixel_unshuffle(x, 2): (2, 2, 6, 8) -> (2, 8, 3, 4)",
  }),
  ...modules(["nn.ChannelShuffle(groups)"], {
    ...channelShuffle,
    example: "nn.ChannelShuffle(2): (2, 6, 3, 4) -> (2, 6, 3, 4)",
  }),
  ...functions(["F.channel_shuffle(input, groups)", "torch.channel_shuffle(input, groups)"], {
    ...channelShuffle,
    example: "F.channel_shuffle(x, 2): (2, 6, 3, 4) -> (2, 6, 3, 4)",
  }),
  ...modules([`nn.Unfold(${windows})`], {
    ...unfolding,
    example: "nn.Unfold(3, padding=1, stride=2): (2, 4, 8, 9) -> (2, 36, 20)",
  }),
  ...operation(`F.unfold(input, ${windows})`, {
    ...unfolding,
    example: "F.unfold(x, (2, 3)): (2, 4, 8, 9) -> (2, 24, 49)",
  }),
  ...modules([`nn.Fold(output_size, ${windows})`], {
    ...folding,
    example: "nn.Fold((4, 5), 2): (2, 12, 12) -> (2, 3, 4, 5)",
  }),
  ...operation(`F.fold(input, output_size, ${windows})`, {
    ...folding,
    example: "F.fold(x, (4, 5), (2, 2)): (2, 12, 12) -> (2, 3, 4, 5)",
  }),
  ...operation("F.grid_sample(input, grid, mode='bilinear', padding_mode='zeros', align_corners=None)", {
    says: "Reads the input at the places that a grid names, between pixels too.",
    shape: "(N, C, *), (N, *out, coordinates()) -> (N, C, *sampled())",
    functions: { coordinates, sampled },
    example: "F.grid_sample(x, y): (2, 3, 8, 9), (2, 4, 5, 2) -> (2, 3, 4, 5)",
  }),
  ...operation("F.affine_grid(theta, size, align_corners=None)", {
    says: "The places in an image that an affine transformation sends the pixels of the result to.",
    shape: "(N, axes(0), axes(1)) -> (N, *places())",
    functions: { places: gridSizes, axes: axesOfSize },
    example: "F.affine_grid(x, (2, 3, 4, 5)): (2, 2, 3) -> (2, 4, 5, 2)",
  }),
];
