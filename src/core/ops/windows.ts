/** The sizes that sliding windows give: convolutions, transposed convolutions and poolings, one axis after the other. */
import {
  type Dim,
  add,
  atMost,
  ceilDivide,
  constant,
  floorDivide,
  maximum,
  minimum,
  multiply,
  subtract,
  unknownSize,
} from "../shape/dim";
import { printDim } from "../shape/notation";
import { type Refusal, refuse } from "./call";
import { type SizeFunction, type SizeValue, isDim, isShape, truth } from "./sizes";

export interface Window {
  readonly kernel: Dim;
  readonly stride: Dim;
  readonly padding: Dim;
  readonly dilation: Dim;
}

const one = constant(1);

/** The reach of a dilated kernel: dilation·(kernel − 1) + 1. */
export function reach({ kernel, dilation }: Window): Dim {
  return add(multiply(dilation, subtract(kernel, one)), one);
}

/** ⌊(size + 2·padding − reach) / stride⌋ + 1, as in torch.nn.Conv2d's documentation. */
export function slide(size: Dim, window: Window): Dim {
  return add(floorDivide(room(size, window), window.stride), one);
}

/** Pooling with `ceil_mode`: rounds up, but never starts a window in the padding behind the input. */
export function slideUp(size: Dim, window: Window): Dim {
  const rounded = add(ceilDivide(room(size, window), window.stride), one);
  const lastStart = add(floorDivide(add(size, subtract(window.padding, one)), window.stride), one);
  return minimum(rounded, lastStart);
}

function room(size: Dim, window: Window): Dim {
  return subtract(add(size, multiply(constant(2), window.padding)), reach(window));
}

/** (size − 1)·stride − 2·padding + reach + output_padding. */
export function slideBack(size: Dim, window: Window, outputPadding: Dim): Dim {
  const spread = multiply(subtract(size, one), window.stride);
  return add(subtract(add(spread, reach(window)), multiply(constant(2), window.padding)), outputPadding);
}

/** The argument's value on each of `count` axes: one number for all, or one each. */
export function perAxis(value: SizeValue, count: number): (Dim | undefined)[] {
  const values = isShape(value) ? value : [value];
  return Array.from({ length: count }, (_, i) => {
    const own = values.length === 1 ? values[0] : values[i];
    return isDim(own as SizeValue) ? (own as Dim) : undefined;
  });
}

/** The windows that the arguments named in PyTorch's usual way describe; undefined for an axis that is not known. */
export function windowsOf(names: (name: string) => SizeValue, count: number): (Window | undefined)[] {
  const kernels = perAxis(names("kernel_size"), count);
  const strides = names("stride") === null ? kernels : perAxis(names("stride"), count);
  const paddings = perAxis(names("padding"), count);
  const dilations = perAxis(names("dilation"), count);
  return kernels.map((kernel, i) => {
    const [stride, padding, dilation] = [strides[i], paddings[i], dilations[i]];
    return kernel && stride && padding && dilation ? { kernel, stride, padding, dilation } : undefined;
  });
}

/** `*windows(H, W)`: the sizes behind a convolution; `padding='same'` keeps them, `'valid'` pads nothing. */
export const convolve: SizeFunction = (sizes, names) => {
  const padding = names("padding");
  if (padding === "same") return sizes as Dim[];
  const known =
    padding === "valid" ? (name: string): SizeValue => (name === "padding" ? constant(0) : names(name)) : names;
  return slideAll(sizes, known, slide);
};

/** `*windows(H, W)` behind a pooling. */
export const pool: SizeFunction = (sizes, names) => {
  const ceil = truth(names("ceil_mode"));
  for (const window of windowsOf(names, sizes.length)) {
    if (window && atMost(multiply(constant(2), window.padding), window.kernel) === "no")
      return refuse(`pads at most half of its kernel of ${printDim(window.kernel)},`, printDim(window.padding));
  }
  // Outside of training, PyTorch's one-dimensional maximum of no window at all is empty.
  const fewest = sizes.length === 1 && names("return_indices") === false ? 0 : 1;
  return ceil === undefined ? sizes.map(unknownSize) : slideAll(sizes, names, ceil ? slideUp : slide, fewest);
};

/** Averages know no dilation; those of volumes want a whole window inside of the input. */
export const poolMean: SizeFunction = (sizes, names) => {
  const kernelSizes = perAxis(names("kernel_size"), sizes.length);
  const small = sizes.findIndex((size, i) => isDim(size) && kernelSizes[i] && atMost(kernelSizes[i], size) === "no");
  if (sizes.length === 3 && small >= 0)
    return refuse(`expects at least ${printDim(kernelSizes[small]!)} pixels`, sizes[small] as Dim);
  return pool(sizes, (name) => (name === "dilation" ? one : names(name)));
};

function slideAll(
  sizes: readonly SizeValue[],
  names: (name: string) => SizeValue,
  rule: (size: Dim, window: Window) => Dim,
  fewest = 1,
): Dim[] | Refusal {
  const windows = windowsOf(names, sizes.length);
  const results: Dim[] = [];
  for (const [axis, size] of sizes.entries()) {
    const window = windows[axis];
    if (!isDim(size) || !window) {
      results.push(unknownSize());
      continue;
    }
    const result = rule(size, window);
    if (atMost(result, constant(fewest - 1)) === "yes") {
      const padded = add(size, multiply(constant(2), window.padding));
      return refuse(`expects at least ${printDim(reach(window))} pixels`, `${printDim(padded)} with its padding`);
    }
    results.push(result);
  }
  return results;
}

/** `*windows(H, W)` behind a transposed convolution. */
export const convolveBack: SizeFunction = (sizes, names) => {
  const windows = windowsOf(names, sizes.length);
  const outputPaddings = perAxis(names("output_padding"), sizes.length);
  const results: Dim[] = [];
  for (const [axis, size] of sizes.entries()) {
    const window = windows[axis];
    const outputPadding = outputPaddings[axis];
    if (!isDim(size) || !window || !outputPadding) {
      results.push(unknownSize());
      continue;
    }
    const most = maximum(window.stride, window.dilation);
    if (atMost(most, outputPadding) === "yes")
      return refuse(`needs an output padding below ${printDim(most)}, not`, outputPadding);
    const result = slideBack(size, window, outputPadding);
    if (atMost(result, constant(0)) === "yes") return refuse("leaves no pixel: the result has a size of", result);
    results.push(result);
  }
  return results;
};

/** `*adapted(H, W)`: `output_size` as it stands; None keeps an axis. */
export const adapt: SizeFunction = (sizes, names) => {
  const wanted = names("output_size");
  if (wanted === null) return sizes as Dim[];
  return perAxis(wanted, sizes.length).map((size) => size ?? unknownSize());
};

/** `*kernels(2)`: the kernel's size on each axis, for the shape of a weight. */
export const kernels: SizeFunction = ([count], names) =>
  perAxis(names("kernel_size"), isDim(count) ? (count.terms[0]?.coefficient ?? 0) : 0).map(
    (size) => size ?? unknownSize(),
  );
