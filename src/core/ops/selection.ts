/** Choosing elements: by index, by mask, by size (https://pytorch.org/docs/stable/torch.html#indexing-slicing-joining-mutating-ops). */
import { broadcast } from "../shape/broadcast";
import { atMost, equals } from "../shape/bounds";
import { type Dim, constant, product, unknownSize } from "../shape/dim";
import { printDim, printShape } from "../shape/notation";
import { type Shape, knownDims, sameShape, unknownShape } from "../shape/shape";
import { flagArgument, shapeArgument, tensorArgument } from "./arguments";
import { type Place, along, inputOf, keep, noRank, noTensor, placeArgument, withSizes } from "./axes";
import { type OperationCall, type Outcome, type Refusal, isRefusal, refuse } from "./call";
import { type Operation, functions, operation } from "./define";
import { combine } from "./elementwise";
import { type OpValue, type UnknownValue, tensor, unknown } from "./value";

/** An index tensor has the rank of the input, and nowhere but at the dimension more than the input. */
function indexProblem(place: Place, index: Shape, what = "index"): Refusal | undefined {
  const [own, other] = [knownDims(place.shape), knownDims(index)];
  if (!own || !other || own.length === 0 || other.length === 0) return undefined;
  if (own.length !== other.length)
    return refuse(`needs an ${what} of ${own.length} dimensions, not`, printShape(index), place.input);
  const isEmpty = other.some((size) => equals(size, constant(0)) !== "no");
  const at = isEmpty ? -1 : other.findIndex((size, i) => i !== place.axis && atMost(size, own[i]!) === "no");
  if (at < 0) return undefined;
  return refuse(`has ${printDim(own[at]!)} at dimension ${at}, fewer than its ${what}:`, other[at]!, place.input, at);
}

function gather(place: Place, call: OperationCall): Outcome {
  const index = shapeArgument(call, "index");
  if (!index) return unknown("the index is not known to be a tensor");
  return indexProblem(place, index) ?? tensor(index, place.input.dtype);
}

/** `scatter`: the input's shape stays. */
function scatter(place: Place, call: OperationCall): Outcome {
  const index = shapeArgument(call, "index");
  const source = shapeArgument(call, "src");
  if (!index) return unknown("the index is not known to be a tensor");
  const problem = indexProblem(place, index) ?? (source && tooSmall(index, source, place));
  return problem ?? tensor(place.shape, place.input.dtype);
}

function tooSmall(index: Shape, source: Shape, { input }: Place): Refusal | undefined {
  const [own, other] = [knownDims(index), knownDims(source)];
  if (!own || !other || own.length === 0 || other.length === 0) return undefined;
  const isEmpty = own.some((size) => equals(size, constant(0)) !== "no");
  const differs = own.length !== other.length || own.some((size, i) => atMost(size, other[i]!) === "no");
  return differs && !isEmpty
    ? refuse(`takes fewer elements than its index ${printShape(index)} names:`, printShape(source), input)
    : undefined;
}

function indexSelect(place: Place, call: OperationCall): Outcome {
  const index = shapeArgument(call, "index");
  const dims = index && knownDims(index);
  if (!dims) return unknown("the rank of the index is not known");
  if (dims.length > 1) return refuse("needs an index of one dimension, not", printShape(dims), place.input);
  return place.axis < 0
    ? tensor([], place.input.dtype)
    : tensor(withSizes(place, dims[0] ?? constant(1)), place.input.dtype);
}

const unchanged = along(({ shape, input }) => tensor(shape, input.dtype));

function alike(name: string): (call: OperationCall) => Outcome {
  return (call) => {
    const [input, index] = [inputOf(call), shapeArgument(call, name)];
    return input && index ? tensor(index, input.dtype) : noTensor;
  };
}

function takeAlong(call: OperationCall): Outcome {
  const [input, index] = [inputOf(call), shapeArgument(call, "indices")];
  if (!input || !index) return noTensor;
  const dims = knownDims(index);
  if (!dims) return noRank;
  if (call.values.get("dim")?.kind === "none") return tensor([product(dims)], input.dtype);
  const place = placeArgument(call);
  if (place.kind !== "place") return place;
  const own = knownDims(place.shape);
  if (!own || place.axis < 0) return noRank;
  if (own.length !== dims.length)
    return refuse(`needs indices of ${own.length} dimensions, not`, printShape(dims), input);
  const common = broadcast(
    withSizes(place, constant(1)),
    dims.map((size, i) => (i === place.axis ? constant(1) : size)),
    call.facts,
  );
  if (common.kind === "mismatch") return refuse(`cannot broadcast ${printShape(own)} and`, printShape(dims), input);
  return tensor(
    common.shape.map((size, i) => (i === place.axis ? dims[i]! : size)),
    input.dtype,
  );
}

