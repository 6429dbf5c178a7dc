/** Sorting, and counting different elements (https://pytorch.org/docs/stable/torch.html#comparison-ops). */
import { atMost } from "../shape/bounds";
import { constant, unknownSize, subtract, add } from "../shape/dim";
import { printDim, printShape } from "../shape/notation";
import { knownDims } from "../shape/shape";
import { flagArgument, integerArgument, shapeArgument, sizeOf, tensorArgument } from "./arguments";
import { type Place, along, inputOf, keep, named, noTensor, placeOf, withSizes } from "./axes";
import { type OperationCall, type Outcome, refuse } from "./call";
import { type Operation, functions, operation } from "./define";
import { categoryOf } from "./dtype";
import { tensor, unknown } from "./value";

function topk(place: Place, call: OperationCall): Outcome {
  const count = sizeOf(call.values.get("k")) ?? unknownSize();
  const { size, shape, input } = place;
  if (size && atMost(count, size) === "no")
    return refuse(
      `takes ${printDim(count)} elements, more than there are at dimension ${place.axis} of`,
      printShape(shape),
      input,
    );
  if (!size) return unknown("a single number is not modelled");
  const chosen = withSizes(place, count);
  return named(["values", "indices"], tensor(chosen, input.dtype), tensor(chosen, "int64"));
}

const sorted = along(({ shape, input }) =>
  named(["values", "indices"], tensor(shape, input.dtype), tensor(shape, "int64")),
);

/** Different elements: how many is not known. Their places and counts come along where asked for. */
function unique(call: OperationCall): Outcome {
  const input = inputOf(call);
  const wanted = ["return_inverse", "return_counts"].map((name) => flagArgument(call, name));
  const dim = call.values.get("dim");
  if (!input) return noTensor;
  if (wanted.includes(undefined)) return unknown("what is returned is not known");
  const shape = call.facts.resolveShape(input.shape);
  const count = unknownSize();
  const place = dim?.kind === "none" ? undefined : placeOf(call, input, integerArgument(call, "dim") ?? NaN);
  if (dim?.kind !== "none" && integerArgument(call, "dim") === undefined) return unknown("the dimension is not known");
  if (place && place.kind !== "place") return place;
  if (place && place.axis < 0) return unknown("a single number is not modelled");
  const values = tensor(place ? withSizes(place, count) : [count], input.dtype);
  const inverse = tensor(place ? [place.size ?? constant(1)] : shape, "int64");
  const items = [values, ...(wanted[0] ? [inverse] : []), ...(wanted[1] ? [tensor([count], "int64")] : [])];
  return items.length === 1 ? values : { kind: "tuple", items };
}

/** The type of indices into a sequence. */
function placeType(call: OperationCall): "int32" | "int64" | undefined {
  const short = flagArgument(call, "out_int32");
  return short === undefined ? undefined : short ? "int32" : "int64";
}

function placesIn(name: string): (call: OperationCall) => Outcome {
  return (call) => {
    const value = call.values.get(name);
    if (value?.kind === "int" || value?.kind === "float") return tensor([], placeType(call));
    const shape = shapeArgument(call, name);
    return shape ? tensor(shape, placeType(call)) : noTensor;
  };
}

/** As many counts as the largest element says, which is not known. */
function counts(call: OperationCall): Outcome {
  const input = inputOf(call);
  const dims = input && knownDims(call.facts.resolveShape(input.shape));
  if (dims && dims.length !== 1) return refuse("counts the elements of a vector, not of", printShape(dims), input);
  const weights = tensorArgument(call, "weights");
  return tensor([unknownSize()], weights ? undefined : "int64");
}

function histogram(call: OperationCall): Outcome {
  const [input, bins] = [inputOf(call), sizeOf(call.values.get("bins"))];
  return input ? tensor([bins ?? unknownSize()], input.dtype) : noTensor;
}

export const sortings: readonly Operation[] = [
  ...operation("torch.topk(input, k, dim=-1, largest=True, sorted=True)", {
    method: true,
    says: "Finds the largest elements of a dimension and where they stand.",
    result: along(topk),
    example: "torch.topk(x, 2, dim=1): (4, 5) -> (4, 2), (4, 2)",
  }),
  ...operation("torch.sort(input, dim=-1, descending=False, stable=False)", {
    method: true,
    says: "Sorts the elements along a dimension and says where they stood.",
    result: sorted,
    example: "torch.sort(x, dim=0): (4, 5) -> (4, 5), (4, 5)",
  }),
  ...operation("torch.argsort(input, dim=-1, descending=False, stable=False)", {
    method: true,
    says: "Says where the sorted elements of a dimension stand.",
    result: along(({ shape }) => tensor(shape, "int64")),
    example: "torch.argsort(x, dim=0): (4, 5) -> (4, 5)",
  }),
  ...operation("torch.msort(input)", {
    method: true,
    says: "Sorts the elements along the first dimension.",
    result: keep(),
    example: "torch.msort(x): (4, 5) -> (4, 5)",
  }),
  ...functions(["torch.unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None)"], {
    method: true,
    says: "Finds the different elements: how many is not known.",
    result: unique,
    example: "torch.unique(x, return_inverse=True)[1]: (2, 3) -> (2, 3)",
  }),
  ...functions(["torch.unique_consecutive(input, return_inverse=False, return_counts=False, dim=None)"], {
    method: true,
    says: "Drops elements that equal the one before: how many are left is not known.",
    result: unique,
    example: "torch.unique_consecutive(x, return_inverse=True)[1]: (2, 3) -> (2, 3)",
  }),
  ...functions(
    ["torch.searchsorted(sorted_sequence, input, *, out_int32=False, right=False, side='left', sorter=None)"],
    {
      says: "Finds where elements belong in sorted ones.",
      result: placesIn("input"),
      example: "torch.searchsorted(x, y): (5,), (2, 3) -> (2, 3)",
    },
  ),
  ...functions(["torch.bucketize(input, boundaries, *, out_int32=False, right=False)"], {
    says: "Finds the interval between boundaries in which each element lies.",
    result: placesIn("input"),
    example: "torch.bucketize(x, y): (2, 3), (5,) -> (2, 3)",
  }),
  ...functions(["torch.bincount(input, weights=None, minlength=0)"], {
    method: true,
    says: "Counts how often each integer occurs: how many integers is not known.",
    result: counts,
    example: "torch.bincount(x)[0:0]: (4,) int64 -> (0,)",
  }),
  ...functions(["torch.histc(input, bins=100, min=0, max=0)"], {
    method: true,
    says: "Counts the elements in intervals of equal width.",
    result: histogram,
    example: "torch.histc(x, bins=10): (2, 3) -> (10,)",
  }),
  ...functions(["torch.histogram(input, bins=100, *, range=None, weight=None, density=False)"], {
    method: true,
    says: "Counts the elements in intervals, and says where the intervals end.",
    result: (call) => {
      const [input, bins] = [inputOf(call), call.values.get("bins")];
      const edges = bins?.kind === "tensor" ? knownDims(call.facts.resolveShape(bins.shape)) : undefined;
      const count = edges?.length === 1 ? subtract(edges[0]!, constant(1)) : sizeOf(bins);
      if (!input || !count) return unknown("the intervals are not known");
      if (input.dtype === undefined || categoryOf(input.dtype) !== 2)
        return unknown("the input is not known to hold floating numbers");
      const ends = tensor([add(count, constant(1))], input.dtype);
      return named(["hist", "bin_edges"], tensor([count], input.dtype), ends);
    },
    example: "torch.histogram(x, 10): (2, 3) -> (10,), (11,)",
  }),
];
