/** Fourier transforms (https://pytorch.org/docs/stable/fft.html). */
import { type Dim, add, constant, multiply, subtract, unknownSize } from "../shape/dim";
import { floorDivide } from "../shape/division";
import { printShape, printDim } from "../shape/notation";
import { knownDims } from "../shape/shape";
import { axisIndex, integersArgument, sizeOf, flagArgument } from "./arguments";
import { along, exposeAll, inputOf, keep, knownIntegers, noRank, noTensor, withSizes } from "./axes";
import { type OperationCall, type Outcome, refuse } from "./call";
import { type Operation, functions } from "./define";
import { type DType } from "./dtype";
import { tensor, unknown } from "./value";

/** What a transform does to the size of its last dimension, and its results' type. */
type Kind = "complex" | "half" | "whole";

const one = constant(1);
const two = constant(2);

function lengthOf(kind: Kind, size: Dim, given: Dim | undefined): Dim {
  if (kind === "half") return add(floorDivide(given ?? size, two), one);
  if (kind === "whole") return given ?? multiply(two, subtract(size, one));
  return given ?? size;
}

function typeOf(kind: Kind, dtype: DType | undefined): DType | undefined {
  const isWide = dtype === "float64" || dtype === "complex128";
  if (dtype === undefined) return undefined;
  return kind === "whole" ? (isWide ? "float64" : "float32") : isWide ? "complex128" : "complex64";
}

/** One dimension. */
function transform(kind: Kind): (call: OperationCall) => Outcome {
  return along((place, call) => {
    const given = call.values.get("n");
    const length = sizeOf(given);
    if (!place.size || (given?.kind !== "none" && !length)) return unknown("the length of the transform is not known");
    return tensor(withSizes(place, lengthOf(kind, place.size, length)), typeOf(kind, place.input.dtype));
  });
}

/** Several dimensions: the last ones of as many sizes as are given, or all; the last of them is halved or doubled. */
function transforms(kind: Kind): (call: OperationCall) => Outcome {
  return (call) => {
    const input = inputOf(call);
    if (!input) return noTensor;
    const [sizes, dims] = ["s", "dim"].map((name) => call.values.get(name));
    const given = sizes?.kind === "none" ? undefined : integersArgument(call, "s");
    const named = dims?.kind === "none" ? undefined : knownIntegers(integersArgument(call, "dim"));
    if ((sizes?.kind !== "none" && !given) || (dims?.kind !== "none" && !named))
      return unknown("the dimensions are not known");
    const shape = named ? exposeAll(call, input, named) : call.facts.resolveShape(input.shape);
    const rank = knownDims(shape)?.length;
    if (rank === undefined && !named) return noRank;
    const count = given?.length ?? rank ?? 0;
    const axes = named
      ? named.map((dim) => axisIndex(shape, dim))
      : Array.from({ length: count }, (_, i) => rank! - count + i);
    if (axes.includes(undefined) || axes.length === 0)
      return rank === undefined ? noRank : refuse("has not the dimensions to transform:", printShape(shape), input);
    const result = [...shape] as Dim[];
    axes.forEach((axis, i) => {
      const size = given?.[i];
      const length = size?.key === "-1" ? undefined : size;
      result[axis!] =
        given && !size ? unknownSize() : lengthOf(i === axes.length - 1 ? kind : "complex", result[axis!]!, length);
    });
    return tensor(result, typeOf(kind, input.dtype));
  };
}

function frequencies(half: boolean): (call: OperationCall) => Outcome {
  return (call) => {
    const size = sizeOf(call.values.get("n"));
    const dtype = call.values.get("dtype");
    if (!size) return unknown("how many frequencies is not known");
    return tensor([half ? add(floorDivide(size, two), one) : size], dtype?.kind === "dtype" ? dtype.dtype : "float32");
  };
}

/** Windows of a signal and their transforms. */
function shortTime(call: OperationCall): Outcome {
  const input = inputOf(call);
  const dims = input && knownDims(call.facts.resolveShape(input.shape));
  const [length, hop] = ["n_fft", "hop_length"].map((name) => call.values.get(name));
  const window = sizeOf(length);
  const step = hop?.kind === "none" && window ? floorDivide(window, constant(4)) : sizeOf(hop);
  const [center, half, complex] = ["center", "onesided", "return_complex"].map((name) => call.values.get(name));
  if (!input || !dims || !window || !step || center?.kind !== "bool" || center.value === undefined)
    return unknown("the signal or the windows are not known");
  if (half?.kind === "bool" && half.value !== true) return unknown("two-sided transforms are not modelled");
  if (complex?.kind !== "bool" || complex.value !== true || input.dtype?.startsWith("complex") !== false)
    return unknown("whether the result is complex is not known");
  const padded = center.value ? add(dims.at(-1)!, multiply(two, floorDivide(window, two))) : dims.at(-1)!;
  const frames = add(floorDivide(subtract(padded, window), step), one);
  return tensor([...dims.slice(0, -1), add(floorDivide(window, two), one), frames], typeOf("complex", input.dtype));
}

