/** torchvision's transforms: what becomes of a picture, or of the tensor that it was turned into. */
import { type OpValue, bool, int, none, tensor, unknown } from "../../ops/value";
import { type Dim, add, constant, constantValue, isUnknown, unknownSize } from "../../shape/dim";
import { knownDims } from "../../shape/shape";
import { elementsOf } from "../collections/elements";
import { join } from "../values/join";
import { args } from "../machine";
import { truthOf } from "../values/truth";
import { type Picture, type Value } from "../values/value";
import { type Builtin, type Functions, argument, numberIn } from "./given";
import { knownItems } from "../collections/lists";
import { tensorInArray } from "../tensors/arrays";

export function pictureOf(channels: Dim, height: Dim, width: Dim): Value {
  return { kind: "data", data: { is: "picture", channels, height, width } };
}

function transform(change: (sample: Value) => Value): Value {
  return { kind: "data", data: { is: "transform", change } };
}

const noPicture = unknown("the sample is not known to be a picture");

export function isPicture(value: Value): value is Value & { kind: "data"; data: Picture } {
  return value.kind === "data" && value.data.is === "picture";
}

/** Leaves the shape of a picture or tensor as it is. */
const keeping: Builtin = () => transform((sample) => sample);

/** A mean for each channel says how many there are. */
const normalizing: Builtin = (machine, given) => {
  const mean = argument(given, 0, "mean");
  const count = (mean && elementsOf(machine, mean))?.length ?? 1;
  return transform((sample) => {
    const dims = sample.kind === "tensor" ? knownDims(sample.shape) : undefined;
    if (sample.kind !== "tensor" || !dims || dims.length < 3 || count < 2 || !isUnknown(dims.at(-3)!)) return sample;
    return tensor([...dims.slice(0, -3), constant(count), ...dims.slice(-2)], sample.dtype);
  });
};

/** An array of two axes has one channel, one of three has its channels last. */
export function pictureInArray(sample: Value): (Value & { kind: "data"; data: Picture }) | undefined {
  const inside = tensorInArray(sample);
  const dims = inside && knownDims(inside.shape);
  const [height, width, channels = constant(1)] = dims ?? [];
  const isPlane = dims?.length === 2 || dims?.length === 3;
  return isPlane && height && width ? { kind: "data", data: { is: "picture", channels, height, width } } : undefined;
}

/** Bytes become fractions of one; arrays of other numbers keep their type. */
const toTensor =
  (dtype: "float32" | "uint8"): Builtin =>
  () =>
    transform((sample) => {
      const picture = isPicture(sample) ? sample : pictureInArray(sample);
      if (!picture) return noPicture;
      const { channels, height, width } = picture.data;
      const own = tensorInArray(sample);
      return tensor([channels, height, width], own && own.dtype !== "uint8" ? own.dtype : dtype);
    });

/** What it makes of a sample is not modelled. */
const losing: Builtin = () => transform(() => noPicture);

/** New sides for a picture, or for a tensor whose last dimensions are its sides. */
function resized(sample: Value, sides: (height: Dim, width: Dim) => readonly [Dim, Dim]): Value {
  if (isPicture(sample)) {
    const [height, width] = sides(sample.data.height, sample.data.width);
    return { kind: "data", data: { ...sample.data, height, width } };
  }
  const dims = sample.kind === "tensor" ? knownDims(sample.shape) : undefined;
  if (sample.kind !== "tensor" || !dims || dims.length < 2) return noPicture;
  return tensor([...dims.slice(0, -2), ...sides(dims.at(-2)!, dims.at(-1)!)], sample.dtype);
}

/** A number for a square, or both sides; undefined where they are not known. */
function sidesIn(value: Value | undefined): readonly [Dim, Dim] | undefined {
  const number = numberIn(value);
  if (number !== undefined) return [constant(number), constant(number)];
  const items = value && knownItems(value);
  const numbers = items?.map(numberIn);
  if (!numbers || numbers.includes(undefined) || numbers.length > 2) return undefined;
  return [constant(numbers[0]!), constant(numbers.at(-1)!)];
}

const cropping: Builtin = (_, given) => {
  const sides = sidesIn(argument(given, 0, "size"));
  return transform((sample) => resized(sample, () => sides ?? [unknownSize(), unknownSize()]));
};

