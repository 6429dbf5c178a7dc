/** The sizes that sliding windows give: convolutions, transposed convolutions and poolings, one axis after the other. */
import { atMost } from "../shape/bounds";
import { type Dim, add, constant, multiply, subtract, unknownSize } from "../shape/dim";
import { ceilDivide, floorDivide, maximum, minimum } from "../shape/division";
import { printDim } from "../shape/notation";
import { isRest, knownDims } from "../shape/shape";
import { type Refusal, refuse } from "./call";
import { type SizeFunction, type SizeNames, type SizeValue, isDim, isShape, truth } from "./sizes";

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
  const kernels = perAxis(names("kernel_size") ?? kernelOf(names("weight"), count), count);
  const strides = names("stride") === null ? kernels : perAxis(names("stride"), count);
  const dilations = perAxis(names("dilation"), count);
  const padding = names("padding");
  const paddings = typeof padding === "string" ? paddingsNamed(padding, kernels, dilations) : perAxis(padding, count);
  return kernels.map((kernel, i) => {
    const [stride, padding, dilation] = [strides[i], paddings[i], dilations[i]];
    return kernel && stride && padding && dilation ? { kernel, stride, padding, dilation } : undefined;
  });
}

/** `padding='valid'` is none; `'same'` is half of what the kernel reaches beyond one value, one more behind it where that is odd. */
function paddingsNamed(
  name: string,
  kernels: readonly (Dim | undefined)[],
  dilations: readonly (Dim | undefined)[],
): (Dim | undefined)[] {
  return kernels.map((kernel, i) => {
    if (name === "valid") return constant(0);
    const dilation = dilations[i];
    return name === "same" && kernel && dilation
      ? floorDivide(multiply(dilation, subtract(kernel, one)), constant(2))
      : undefined;
  });
}

/** The filters of a function that gets its weight with each call: the last sizes of it. */
function kernelOf(weight: SizeValue, count: number): SizeValue {
  return isShape(weight) && weight.length === count + 2 ? weight.slice(2) : undefined;
}

/** `*windows(H, W)`: the sizes behind a convolution; `padding='same'` keeps them, `'valid'` pads nothing. */
export const convolve: SizeFunction = (sizes, names) =>
  names("padding") === "same" ? (sizes as Dim[]) : slideAll(sizes, names, slide);

/** `*windows(H, W)` behind a pooling that keeps the largest values. */
export const pool: SizeFunction = (sizes, names) =>
  // Outside of training, PyTorch's one-dimensional maximum of no window at all is empty.
  poolAll(sizes, names, sizes.length === 1 && names("return_indices") !== true ? 0 : 1);

/** Likewise one that says in any case where they stood. */
export const poolIndexed: SizeFunction = (sizes, names) => poolAll(sizes, names, 1);

function poolAll(sizes: readonly SizeValue[], names: SizeNames, fewest: number): Dim[] | Refusal {
  const ceil = truth(names("ceil_mode"));
  const padding = names("padding");
  if (typeof padding === "string") return refuse("takes numbers as padding, not", `'${padding}'`);
  for (const window of windowsOf(names, sizes.length)) {
    if (window && atMost(multiply(constant(2), window.padding), window.kernel) === "no")
      return refuse(`pads at most half of its kernel of ${printDim(window.kernel)},`, printDim(window.padding));
  }
  return ceil === undefined ? sizes.map(unknownSize) : slideAll(sizes, names, ceil ? slideUp : slide, fewest);
}

/** Averages know no dilation; those of volumes want a whole window inside of the input. */
export const poolMean: SizeFunction = (sizes, names) => {
  const kernelSizes = perAxis(names("kernel_size"), sizes.length);
  const small = sizes.findIndex((size, i) => isDim(size) && kernelSizes[i] && atMost(kernelSizes[i], size) === "no");
  if (sizes.length === 3 && small >= 0)
    return refuse(`expects at least ${printDim(kernelSizes[small]!)} pixels`, sizes[small] as Dim);
  return poolAll(sizes, (name) => (name === "dilation" ? one : names(name)), 1);
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

/** `*windows(H, W)` behind a transposed layer: a size that is asked for says itself how much is added behind. */
export const convolveBackTo: SizeFunction = (sizes, names) => {
  const wanted = names("output_size");
  if (wanted === null) return convolveBack(sizes, names);
  if (!isShape(wanted) || wanted.some(isRest)) return sizes.map(unknownSize);
  const whole = sizes.length + (names("N") === null ? 1 : 2);
  if (wanted.length !== sizes.length && wanted.length !== whole)
    return refuse(`takes ${sizes.length} or ${whole} sizes in output_size, not`, `${wanted.length}`);
  const windows = windowsOf(names, sizes.length);
  const asked = knownDims(wanted)!.slice(-sizes.length);
  for (const [axis, size] of sizes.entries()) {
    const window = windows[axis];
    if (!isDim(size) || !window) continue;
    const least = slideBack(size, window, constant(0));
    const most = add(least, subtract(window.stride, one));
    if (atMost(least, asked[axis]!) === "no" || atMost(asked[axis]!, most) === "no")
      return refuse(`makes sizes from ${printDim(least)} to ${printDim(most)}, not`, asked[axis]!);
  }
  return asked;
};

/** `*adapted(H, W)`: `output_size` as it stands; where there are several axes, None keeps one of them. */
export const adapt: SizeFunction = (sizes, names) => {
  const wanted = names("output_size");
  if (wanted === null || (sizes.length === 1 && names("output_size.0") === null))
    return refuse("needs numbers in output_size, not", "None");
  const count = isShape(wanted) ? constant(wanted.length) : names("output_size.length");
  if (isDim(count) && count.key !== String(sizes.length))
    return refuse(`needs ${sizes.length} sizes in output_size, not`, count);
  const given = perAxis(wanted, sizes.length);
  return sizes.map((size, i) => {
    const own = given[i] ?? names(`output_size.${i}`);
    const chosen = own === null ? size : own;
    return isDim(chosen) ? chosen : unknownSize();
  });
};

/** `*kernels(2)`: the kernel's size on each axis, for the shape of a weight. */
export const kernels: SizeFunction = ([count], names) =>
  perAxis(names("kernel_size"), isDim(count) ? (count.terms[0]?.coefficient ?? 0) : 0).map(
    (size) => size ?? unknownSize(),
  );
