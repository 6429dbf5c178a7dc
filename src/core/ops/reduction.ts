/** Reductions over some or all dimensions, and choices along one (https://pytorch.org/docs/stable/torch.html#reduction-ops). */
import { constant, constantValue } from "../shape/dim";
import { printShape } from "../shape/notation";
import { type Axis, type Shape, knownDims, unknownShape } from "../shape/shape";
import { axisIndex, flagArgument, integersArgument, isAxisOfNumber, tensorArgument, typeArgument } from "./arguments";
import { along, named, several, withSizes } from "./axes";
import { type OperationCall, type Outcome, type Refusal, isRefusal, refuse } from "./call";
import { type Operation, functions } from "./define";
import { type DType, categoryOf, partType, toFloating } from "./dtype";
import { combine } from "./elementwise";
import { type TensorValue, bool, none, tensor, unknown } from "./value";

/** The shape without the dimensions of `dim`, or with 1 in their place; some shape where they are not known. */
function reducedShape(call: OperationCall, input: TensorValue): Shape | Refusal {
  const dim = call.values.get("dim");
  const keep = flagArgument(call, "keepdim");
  if (dim === undefined || dim.kind === "none" || (dim.kind === "tuple" && dim.items.length === 0))
    return keep === true ? onesLike(call, input) : [];
  const dims = integersArgument(call, "dim")?.map((size) => size && constantValue(size));
  if (!dims?.length || dims.includes(undefined) || keep === undefined) return unknownShape();
  let shape = call.facts.resolveShape(input.shape);
  for (const index of dims as number[]) {
    shape = (index >= 0 ? call.facts.exposeFront(shape, index + 1) : call.facts.exposeBack(shape, -index)) ?? shape;
  }
  if (dims.length === 1 && isAxisOfNumber(shape, dims[0]!)) return [];
  const axes = (dims as number[]).map((index) => axisIndex(shape, index));
  const repeated = new Set(axes).size < axes.length && !axes.includes(undefined);
  if (repeated) return refuse(`reduces a dimension twice, ${dims.join(", ")} of`, printShape(shape), input);
  if (axes.includes(undefined))
    return knownDims(shape)
      ? refuse(`has no dimension ${dims.join(", ")} in`, printShape(shape), input)
      : unknownShape();
  return shape.flatMap((axis, i): Axis[] => (!axes.includes(i) ? [axis] : keep ? [constant(1)] : []));
}

function onesLike(call: OperationCall, input: TensorValue): Shape {
  return knownDims(call.facts.resolveShape(input.shape))?.map(() => constant(1)) ?? unknownShape();
}

/** A result over the dimensions that `dim` names, or over all; its type is made of the input's. */
export function reduce(dtype: (input: DType | undefined) => DType | undefined): (call: OperationCall) => Outcome {
  return (call) => {
    const input = tensorArgument(call, "input");
    if (!input) return unknown("the input is not known to be a tensor");
    const shape = reducedShape(call, input);
    return isRefusal(shape) ? shape : tensor(shape, typeArgument(call, dtype(input.dtype)));
  };
}

/** Some functions keep dimensions only where they are told which: over all elements they know no `keepdim`. */
function alongOrWhole(run: (call: OperationCall) => Outcome): (call: OperationCall) => Outcome {
  return (call) =>
    call.given.has("keepdim") && !call.given.has("dim") ? refuse("needs a dim beside its keepdim", "none") : run(call);
}

const sameType = (dtype: DType | undefined): DType | undefined => dtype;
const sumType = (dtype: DType | undefined): DType | undefined => (dtype && categoryOf(dtype) < 2 ? "int64" : dtype);

/** `any` and `all` of bytes are bytes. */
const toBool = (dtype: DType | undefined): DType | undefined =>
  dtype === "uint8" ? dtype : dtype === undefined ? undefined : "bool";
const toIndex = (): DType => "int64";

const alongExtremes = along(({ input, shape }) =>
  named(["values", "indices"], tensor(shape, input.dtype), tensor(shape, "int64")),
);

/** `cummax`, `cummin`. Of a single number, or where there is none, PyTorch takes any dimension. */
function cumulateExtremes(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  const dims = input && knownDims(call.facts.resolveShape(input.shape));
  const isFree = dims && (dims.length === 0 || dims.some((size) => constantValue(size) === 0));
  return isFree ? named(["values", "indices"], tensor(dims, input.dtype), tensor(dims, "int64")) : alongExtremes(call);
}

/** `max`, `min`: the values alone, with a dimension the values and their indices, or the larger of two tensors. */
function choose(call: OperationCall): Outcome {
  const dim = call.values.get("dim");
  const other = dim?.kind === "tensor" ? dim : call.values.get("other");
  if (other && other.kind !== "none") return combine(call.values.get("input")!, other, call);
  // Over all it gives a tensor, along a dimension two.
  if (dim?.kind === "unknown") return unknown("whether it is along a dimension is not known");
  const values = reduce(sameType)(call);
  if (isRefusal(values) || values.kind !== "tensor" || dim?.kind === "none") return values;
  return named(["values", "indices"], values, tensor(values.shape, "int64"));
}

