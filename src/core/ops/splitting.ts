/** Taking a tensor apart along one dimension (https://pytorch.org/docs/stable/torch.html#indexing-slicing-joining-mutating-ops). */
import { atMost } from "../shape/bounds";
import {
  type Dim,
  add,
  constant,
  constantValue,
  divideExactly,
  isUnknown,
  multiply,
  product,
  subtract,
  unknownSize,
} from "../shape/dim";
import { ceilDivide, floorDivide } from "../shape/division";
import { printShape } from "../shape/notation";
import { knownDims } from "../shape/shape";
import { integerArgument, integersArgument, sizeOf } from "./arguments";
import { type Place, along, inputOf, noRank, withSizes, written } from "./axes";
import { type OperationCall, type Outcome, refuse } from "./call";
import { type Operation, functions, module } from "./define";
import { type OpValue, tensor, unknown } from "./value";

/** More parts than anybody names are not worth their tensors. */
const mostParts = 256;

/** A tensor for each size. */
function parts(place: Place, sizes: readonly Dim[]): Outcome {
  if (sizes.length > mostParts) return unknown("there are too many parts");
  const items = sizes.map((size): OpValue => tensor(withSizes(place, size), place.input.dtype));
  return { kind: "tuple", items };
}

function repeated(size: Dim, count: number): Dim[] {
  return Array.from({ length: Math.min(count, mostParts + 1) }, () => size);
}

/** As many parts as asked for, the last one smaller; fewer where the size is too small for that. */
function chunk(place: Place, call: OperationCall): Outcome {
  const count = integerArgument(call, "chunks");
  const { size } = place;
  if (count === undefined) return unknown("the number of parts is not known");
  if (!size) return refuse("takes a tensor with a dimension at least", "()", place.input);
  if (count < 1) return refuse("makes one part at least", constant(count));
  const whole = constantValue(size);
  if (whole === 0) return parts(place, repeated(constant(0), count));
  if (whole !== undefined) return parts(place, piecesOf(whole, Math.ceil(whole / count)));
  const even = divideExactly(size, constant(count));
  if (even) return parts(place, repeated(even, count));
  if (isUnknown(size)) return parts(place, Array.from({ length: count }, unknownSize));
  // A program that takes so many parts is run with sizes that have them.
  const piece = ceilDivide(size, constant(count));
  return parts(place, [...repeated(piece, count - 1), subtract(size, multiply(piece, constant(count - 1)))]);
}

function piecesOf(whole: number, piece: number): Dim[] {
  const count = Math.ceil(whole / piece);
  return [...repeated(constant(piece), count - 1), constant(whole - piece * (count - 1))];
}

function split(place: Place, call: OperationCall): Outcome {
  const given = ["split_size_or_sections", "split_size", "split_sizes"]
    .map((name) => call.values.get(name))
    .find((value) => value !== undefined);
  const { size } = place;
  if (!size) return refuse("takes a tensor with a dimension at least", "()", place.input);
  if (given?.kind === "tuple") {
    const sections = given.items.map(sizeOf);
    const sizes = sections.map((section) => section ?? unknownSize());
    const total = sizes.reduce(add, constant(0));
    return call.facts.equate(size, total) === "no"
      ? refuse(
          `splits into ${printShape(sizes)}, which are not the ${constantValue(size) ?? "size"} of`,
          printShape(place.shape),
          place.input,
        )
      : parts(place, sizes);
  }
  const piece = sizeOf(given);
  if (!piece) return unknown("the size of the parts is not known");
  const [whole, step] = [constantValue(size), constantValue(piece)];
  if (whole === 0 || step === 0) return unknown("parts of no elements are not modelled");
  if (step !== undefined && step < 0) return refuse("makes parts of one element at least", piece);
  if (whole !== undefined && step !== undefined) return parts(place, piecesOf(whole, step));
  const count = divideExactly(size, piece);
  const times = count && constantValue(count);
  if (times !== undefined && times > 0) return parts(place, repeated(piece, times));
  return unknown("the number of parts is not known");
}

function unbind(place: Place): Outcome {
  const { size, input } = place;
  if (!size) return refuse("takes a tensor with a dimension at least", "()", input);
  const count = constantValue(size);
  if (count === undefined || count > mostParts) return unknown("the number of parts is not known");
  return { kind: "tuple", items: Array.from({ length: count }, () => tensor(withSizes(place), input.dtype)) };
}