/** The mask and the tensor are broadcast. */
function maskedFill(call: OperationCall): Outcome {
  const [input, mask] = [inputOf(call), tensorArgument(call, "mask")];
  // A mask that is not known may have more dimensions than the input, which then is repeated.
  if (input && call.values.get("mask")?.kind === "unknown") return tensor(unknownShape(), input.dtype);
  if (!input || !mask) return noTensor;
  if (mask.dtype !== undefined && mask.dtype !== "bool") return unknown("the mask does not hold truth values");
  const result = combine(input, mask, call);
  return result.kind === "tensor" ? { ...result, dtype: input.dtype } : result;
}

function maskedSelect(call: OperationCall): Outcome {
  const filled = maskedFill(call);
  if (filled.kind !== "tensor") return filled;
  const mask = call.values.get("mask");
  const isWhole = mask?.kind === "tensor" && sameShape(call.facts.resolveShape(mask.shape), filled.shape);
  return tensor([(isWhole ? call.trueOnes?.(mask) : undefined) ?? unknownSize()], filled.dtype);
}

/** The places that are not zero: how many is seldom known. */
function nonzero(call: OperationCall): Outcome {
  const input = inputOf(call);
  const apart = flagArgument(call, "as_tuple");
  const rank = input && knownDims(call.facts.resolveShape(input.shape))?.length;
  if (rank === undefined || apart === undefined) return noRank;
  return places(rank, apart, call.trueOnes?.(input!));
}

function places(rank: number, apart: boolean, count: Dim = unknownSize()): Outcome {
  if (!apart) return tensor([count, constant(rank)], "int64");
  const each = Array.from({ length: Math.max(1, rank) }, () => tensor([count], "int64"));
  return { kind: "tuple", items: each };
}

function where(call: OperationCall): Outcome {
  const [condition, first, second] = ["condition", "input", "other"].map((name) => call.values.get(name)!);
  return first!.kind === "none" && second!.kind === "none"
    ? nonzero({
        ...call,
        values: new Map([
          ["input", condition!],
          ["as_tuple", { kind: "bool", value: true }],
        ]),
      })
    : choice(condition!, first!, second!, call);
}

function choice(condition: OpValue, first: OpValue, second: OpValue, call: OperationCall): Outcome {
  if (condition.kind !== "tensor") return unknown("the condition is not known to be a tensor");
  const isNumber = (value: OpValue): boolean => ["int", "float", "bool"].includes(value.kind);
  if (isNumber(first) && isNumber(second)) return tensor(call.facts.resolveShape(condition.shape), undefined);
  const values = combine(first, second, call);
  if (values.kind !== "tensor") return values;
  const result = combine(values, condition, call);
  return result.kind === "tensor" ? { ...result, dtype: values.dtype } : result;
}

function indexed(call: OperationCall): Refusal | UnknownValue | undefined {
  const [place, index] = [placeArgument(call), shapeArgument(call, "index")];
  const dims = index && knownDims(index);
  if (dims && dims.length > 1) return refuse("needs an index of one dimension, not", printShape(dims));
  if (place.kind !== "place") return isRefusal(place) ? place : undefined;
  const [source, count] = [shapeArgument(call, "source"), dims?.[0]];
  const given = source && knownDims(source)?.[place.axis];
  return given && count && call.facts.equate(given, count) === "no"
    ? refuse(`needs a source with ${printDim(count)} parts, one for each index, not`, given)
    : undefined;
}

