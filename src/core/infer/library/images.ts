/** Pillow's images: how many channels and which sides, as far as a program says so (https://pillow.readthedocs.io). */
import { int, none, unknown } from "../../ops/value";
import { type Dim, constant, constantValue, newSymbol, subtract, unknownSize } from "../../shape/dim";
import { knownItems } from "../collections/lists";
import { type Value } from "../values/value";
import { type Builtin, type Functions, argument, textIn } from "./given";
import { isPicture, pictureInArray, pictureOf } from "./pictures";

const channelsOfModes: Readonly<Record<string, number>> = {
  "1": 1,
  L: 1,
  P: 1,
  I: 1,
  F: 1,
  LA: 2,
  RGB: 3,
  HSV: 3,
  YCbCr: 3,
  LAB: 3,
  RGBA: 4,
  CMYK: 4,
};

function channelsOf(mode: Value | undefined): Dim {
  const count = channelsOfModes[textIn(mode) ?? ""];
  return count === undefined ? unknownSize() : constant(count);
}

/** A method of an image, which gives another one. */
const ofImage =
  (change: (image: { channels: Dim; height: Dim; width: Dim }, given: Parameters<Builtin>[1]) => Value): Builtin =>
  (_, { positional: [image, ...positional], ...others }) =>
    image && isPicture(image) ? change(image.data, { positional, ...others }) : unknown("the image is not known");

/** Width first, unlike a tensor's sides. */
const resized = ofImage(({ channels }, given) => {
  const [width, height] = sizesIn(argument(given, 0, "size"), 2);
  return pictureOf(channels, height!, width!);
});

const cropped = ofImage(({ channels }, given) => {
  const [left, upper, right, lower] = sizesIn(argument(given, 0, "box"), 4) as [Dim, Dim, Dim, Dim];
  return pictureOf(channels, difference(lower, upper), difference(right, left));
});

function difference(end: Dim, start: Dim): Dim {
  const [last, first] = [constantValue(end), constantValue(start)];
  return last === undefined || first === undefined ? unknownSize() : subtract(end, start);
}

function sizesIn(value: Value | undefined, count: number): Dim[] {
  const items = value ? knownItems(value) : undefined;
  return Array.from({ length: count }, (_, i) => {
    const item = items?.length === count ? items[i]! : undefined;
    return item?.kind === "int" ? item.value : unknownSize();
  });
}

const same = ofImage(({ channels, height, width }) => pictureOf(channels, height, width));
/** A picture that may be turned. */
const turned = ofImage(({ channels }) => pictureOf(channels, unknownSize(), unknownSize()));

/** `image.size`: the width and the height. */
export function sizeOfImage({ height, width }: { readonly height: Dim; readonly width: Dim }): Value {
  return { kind: "tuple", items: [int(width), int(height)] };
}

const keeping = "copy filter point quantize effect_spread";
const turning = "rotate transpose transform reduce";

export const imageFunctions: Functions = [
  ["PIL.Image.open", () => pictureOf(unknownSize(), newSymbol("H", "given"), newSymbol("W", "given"))],
  [
    "PIL.Image.fromarray",
    (_, given) =>
      pictureInArray(argument(given, 0, "obj") ?? none) ??
      pictureOf(channelsOf(argument(given, 1, "mode")), unknownSize(), unknownSize()),
  ],
  [
    "PIL.Image.new",
    (_, given) => {
      const [width, height] = sizesIn(argument(given, 1, "size"), 2);
      return pictureOf(channelsOf(argument(given, 0, "mode")), height!, width!);
    },
  ],
  [
    "PIL.Image.Image.convert",
    ofImage(({ height, width }, given) => pictureOf(channelsOf(argument(given, 0, "mode")), height, width)),
  ],
  ["PIL.Image.Image.resize", resized],
  ["PIL.Image.Image.crop", cropped],
  ...keeping.split(" ").map((name) => [`PIL.Image.Image.${name}`, same] as const),
  ...turning.split(" ").map((name) => [`PIL.Image.Image.${name}`, turned] as const),
];