/** Parts as even as can be, the first ones larger; or parts between the given places. */
function tensorSplit(place: Place, call: OperationCall): Outcome {
  const given = call.values.get("indices_or_sections");
  const whole = place.size && constantValue(place.size);
  if (whole === undefined) return unknown("the size of the dimension is not known");
  if (given?.kind === "int") {
    const count = constantValue(given.value);
    if (count === undefined) return unknown("the number of parts is not known");
    if (count < 1) return refuse("makes one part at least", given.value);
    const [small, larger] = [Math.floor(whole / count), whole % count];
    if (count > mostParts) return unknown("there are too many parts");
    return parts(
      place,
      Array.from({ length: count }, (_, i) => constant(i < larger ? small + 1 : small)),
    );
  }
  const cuts =
    given?.kind === "tuple" ? given.items.map((item) => sizeOf(item) && constantValue(sizeOf(item)!)) : [undefined];
  if (cuts.includes(undefined)) return unknown("where to split is not known");
  const ends = [...(cuts as number[]), whole].map((cut) => Math.min(cut < 0 ? Math.max(0, cut + whole) : cut, whole));
  return parts(
    place,
    ends.map((end, i) => constant(Math.max(0, end - (ends[i - 1] ?? 0)))),
  );
}

function narrow(place: Place, call: OperationCall): Outcome {
  const [start, length] = [sizeOf(call.values.get("start")), sizeOf(call.values.get("length"))];
  const { size, input, shape } = place;
  if (!size) return refuse("takes a tensor with a dimension at least", "()", input);
  if (!length) return unknown("the length is not known");
  if (start && atMost(constant(0), start) === "yes" && atMost(add(start, length), size) === "no")
    return refuse("takes more than there is of", printShape(shape), input);
  return tensor(withSizes(place, length), input.dtype);
}

function select(place: Place, call: OperationCall): Outcome {
  const index = sizeOf(call.values.get("index"));
  const { size, input, shape } = place;
  if (!size) return refuse("takes a tensor with a dimension at least", "()", input);
  const outside = index && (atMost(size, index) === "yes" || atMost(add(size, index), constant(-1)) === "yes");
  if (outside) return refuse(`finds no item ${constantValue(index) ?? ""} in`, printShape(shape), input);
  return tensor(withSizes(place), input.dtype);
}

/** Windows along one dimension, which become a new last dimension. */
function unfold(place: Place, call: OperationCall): Outcome {
  const [length, step] = [sizeOf(call.values.get("size")), sizeOf(call.values.get("step"))];
  const { size, input, shape } = place;
  if (!length || !step) return unknown("the size or step of the windows is not known");
  if (!size) return unknown("windows over a single number are not modelled");
  if ((constantValue(step) ?? 1) < 1) return refuse("needs a step of 1 at least", step);
  if (atMost(length, size) === "no")
    return refuse(`takes windows of ${constantValue(length) ?? "more"} from`, printShape(shape), input);
  const count = add(floorDivide(subtract(size, length), step), constant(1));
  return tensor([...withSizes(place, count), length], input.dtype);
}

/** `unflatten(1, (3, -1))`: one dimension into several. */
function unflatten(place: Place, call: OperationCall): Outcome {
  const name = call.values.has("sizes") ? "sizes" : "unflattened_size";
  const sizes = integersArgument(call, name);
  const { size, input, shape } = place;
  if (!sizes?.length || !size) return unknown("the sizes to unflatten to are not known");
  const open = sizes.findIndex((one) => one && constantValue(one) === -1);
  const given = sizes.filter((_, i) => i !== open).map((one) => one ?? unknownSize());
  if (given.some((one) => (constantValue(one) ?? 0) < 0))
    return refuse("takes one size of -1 at most, not", printShape(given));
  const wanted = product(given);
  const problem = refuse(
    `cannot unflatten dimension ${place.axis} to ${printShape(sizes.map((one) => one ?? unknownSize()))}:`,
    printShape(shape),
    input,
  );
  if (open < 0)
    return call.facts.equate(size, wanted) === "no" ? problem : tensor(withSizes(place, ...given), input.dtype);
  const [whole, part] = [constantValue(size), constantValue(wanted)];
  if (whole !== undefined && part !== undefined && (part === 0 || whole % part !== 0)) return problem;
  const left = divideExactly(size, wanted) ?? (part === 0 ? unknownSize() : floorDivide(size, wanted));
  return tensor(withSizes(place, ...sizes.map((one, i) => (i === open ? left : (one ?? unknownSize())))), input.dtype);
}

/** `hsplit`, `vsplit`, `dsplit`: the dimension goes without saying. */
function splitAt(least: number, axis: (rank: number) => number): (call: OperationCall) => Outcome {
  return (call) => {
    const input = inputOf(call);
    const shape = input && call.facts.resolveShape(input.shape);
    if (!shape || !knownDims(shape)) return noRank;
    const rank = shape.length;
    if (rank < least) return refuse(`expects at least ${least} dimensions`, printShape(shape), input);
    const dim = { kind: "int", value: constant(axis(rank)) } as const;
    return along(evenSplit)({ ...call, values: new Map([...call.values, ["dim", dim]]) });
  };
}

/** Sections must come out even. */
function evenSplit(place: Place, call: OperationCall): Outcome {
  const given = call.values.get("indices_or_sections");
  const [whole, count] = [place.size, sizeOf(given)].map((size) => size && constantValue(size));
  if (whole !== undefined && count !== undefined && count > 0 && whole % count !== 0)
    return refuse(`cannot split ${whole} into ${count} equal parts`, printShape(place.shape), place.input);
  return tensorSplit(place, call);
}

