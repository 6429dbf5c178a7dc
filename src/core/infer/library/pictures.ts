/** torchvision's transforms: what becomes of a picture, or of the tensor that it was turned into. */
import { type OpValue, tensor, unknown } from "../../ops/value";
import { type Dim, constant, isUnknown, unknownSize } from "../../shape/dim";
import { knownDims } from "../../shape/shape";
import { elementsOf } from "../elements";
import { type Picture, type Value } from "../value";
import { type Builtin, type Functions, argument, numberIn } from "./given";
import { knownItems } from "../lists";

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

const toTensor =
  (dtype: "float32" | "uint8"): Builtin =>
  () =>
    transform((sample) => {
      if (!isPicture(sample)) return noPicture;
      const { channels, height, width } = sample.data;
      return tensor([channels, height, width], dtype);
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

/** One number is the shorter side's: only of a square picture are both then known. */
const resizing: Builtin = (_, given) => {
  const size = argument(given, 0, "size");
  const sides = sidesIn(size);
  const isOne = size?.kind === "int";
  return transform((sample) =>
    resized(sample, (height, width) =>
      sides && (!isOne || height.key === width.key) ? sides : [unknownSize(), unknownSize()],
    ),
  );
};

const graying: Builtin = (_, given) => {
  const channels = numberIn(argument(given, 0, "num_output_channels") ?? { kind: "int", value: constant(1) });
  return transform((sample) =>
    isPicture(sample) && channels !== undefined
      ? { kind: "data", data: { ...sample.data, channels: constant(channels) } }
      : unknown("the channels are not known"),
  );
};

const composing: Builtin = (machine, given, site) => {
  const steps = argument(given, 0, "transforms");
  const items = steps && elementsOf(machine, steps);
  if (!items) return unknown("the transforms are not known");
  return transform((sample) =>
    items.reduce(
      (value, step) => machine.call(step, { positional: [value], keywords: new Map(), open: false }, site),
      sample,
    ),
  );
};

const calling: Builtin = (machine, given, site) => {
  const callee = argument(given, 0, "lambd");
  return callee
    ? transform((sample) => machine.call(callee, { positional: [sample], keywords: new Map(), open: false }, site))
    : unknown("the function is missing");
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
    "RandomHorizontalFlip RandomVerticalFlip RandomRotation RandomAffine ColorJitter GaussianBlur " +
      "RandomErasing RandomGrayscale RandomPerspective RandomInvert RandomPosterize RandomSolarize " +
      "RandomAdjustSharpness RandomAutocontrast RandomEqualize AutoAugment RandAugment TrivialAugmentWide AugMix " +
      "ElasticTransform",
    keeping,
  ],
  ["ToTensor", toTensor("float32")],
  ["PILToTensor ToImage", toTensor("uint8")],
  ["CenterCrop RandomCrop RandomResizedCrop", cropping],
  ["Resize", resizing],
  ["Grayscale", graying],
  ["Compose", composing],
  ["Lambda", calling],
  ["ConvertImageDtype ToDtype", converting],
  ["RandomApply RandomChoice RandomOrder RandomZoomOut RandomShortestSize ScaleJitter ToPILImage", losing],
];

export const pictureFunctions: Functions = byName.flatMap(([names, run]) =>
  names
    .split(" ")
    .flatMap((name) =>
      ["", "v2.", "transforms."].map((part) => [`torchvision.transforms.${part}${name}`, run] as const),
    ),
);