/** `std(x, False)`: the first argument may be the correction instead of the dimension. */
function spread(call: OperationCall): OperationCall {
  const dim = call.values.get("dim");
  if (dim?.kind !== "bool") return call;
  return { ...call, values: new Map([...call.values, ["dim", none]]) };
}

/** `var` and `std`; both together with the mean give two values. */
const deviation = (call: OperationCall): Outcome => reduce(partType)(spread(call));
const withMean = (call: OperationCall): Outcome => several(deviation(call), reduce(sameType)(spread(call)));

function extremes(call: OperationCall): Outcome {
  const isWhole = call.values.get("dim")?.kind === "none";
  if (!isWhole && tensorArgument(call, "input")?.shape.length === 0) return unknown("a single number is not modelled");
  return named(["min", "max"], reduce(sameType)(call), reduce(sameType)(call));
}

/** The quantiles of a dimension; several of them are a new first dimension. */
function quantile(call: OperationCall): Outcome {
  const which = call.values.get("q");
  const values = reduce(sameType)(call);
  if (isRefusal(values) || values.kind !== "tensor") return values;
  if (which?.kind === "float" || which?.kind === "int") return values;
  const shape = which?.kind === "tensor" ? call.facts.resolveShape(which.shape) : undefined;
  return shape && knownDims(shape)
    ? tensor([...shape, ...values.shape], values.dtype)
    : unknown("which quantiles is not known");
}

/** `cumsum` and the like: the dimension must be there. */
function cumulate(dtype: (input: DType | undefined) => DType | undefined): (call: OperationCall) => Outcome {
  return along(({ input, shape }, call) => tensor(shape, typeArgument(call, dtype(input.dtype))));
}

/** The chosen elements of a dimension and where they stand. */
const chosen = along((place, call) => {
  const keep = flagArgument(call, "keepdim");
  if (keep === undefined) return unknown("whether the dimension stays is not known");
  const shape = keep ? withSizes(place, constant(1)) : withSizes(place);
  return named(["values", "indices"], tensor(shape, place.input.dtype), tensor(shape, "int64"));
});

function distance(call: OperationCall): Outcome {
  const difference = combine(call.values.get("input")!, call.values.get("other")!, call);
  return isRefusal(difference) || difference.kind !== "tensor" ? difference : tensor([], partType(difference.dtype));
}

const over = "(input, dim=None, keepdim=False";