export const selections: readonly Operation[] = [
  ...operation("torch.gather(input, dim, index, sparse_grad=False)", {
    method: true,
    says: "Picks elements along a dimension by their indices.",
    result: along(gather),
    example: "torch.gather(x, 1, y): (4, 5), (4, 2) int64 -> (4, 2)",
  }),
  ...functions(["torch.scatter(input, dim, index, src=None, *, value=None, reduce=None)"], {
    method: true,
    inPlace: true,
    says: "Writes elements to places along a dimension that an index names.",
    result: along(scatter),
    example: "x.scatter(1, y, 1.0): (4, 5), (4, 2) int64 -> (4, 5)",
  }),
  ...functions(["torch.scatter_add(input, dim, index, src)"], {
    method: true,
    inPlace: true,
    says: "Adds elements to places along a dimension that an index names.",
    result: along(scatter),
    example: "x.scatter_add(1, y, z): (4, 5), (4, 2) int64, (4, 2) -> (4, 5)",
  }),
  ...functions(["torch.scatter_reduce(input, dim, index, src, reduce, *, include_self=True)"], {
    method: true,
    inPlace: true,
    says: "Combines elements with those at the places that an index names.",
    result: along(scatter),
    example: "x.scatter_reduce(1, y, z, 'sum'): (4, 5), (4, 2) int64, (4, 2) -> (4, 5)",
  }),
  ...operation("torch.index_select(input, dim, index)", {
    method: true,
    says: "Picks some indices of a dimension.",
    result: along(indexSelect),
    example: "torch.index_select(x, 1, y): (4, 5), (3,) int64 -> (4, 3)",
  }),
  ...functions(
    ["torch.index_add(input, dim, index, source, *, alpha=1)", "torch.index_copy(input, dim, index, source)"],
    {
      method: true,
      inPlace: true,
      says: "Adds (writes) the parts of a tensor to the indices of a dimension.",
      result: (call) => indexed(call) ?? unchanged(call),
      example: "x.index_add(0, y, z): (4, 5), (2,) int64, (2, 5) -> (4, 5)",
    },
  ),
  ...functions(["torch.index_fill(input, dim, index, value)"], {
    method: true,
    inPlace: true,
    says: "Writes one value to the indices of a dimension.",
    result: (call) => indexed(call) ?? unchanged(call),
    example: "x.index_fill(0, y, 1.0): (4, 5), (2,) int64 -> (4, 5)",
  }),
  ...functions(["torch.index_reduce(input, dim, index, source, reduce, *, include_self=True)"], {
    method: true,
    inPlace: true,
    says: "Combines the parts of a tensor with the indices of a dimension.",
    result: (call) => indexed(call) ?? unchanged(call),
    example: "torch.index_reduce(x, 0, y, z, 'mean'): (4, 5), (2,) int64, (2, 5) -> (4, 5)",
  }),
  ...functions(["torch.put(input, index, source, accumulate=False)"], {
    method: true,
    inPlace: true,
    says: "Writes elements to their places in the flattened tensor.",
    result: keep(),
    example: "torch.put(x, y, z): (4, 5), (3,) int64, (3,) -> (4, 5)",
  }),
  ...functions(["torch.index_put(input, indices, values, accumulate=False)"], {
    method: true,
    inPlace: true,
    says: "Writes values to the places that index tensors name.",
    result: keep(),
    example: "x.index_put((y,), torch.tensor(1.0)): (4, 5), (2,) int64 -> (4, 5)",
  }),
  ...operation("torch.take(input, index)", {
    method: true,
    says: "Picks elements by their place in the flattened tensor.",
    result: alike("index"),
    example: "torch.take(x, y): (4, 5), (2, 3) int64 -> (2, 3)",
  }),
  ...operation("torch.take_along_dim(input, indices, dim=None)", {
    method: true,
    says: "Picks elements along a dimension by their indices, broadcasting both.",
    result: takeAlong,
    example: "torch.take_along_dim(x, y, dim=1): (4, 5), (1, 2) int64 -> (4, 2)",
  }),
  ...functions(["torch.masked_fill(input, mask, value)"], {
    method: true,
    inPlace: true,
    says: "Writes one value wherever a mask is true.",
    result: maskedFill,
    sees: "place",
    example: "x.masked_fill(y, 0.0): (2, 3), (3,) bool -> (2, 3)",
  }),
  ...functions(["torch.masked_scatter(input, mask, source)"], {
    method: true,
    inPlace: true,
    says: "Writes elements in order wherever a mask is true.",
    result: maskedFill,
    example: "x.masked_scatter(y, z): (2, 3), (3,) bool, (6,) -> (2, 3)",
  }),
  ...operation("torch.masked_select(input, mask)", {
    method: true,
    says: "Picks the elements where a mask is true: how many is not known.",
    result: maskedSelect,
    example: "x.masked_select(y).dim() + torch.zeros(2): (2, 3), (3,) bool -> (2,)",
  }),
  ...operation("torch.nonzero(input, *, as_tuple=False)", {
    method: true,
    says: "Finds the places that are not zero: how many is not known.",
    result: nonzero,
    example: "torch.nonzero(x)[0:0]: (2, 3) -> (0, 2)",
  }),
  ...operation("torch.argwhere(input)", {
    method: true,
    says: "Finds the places that are not zero: how many is not known.",
    result: (call) =>
      nonzero({ ...call, values: new Map([...call.values, ["as_tuple", { kind: "bool", value: false }]]) }),
    example: "torch.argwhere(x)[0:0]: (2, 3) -> (0, 2)",
  }),
  ...functions(["torch.where(condition, input=None, other=None)"], {
    says: "Takes one of two values, as a condition says, broadcasting all three.",
    result: where,
    sees: "place",
    example: "torch.where(x > 0, x, y): (2, 3), (3,) -> (2, 3)",
  }),
  ...functions(["Tensor.where(input, condition, other)"], {
    says: "Takes one of two values, as a condition says, broadcasting all three.",
    result: where,
    sees: "place",
    example: "x.where(x > 0, y): (2, 3), (3,) -> (2, 3)",
  }),
];
