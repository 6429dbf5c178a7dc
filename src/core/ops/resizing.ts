/** Resizing images and other grids (https://pytorch.org/docs/stable/generated/torch.nn.functional.interpolate.html). */
import { rangeOf } from "../shape/bounds";
import { type Dim, constant, constantValue, multiply, unknownSize } from "../shape/dim";
import { floorDivide } from "../shape/division";
import { printShape } from "../shape/notation";
import { type Shape, knownDims, restIndex, unknownShape } from "../shape/shape";
import { sizeOf, tensorArgument } from "./arguments";
import { type OperationCall, type Outcome, isRefusal, refuse } from "./call";
import { type Operation, module, modules, operation } from "./define";
import { type OpValue, none, tensor, unknown } from "./value";

/** How many spatial axes each mode works on; any of the three where nothing is said. */
const axesOfMode: Readonly<Record<string, number>> = { linear: 1, bilinear: 2, bicubic: 2, trilinear: 3 };

/** The mode of a layer whose name says it. */
const modeOfLayer: Readonly<Record<string, string>> = {
  "nn.UpsamplingNearest2d": "nearest",
  "nn.UpsamplingBilinear2d": "bilinear",
};

function modeOf(call: OperationCall): string | undefined {
  const mode = call.values.get("mode");
  return modeOfLayer[call.name] ?? (mode?.kind === "str" ? mode.value : undefined);
}

function resize(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  const mode = modeOf(call);
  const [size, scale] = ["size", "scale_factor"].map((name) => call.values.get(name) ?? none) as [OpValue, OpValue];
  if (size.kind === "none" && scale.kind === "none") return refuse("needs a size or a scale_factor, not", "neither");
  if (isCertain(size) && isCertain(scale)) return refuse("needs a size or a scale_factor, not", "both");
  if (!input || mode === undefined) return unknown("what is resized in which mode is not known");
  const axes = axesOfMode[mode];
  const corners = call.values.get("align_corners");
  if (axes === undefined && corners?.kind === "bool")
    return refuse(`takes align_corners only where it interpolates, not in the mode`, mode);
  const shape = axes === undefined ? call.facts.resolveShape(input.shape) : describe(call, input.shape, axes);
  const dims = knownDims(shape);
  if (!dims)
    return tensor(
      shape.length > 1 ? [...shape.slice(0, restIndex(shape)), ...unknownShape()] : unknownShape(),
      input.dtype,
    );
  const ranks = axes === undefined ? [3, 4, 5] : [axes + 2];
  if (!ranks.includes(dims.length))
    return refuse(`expects ${ranks.join(", ")} dimensions in the mode ${mode}`, printShape(dims), input);
  const spatial = dims.slice(2);
  const sizes = size.kind === "none" ? scaled(spatial, scale) : chosen(spatial.length, size);
  if (isRefusal(sizes)) return sizes;
  const empty = sizes.find((one) => rangeOf(one).max < 1);
  // An average over areas may give nothing.
  if (empty && mode !== "area") return refuse("leaves no pixel: the result has a size of", empty, input);
  return tensor(call.facts.resolveShape([...dims.slice(0, 2), ...(sizes as Dim[])]), input.dtype);
}

function isCertain({ kind }: OpValue): boolean {
  return kind === "int" || kind === "float" || kind === "tuple";
}

/** A mode that works on images says how many dimensions an input has that nobody described. */
function describe(call: OperationCall, shape: Shape, axes: number): Shape {
  const resolved = call.facts.resolveShape(shape);
  if (restIndex(resolved) !== 0 || resolved.length > 1) return resolved;
  const names = ["W", "H", "D"].slice(0, axes);
  if (axes === 1) names[0] = "L";
  call.facts.exposeBack(shape, axes + 2, [...names, "C", "B"]);
  const exposed = call.facts.resolveShape(shape);
  const rest = restIndex(exposed);
  const axis = exposed[rest];
  if (axis && "kind" in axis) call.facts.describe(axis, []);
  return call.facts.resolveShape(shape);
}

/** The wanted size on each axis. */
function chosen(axes: number, size: OpValue): readonly Dim[] | ReturnType<typeof refuse> {
  if (size.kind !== "tuple") return Array.from({ length: axes }, () => sizeOf(size) ?? unknownSize());
  if (size.items.length !== axes) return refuse(`expects ${axes} sizes`, String(size.items.length));
  return size.items.map((item) => sizeOf(item) ?? unknownSize());
}

/** Sizes times their factors, rounded down. */
function scaled(sizes: readonly Dim[], scale: OpValue): readonly Dim[] | ReturnType<typeof refuse> {
  if (scale.kind !== "tuple") return sizes.map((size) => times(size, scale));
  if (scale.items.length !== sizes.length) return refuse(`expects ${sizes.length} factors`, String(scale.items.length));
  return sizes.map((size, i) => times(size, scale.items[i]!));
}

function times(size: Dim, factor: OpValue): Dim {
  const whole = sizeOf(factor);
  if (whole) return multiply(size, whole);
  if (factor.kind !== "float" || factor.value === undefined || factor.value <= 0) return unknownSize();
  const known = constantValue(size);
  if (known !== undefined) return constant(Math.floor(known * factor.value));
  if (Number.isInteger(factor.value)) return multiply(size, constant(factor.value));
  // Halves and quarters are exact; of other fractions the rounding is not known before the size is.
  const parts = [2, 4, 8, 16, 32, 64].find((count) => Number.isInteger(factor.value! * count));
  return parts ? floorDivide(multiply(size, constant(factor.value * parts)), constant(parts)) : unknownSize();
}

const options = "size=None, scale_factor=None, mode='nearest', align_corners=None";
const says = "Resizes grids to a size or by a factor.";

export const resizings: readonly Operation[] = [
  ...module(`nn.Upsample(${options}, recompute_scale_factor=None)`, {
    says,
    result: resize,
    example: "nn.Upsample(scale_factor=2): (2, 3, 4, 5) -> (2, 3, 8, 10)",
  }),
  ...modules(
    ["nn.UpsamplingNearest2d(size=None, scale_factor=None)", "nn.UpsamplingBilinear2d(size=None, scale_factor=None)"],
    {
      says,
      result: resize,
      example: "nn.UpsamplingNearest2d(scale_factor=2): (2, 3, 4, 5) -> (2, 3, 8, 10)",
    },
  ),
  ...operation(`F.interpolate(input, ${options}, recompute_scale_factor=None, antialias=False)`, {
    says,
    result: resize,
    example: "F.interpolate(x, size=(7, 9), mode='bilinear'): (2, 3, 4, 5) -> (2, 3, 7, 9)",
  }),
  ...operation(`F.upsample(input, ${options})`, {
    says,
    result: resize,
    example: "F.upsample(x, scale_factor=0.5): (2, 3, 4, 5) -> (2, 3, 2, 2)",
  }),
];