export const splittings: readonly Operation[] = [
  ...functions(["torch.chunk(input, chunks, dim=0)", "torch.unsafe_chunk(input, chunks, dim=0)"], {
    method: true,
    says: "Cuts a tensor into a number of equal parts; the last one may be smaller.",
    result: along(chunk),
    example: "torch.chunk(x, 2, dim=1): (2, 5) -> (2, 3), (2, 2)",
  }),
  ...functions(
    [
      "split_with_sizes(input, split_sizes",
      "unsafe_split_with_sizes(input, split_sizes",
      "unsafe_split(input, split_size",
    ].map((text) => `torch.${text}, dim=0)`),
    {
      method: true,
      says: "Cuts a tensor into parts of the given sizes.",
      result: along(split),
      example: "torch.split_with_sizes(x, [1, 4], dim=1): (2, 5) -> (2, 1), (2, 4)",
    },
  ),
  ...functions(["torch.split(tensor, split_size_or_sections, dim=0)", "Tensor.split(input, split_size, dim=0)"], {
    says: "Cuts a tensor into parts of the given sizes.",
    result: along(split),
    example: "torch.split(x, [1, 4], dim=1): (2, 5) -> (2, 1), (2, 4)",
  }),
  ...functions(["torch.unbind(input, dim=0)"], {
    method: true,
    says: "Takes a dimension apart into one tensor for each index.",
    result: along(unbind),
    example: "torch.unbind(x, 1): (4, 2) -> (4,), (4,)",
  }),
  ...functions(["torch.tensor_split(input, indices_or_sections, dim=0)"], {
    method: true,
    says: "Cuts a tensor into parts as even as can be, or at the given places.",
    result: along(tensorSplit),
    example: "torch.tensor_split(x, (1, 3), dim=0): (5, 2) -> (1, 2), (2, 2), (2, 2)",
  }),
  ...functions(["torch.hsplit(input, indices_or_sections)"], {
    method: true,
    says: "Cuts a tensor into equal parts along its second dimension.",
    result: splitAt(1, (rank) => (rank === 1 ? 0 : 1)),
    example: "torch.hsplit(x, 2): (3, 4) -> (3, 2), (3, 2)",
  }),
  ...functions(["torch.vsplit(input, indices_or_sections)"], {
    method: true,
    says: "Cuts a tensor into equal parts along its first dimension.",
    result: splitAt(2, () => 0),
    example: "torch.vsplit(x, 2): (4, 3) -> (2, 3), (2, 3)",
  }),
  ...functions(["torch.dsplit(input, indices_or_sections)"], {
    method: true,
    says: "Cuts a tensor into equal parts along its third dimension.",
    result: splitAt(3, () => 2),
    example: "torch.dsplit(x, 2): (1, 3, 4) -> (1, 3, 2), (1, 3, 2)",
  }),
  ...functions(["torch.narrow(input, dim, start, length)", "torch.narrow_copy(input, dim, start, length)"], {
    method: true,
    says: "Takes a range of a dimension.",
    result: along(narrow),
    example: "torch.narrow(x, 1, 2, 3): (2, 6) -> (2, 3)",
  }),
  ...functions(["torch.select(input, dim, index)"], {
    method: true,
    says: "Takes one index of a dimension, which goes.",
    result: along(select),
    example: "torch.select(x, 1, 0): (2, 6, 3) -> (2, 3)",
  }),
  ...functions(["torch.select_scatter(input, src, dim, index)"], {
    method: true,
    says: "Writes a tensor to one index of a dimension of a copy.",
    result: (call) => written(call, along(select)(call)),
    example: "torch.select_scatter(x, y, 1, 0): (2, 6, 3), (2, 3) -> (2, 6, 3)",
  }),
  ...functions(["Tensor.unfold(input, dimension, size, step)"], {
    says: "Cuts overlapping windows out of a dimension; their places are a new last dimension.",
    result: along(unfold, "dimension"),
    example: "x.unfold(1, 3, 2): (2, 7) -> (2, 3, 3)",
  }),
  ...functions(["torch.unflatten(input, dim, sizes)"], {
    method: true,
    says: "Takes a dimension apart into several.",
    result: along(unflatten),
    example: "x.unflatten(1, (3, -1)): (2, 12) -> (2, 3, 4)",
  }),
  ...module("nn.Unflatten(dim, unflattened_size)", {
    says: "Takes a dimension apart into several.",
    // A layer's own arguments come before its input.
    result: (call) => {
      const input = call.values.get("input") ?? unknown("there is no input");
      return along(unflatten)({ ...call, values: new Map([["input", input], ...call.values]) });
    },
    example: "nn.Unflatten(1, (3, 4)): (2, 12) -> (2, 3, 4)",
  }),
];