/** One number is the shorter side's; the longer one's follows from it. */
const resizing: Builtin = (_, given) => {
  const size = argument(given, 0, "size");
  const longest = argument(given, 2, "max_size");
  return transform((sample) =>
    resized(sample, (height, width) => sidesAfter(size, height, width, longest && longest.kind !== "none")),
  );
};

function sidesAfter(size: Value | undefined, height: Dim, width: Dim, isLimited = false): readonly [Dim, Dim] {
  const items = (size && knownItems(size)) ?? [];
  const shorter = numberIn(items.length === 1 ? items[0] : size);
  const isOne = size?.kind === "int" || items.length === 1;
  const open = [unknownSize(), unknownSize()] as const;
  if (!isOne) return sidesIn(size) ?? open;
  if (isLimited || shorter === undefined) return open;
  return height.key === width.key
    ? [constant(shorter), constant(shorter)]
    : (byShorter(height, width, shorter) ?? open);
}

function byShorter(height: Dim, width: Dim, shorter: number): readonly [Dim, Dim] | undefined {
  const [h, w] = [constantValue(height), constantValue(width)];
  if (h === undefined || w === undefined) return undefined;
  const longer = constant(Math.trunc((shorter * Math.max(h, w)) / Math.min(h, w)));
  return h < w ? [constant(shorter), longer] : [longer, constant(shorter)];
}

/** A number for all sides, for left and right and for top and bottom, or left, top, right and bottom. */
const padding: Builtin = (_, given) => {
  const widths = argument(given, 0, "padding");
  const numbers = widths?.kind === "int" ? [widths] : widths && knownItems(widths);
  const [left, top = left, right = left, bottom = top] = (numbers ?? []).map(numberIn);
  const isKnown = [left, top, right, bottom].every((width) => width !== undefined);
  return transform((sample) =>
    resized(sample, (height, width) =>
      isKnown
        ? [add(height, constant(top! + bottom!)), add(width, constant(left! + right!))]
        : [unknownSize(), unknownSize()],
    ),
  );
};

const graying: Builtin = (_, given) => {
  const channels = numberIn(argument(given, 0, "num_output_channels") ?? int(1));
  return transform((sample) => {
    const dims = sample.kind === "tensor" ? knownDims(sample.shape) : undefined;
    if (channels === undefined) return unknown("the channels are not known");
    if (isPicture(sample)) return { kind: "data", data: { ...sample.data, channels: constant(channels) } };
    return sample.kind === "tensor" && dims && dims.length > 2
      ? tensor([...dims.slice(0, -3), constant(channels), ...dims.slice(-2)], sample.dtype)
      : noPicture;
  });
};

/** A picture of a tensor, whose channels come first, or of an array. */
const toPicture: Builtin = () =>
  transform((sample) => {
    const dims = sample.kind === "tensor" ? knownDims(sample.shape) : undefined;
    const [channels, height, width] = dims?.length === 2 ? [constant(1), ...dims] : (dims ?? []);
    if (!dims) return pictureInArray(sample) ?? noPicture;
    return dims.length < 4 && channels && height && width ? pictureOf(channels, height, width) : noPicture;
  });

/** Turned into a frame that holds all of it, a picture has other sides. */
const rotating: Builtin = (machine, given, site) => {
  const isExpanded = truthOf(argument(given, 2, "expand") ?? bool(false));
  return isExpanded === false ? keeping(machine, given, site) : losing(machine, given, site);
};

/** Steps of which none, some or all are done: only what they all leave alone is known. */
const perhaps: Builtin = (machine, given, site) => {
  const steps = elementsOf(machine, argument(given, 0, "transforms") ?? none);
  if (!steps) return unknown("the transforms are not known");
  return transform((sample) =>
    steps.reduce((value, step) => join(value, machine.call(step, args(value), site), machine.facts), sample),
  );
};

const composing: Builtin = (machine, given, site) => {
  const steps = argument(given, 0, "transforms");
  const items = steps && elementsOf(machine, steps);
  if (!items) return unknown("the transforms are not known");
  return transform((sample) => items.reduce((value, step) => machine.call(step, args(value), site), sample));
};