/** Puts the windows of a signal together again: their transforms stand in the last two dimensions. */
function shortTimeBack(call: OperationCall): Outcome {
  const input = inputOf(call);
  const dims = input && knownDims(call.facts.resolveShape(input.shape));
  const [size, hop, length] = ["n_fft", "hop_length", "length"].map((name) => call.values.get(name));
  const window = sizeOf(size);
  const step = hop?.kind === "none" && window ? floorDivide(window, constant(4)) : sizeOf(hop);
  const flags = ["center", "return_complex"].map((name) => flagArgument(call, name));
  const isWhole = call.values.get("onesided")?.kind === "bool" && flagArgument(call, "onesided") === false;
  if (!input || !dims || !window || !step || flags[0] === undefined || flags[1] !== false || isWhole)
    return unknown("the signal or the windows are not known");
  if (!input.dtype?.startsWith("complex")) return unknown("the input is not known to be complex");
  if (dims.length < 2 || dims.length > 3) return refuse("expects 2 or 3 dimensions", printShape(dims), input);
  const bins = add(floorDivide(window, two), one);
  if (call.facts.equate(dims.at(-2)!, bins) === "no")
    return refuse(`needs ${printDim(bins)} frequencies, not`, dims.at(-2)!, input, dims.length - 2);
  const whole = add(window, multiply(step, subtract(dims.at(-1)!, one)));
  const own = flags[0] ? subtract(whole, multiply(two, floorDivide(window, two))) : whole;
  const given = length?.kind === "none" ? own : (sizeOf(length) ?? unknownSize());
  return tensor([...dims.slice(0, -2), given], typeOf("whole", input.dtype));
}

const single = "(input, n=None, dim=-1, norm=None)";
const pair = "(input, s=None, dim=(-2, -1), norm=None)";
const many = "(input, s=None, dim=None, norm=None)";
const says = "Takes a signal apart into its frequencies, or puts it together again.";

function family(kind: Kind, names: string, example: string): Operation[] {
  const [one, twos, all] = names.split(" ") as [string, string?, string?];
  return [
    ...functions(
      one.split("|").map((name) => `torch.fft.${name}${single}`),
      { says, result: transform(kind), example },
    ),
    ...functions(
      (twos?.split("|") ?? []).map((name) => `torch.fft.${name}${pair}`),
      { says, result: transforms(kind), example },
    ),
    ...functions(
      (all?.split("|") ?? []).map((name) => `torch.fft.${name}${many}`),
      { says, result: transforms(kind), example },
    ),
  ];
}

const shifted = keep();

export const spectra: readonly Operation[] = [
  ...family("complex", "fft|ifft fft2|ifft2 fftn|ifftn", "torch.fft.fft2(x): (2, 8, 6) -> (2, 8, 6)"),
  ...family("half", "rfft|ihfft rfft2 rfftn", "torch.fft.rfft(x): (2, 8) -> (2, 5)"),
  ...family("whole", "irfft|hfft irfft2 irfftn", "torch.fft.irfft(x): (2, 5) -> (2, 8)"),
  ...functions(["torch.fft.fftshift(input, dim=None)", "torch.fft.ifftshift(input, dim=None)"], {
    says: "Puts the frequency zero into the middle, or back to the front.",
    result: shifted,
    example: "torch.fft.fftshift(x): (2, 8) -> (2, 8)",
  }),
  ...functions(["torch.fft.fftfreq(n, d=1.0, *, dtype=None)"], {
    says: "The frequencies of a transform.",
    result: frequencies(false),
    example: "torch.fft.fftfreq(8): -> (8,)",
  }),
  ...functions(["torch.fft.rfftfreq(n, d=1.0, *, dtype=None)"], {
    says: "The frequencies of a transform of a real signal.",
    result: frequencies(true),
    example: "torch.fft.rfftfreq(8): -> (5,)",
  }),
  ...functions(
    [
      "torch.stft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, pad_mode='reflect', normalized=False, onesided=None, return_complex=None)",
    ],
    {
      method: true,
      says: "Takes overlapping windows of a signal apart into their frequencies.",
      result: shortTime,
      example: "torch.stft(x, 16, 4, return_complex=True): (2, 100) -> (2, 9, 26)",
    },
  ),
  ...functions(
    [
      "torch.istft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, normalized=False, onesided=None, length=None, return_complex=False)",
    ],
    {
      method: true,
      says: "Puts a signal together of the frequencies of its overlapping windows.",
      result: shortTimeBack,
      example: "torch.istft(x, 16, 4): (2, 9, 26) complex64 -> (2, 100)",
    },
  ),
];