export const reductions: readonly Operation[] = [
  ...functions([`torch.sum${over}, dtype=None)`, `torch.prod${over}, dtype=None)`], {
    method: true,
    says: "Adds (or multiplies) the elements over some dimensions.",
    result: alongOrWhole(reduce(sumType)),
    example: "torch.sum(x, dim=(0, -1), keepdim=True): (2, 3, 4) -> (1, 3, 1)",
  }),
  ...functions([`torch.nansum${over}, dtype=None)`], {
    method: true,
    says: "Adds the elements over some dimensions but for those that are no numbers.",
    result: reduce(sumType),
    example: "torch.nansum(x, keepdim=True): (2, 3) -> (1, 1)",
  }),
  ...functions([`torch.mean${over}, dtype=None)`], {
    method: true,
    says: "Averages the elements over some dimensions.",
    result: alongOrWhole(reduce(toFloating)),
    example: "torch.mean(x, dim=1, keepdim=True): (2, 3, 4) -> (2, 1, 4)",
  }),
  ...functions([`torch.nanmean${over}, dtype=None)`, "torch.logsumexp(input, dim, keepdim=False)"], {
    method: true,
    says: "Averages the elements over some dimensions.",
    result: reduce(toFloating),
    example: "torch.mean(x, dim=1): (2, 3, 4) -> (2, 4)",
  }),
  ...functions([`torch.argmax${over})`, `torch.argmin${over})`], {
    method: true,
    says: "Finds where the largest (smallest) element stands.",
    result: reduce(toIndex),
    example: "torch.argmax(x, dim=1): (2, 3) -> (2,)",
  }),
  ...functions([`torch.max${over}, *, other=None)`, `torch.min${over}, *, other=None)`], {
    method: true,
    says: "Finds the largest (smallest) elements, and with a dimension where they stand.",
    result: alongOrWhole(choose),
    example: "torch.max(x): (2, 3) -> ()",
  }),
  ...functions([`torch.median${over})`, `torch.nanmedian${over})`], {
    method: true,
    says: "Finds the middle elements, and with a dimension where they stand.",
    result: alongOrWhole(choose),
    example: "torch.median(x, 1): (2, 3) -> (2,), (2,)",
  }),
  ...functions(["torch.mode(input, dim=-1, keepdim=False)", "torch.kthvalue(input, k, dim=-1, keepdim=False)"], {
    method: true,
    says: "Finds the most frequent (the k-th smallest) element of a dimension and where it stands.",
    result: chosen,
    example: "torch.kthvalue(x, 2, dim=1): (2, 3) -> (2,), (2,)",
  }),
  ...functions(["torch.amax(input, dim=None, keepdim=False)", "torch.amin(input, dim=None, keepdim=False)"], {
    method: true,
    says: "Finds the largest (smallest) elements over some dimensions.",
    result: reduce(sameType),
    example: "torch.amax(x, dim=(1, 2)): (2, 3, 4) -> (2,)",
  }),
  ...functions(["torch.aminmax(input, *, dim=None, keepdim=False)"], {
    method: true,
    says: "Finds the smallest and the largest elements.",
    result: extremes,
    example: "torch.aminmax(x, dim=1): (2, 3) -> (2,), (2,)",
  }),
  ...functions([`torch.any${over})`, `torch.all${over})`], {
    method: true,
    says: "True where any (all) of the elements are.",
    result: alongOrWhole(reduce(toBool)),
    example: "torch.any(x, dim=1): (2, 3) -> (2,)",
  }),
  ...functions(["torch.count_nonzero(input, dim=None)"], {
    method: true,
    says: "Counts the elements that are not zero.",
    result: (call) => reduce(toIndex)({ ...call, values: new Map([...call.values, ["keepdim", bool(false)]]) }),
    example: "torch.count_nonzero(x, dim=0): (2, 3) -> (3,)",
  }),
  ...functions(
    ["torch.var", "torch.std"].map(
      (name) => `${name}(input, dim=None, unbiased=True, keepdim=False, *, correction=None)`,
    ),
    {
      method: true,
      says: "The variance (standard deviation) of the elements over some dimensions.",
      result: deviation,
      example: "torch.var(x, dim=1, keepdim=True): (2, 3) -> (2, 1)",
    },
  ),
  ...functions(
    ["torch.var_mean", "torch.std_mean"].map(
      (name) => `${name}(input, dim=None, unbiased=True, keepdim=False, *, correction=None)`,
    ),
    {
      says: "The variance (standard deviation) and the mean of the elements over some dimensions.",
      result: withMean,
      example: "torch.var_mean(x, dim=1): (2, 3) -> (2,), (2,)",
    },
  ),
  ...functions(["torch.norm(input, p='fro', dim=None, keepdim=False, out=None, dtype=None)"], {
    method: true,
    says: "The length of the vector of all elements, or of those of some dimensions.",
    result: reduce(partType),
    example: "torch.norm(x, dim=1): (2, 3) -> (2,)",
  }),
  ...functions(["torch.renorm(input, p, dim, maxnorm)"], {
    method: true,
    inPlace: true,
    says: "Shortens the parts along a dimension that are longer than a bound.",
    result: along(({ input, shape }) =>
      knownDims(shape) && shape.length < 2
        ? refuse("expects at least 2 dimensions", printShape(shape), input)
        : tensor(shape, input.dtype),
    ),
    example: "torch.renorm(x, 2, 0, 1.0): (2, 3) -> (2, 3)",
  }),
  ...functions(["torch.dist(input, other, p=2)"], {
    method: true,
    says: "The length of the difference of two tensors.",
    result: distance,
    example: "torch.dist(x, y): (2, 3), (2, 3) -> ()",
  }),
  ...functions(
    ["torch.quantile", "torch.nanquantile"].map((name) => `${name}(input, q, dim=None, keepdim=False)`),
    {
      method: true,
      says: "The value below which a part of the elements lies.",
      result: quantile,
      example: "torch.quantile(x, 0.5, dim=1): (2, 3) -> (2,)",
    },
  ),
  ...functions(["torch.cumsum(input, dim, dtype=None)", "torch.cumprod(input, dim, dtype=None)"], {
    method: true,
    inPlace: true,
    says: "Adds (multiplies) up the elements along a dimension.",
    result: cumulate(sumType),
    example: "torch.cumsum(x, dim=1): (2, 3) -> (2, 3)",
  }),
  ...functions(["torch.logcumsumexp(input, dim)"], {
    method: true,
    says: "The logarithm of the exponentials added up along a dimension.",
    result: cumulate(sameType),
    example: "torch.logcumsumexp(x, dim=1): (2, 3) -> (2, 3)",
  }),
  ...functions(["torch.cummax(input, dim)", "torch.cummin(input, dim)"], {
    method: true,
    says: "The largest (smallest) element so far along a dimension, and where it stands.",
    result: cumulateExtremes,
    example: "torch.cummax(x, dim=1): (2, 3) -> (2, 3), (2, 3)",
  }),
];