const calling: Builtin = (machine, given, site) => {
  const callee = argument(given, 0, "lambd");
  return callee ? transform((sample) => machine.call(callee, args(sample), site)) : unknown("the function is missing");
};

const converting: Builtin = (_, given) => {
  const dtype = argument(given, 0, "dtype") as OpValue | undefined;
  return transform((sample) =>
    sample.kind === "tensor" ? tensor(sample.shape, dtype?.kind === "dtype" ? dtype.dtype : undefined) : noPicture,
  );
};

// https://pytorch.org/vision/stable/transforms.html
const byName: readonly (readonly [names: string, run: Builtin])[] = [
  ["Normalize", normalizing],
  [
    "RandomHorizontalFlip RandomVerticalFlip RandomAffine ColorJitter GaussianBlur " +
      "RandomErasing RandomGrayscale RandomPerspective RandomInvert RandomPosterize RandomSolarize " +
      "RandomAdjustSharpness RandomAutocontrast RandomEqualize AutoAugment RandAugment TrivialAugmentWide AugMix " +
      "ElasticTransform",
    keeping,
  ],
  ["ToTensor", toTensor("float32")],
  ["PILToTensor ToImage", toTensor("uint8")],
  ["RandomRotation", rotating],
  ["Pad", padding],
  ["ToPILImage", toPicture],
  ["RandomApply RandomOrder RandomChoice", perhaps],
  ["CenterCrop RandomCrop RandomResizedCrop", cropping],
  ["Resize", resizing],
  ["Grayscale", graying],
  ["Compose", composing],
  ["Lambda", calling],
  ["ConvertImageDtype ToDtype", converting],
  ["RandomZoomOut RandomShortestSize ScaleJitter", losing],
];

/** The functions are called with the picture first, and then with what the transform of the kind is built of. */
const functional: readonly (readonly [names: string, run: Builtin])[] = [
  ["normalize", normalizing],
  [
    "hflip vflip adjust_brightness adjust_contrast adjust_saturation adjust_hue adjust_gamma adjust_sharpness affine " +
      "perspective gaussian_blur erase invert posterize solarize autocontrast equalize",
    keeping,
  ],
  ["to_tensor", toTensor("float32")],
  ["pil_to_tensor", toTensor("uint8")],
  ["to_pil_image", toPicture],
  ["center_crop", cropping],
  ["resize", resizing],
  ["pad", padding],
  ["rotate", rotating],
  ["to_grayscale rgb_to_grayscale", graying],
  ["convert_image_dtype", converting],
];

const called =
  (make: Builtin): Builtin =>
  (machine, { positional: [image, ...positional], keywords, open }, site) => {
    const sample = image ?? keywords.get("img") ?? keywords.get("inpt") ?? keywords.get("image");
    const made = make(machine, { positional, keywords, open }, site);
    return sample && !open && made.kind === "data" && made.data.is === "transform"
      ? made.data.change(sample)
      : noPicture;
  };

/** `crop(image, top, left, height, width)`, and `resized_crop` with the size that it is brought to. */
const cut =
  (isResized: boolean): Builtin =>
  (_, given) => {
    const sample = argument(given, 0, "img") ?? noPicture;
    const [height, width] = [argument(given, 3, "height"), argument(given, 4, "width")];
    const side = (value: Value | undefined): Dim => (value?.kind === "int" ? value.value : unknownSize());
    const sides = [side(height), side(width)] as const;
    return resized(sample, () => (isResized ? sidesAfter(argument(given, 5, "size"), ...sides) : sides));
  };

const functionalOf: Functions = [
  ...functional.flatMap(([names, run]) => names.split(" ").map((name) => [name, called(run)] as const)),
  ["crop", cut(false)],
  ["resized_crop", cut(true)],
];

export const pictureFunctions: Functions = [
  ...byName.flatMap(([names, run]) =>
    names
      .split(" ")
      .flatMap((name) =>
        ["", "v2.", "transforms."].map((part) => [`torchvision.transforms.${part}${name}`, run] as const),
      ),
  ),
  ...functionalOf.flatMap(([name, run]) =>
    ["", "v2."].map((part) => [`torchvision.transforms.${part}functional.${name}`, run] as const),
  ),
];
