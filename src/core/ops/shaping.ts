/** Operations that give a tensor's elements other dimensions, in the same order. */
import { type DType, bytesOf } from "./dtype";
import { broadcast } from "../shape/broadcast";
import { equals } from "../shape/bounds";
import {
  type Dim,
  constant,
  constantValue,
  divideExactly,
  multiply,
  newSymbol,
  product,
  symbolsOf,
  unknownSize,
} from "../shape/dim";
import { printDim, printShape } from "../shape/notation";
import { type Shape, isRest, knownDims, unknownShape } from "../shape/shape";
import {
  axisIndex,
  integerArgument,
  integersArgument,
  isAxisOfNumber,
  shapeArgument,
  sizeOf,
  tensorArgument,
} from "./arguments";
import { exposeAll, noRank, noTensor } from "./axes";
import { type OperationCall, type Outcome, refuse } from "./call";
import { type Operation, functions, module, operation } from "./define";
import { type OpValue, type TensorValue, int, tensor, unknown } from "./value";

function flatten(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  const start = integerArgument(call, "start_dim");
  const end = integerArgument(call, "end_dim");
  if (!input) return noTensor;
  if (start === undefined || end === undefined) return unknown("the dimensions to flatten are not known");
  return flattenBetween(input, start, end, call);
}

function flattenBetween(input: TensorValue, start: number, end: number, { facts }: OperationCall): Outcome {
  const front = start > 0 ? (facts.exposeFront(input.shape, start) ?? input.shape) : facts.resolveShape(input.shape);
  if (!knownDims(front)) {
    const kept = axisIndex(front, start - 1) !== undefined || start === 0;
    if (!kept || end !== -1) return noRank;
    return tensor([...front.slice(0, start), whatIsLeft(front)], input.dtype);
  }
  const dims = knownDims(front)!;
  if (isAxisOfNumber(dims, start) && isAxisOfNumber(dims, end)) return tensor([constant(1)], input.dtype);
  const first = axisIndex(dims, start);
  const last = axisIndex(dims, end);
  if (first === undefined || last === undefined || first > last) {
    return refuse(`cannot flatten dimensions ${start} to ${end}`, printShape(dims), input);
  }
  return tensor([...dims.slice(0, first), product(dims.slice(first, last + 1)), ...dims.slice(last + 1)], input.dtype);
}

/** `view` and `reshape`: -1 stands for whatever is left. */
function reshape(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  const sizes = integersArgument(call, "shape");
  const dtype = call.values.get("shape");
  if (!input) return noTensor;
  if (dtype?.kind === "tuple" && dtype.items[0]?.kind === "dtype") return ofType(input, dtype.items[0].dtype, call);
  if (!sizes) return unknown("the sizes to reshape to are not known");
  const open = sizes.findIndex((size) => size && constantValue(size) === -1);
  const given = sizes.filter((_, index) => index !== open).map((size) => size ?? unknownSize());
  if (given.some((size) => (constantValue(size) ?? 0) < 0))
    return refuse("takes one size of -1 at most, and no other negative one,", printShape(given), input);
  const shape = call.facts.resolveShape(input.shape);
  const dims = knownDims(shape);
  const wanted = product(given);
  if (!dims) {
    const left = whatIsLeft(shape);
    return tensor(
      call.facts.resolveShape(sizes.map((size, i) => (i === open ? left : (size ?? unknownSize())))),
      input.dtype,
    );
  }
  const elements = product(dims);
  if (open < 0) {
    return call.facts.equate(elements, wanted) === "no"
      ? refuse(`cannot make ${printShape(given)} of ${printDim(elements)} elements`, printShape(shape), input)
      : tensor(call.facts.resolveShape(given), input.dtype);
  }
  const isRows = open === 0 && given.length === 1 && isFlattening(dims, wanted);
  if (isRows && call.facts.equate(product(dims.slice(1)), wanted) !== "no")
    return tensor([dims[0]!, wanted], input.dtype);
  const left = divideExactly(elements, wanted);
  const [total, part] = [constantValue(elements), constantValue(wanted)];
  if (!left && total !== undefined && part !== undefined) {
    const gets = part === 0 || total % part !== 0;
    if (gets) return refuse(`cannot divide ${total} elements into rows of ${part}`, printShape(shape), input);
  }
  return tensor(
    sizes.map((size, i) => (i === open ? (left ?? call.facts.quotient(elements, wanted)) : (size ?? unknownSize()))),
    input.dtype,
  );
}

/** `view(dtype)`: the same bytes as other elements, more or fewer of them in the last dimension. */
function ofType(input: TensorValue, dtype: DType, { facts }: OperationCall): TensorValue {
  const shape = facts.resolveShape(input.shape);
  const last = shape.at(-1);
  const [own, wanted] = [input.dtype ? bytesOf(input.dtype) : undefined, bytesOf(dtype)];
  if (own === wanted || !last) return tensor(shape, dtype);
  const isTold = own !== undefined && !isRest(last);
  const size = isTold ? divideExactly(multiply(last, constant(own)), constant(wanted)) : undefined;
  return tensor([...shape.slice(0, -1), size ?? unknownSize()], dtype);
}

/**
 * `x.view(-1, 16 * 5 * 5)` of feature maps whose sides nobody described: where the channels go into the size a square
 * number of times, each image is taken to become one row.
 */
function isFlattening(dims: readonly Dim[], wanted: Dim): boolean {
  const [, channels, ...sides] = dims.map(constantValue);
  const size = constantValue(wanted);
  if (dims.length !== 4 || size === undefined || !channels || sides.some((side) => side !== undefined)) return false;
  const side = Math.sqrt(size / channels);
  const open = dims.slice(2).flatMap((dim) => [...symbolsOf(dim)]);
  return Number.isInteger(side) && side > 1 && open.every(({ origin }) => origin === "free");
}

/** The size of dimensions that nobody described: that of an assumed input takes the value that layers ask for. */
function whatIsLeft(shape: Shape): Dim {
  return shape.some((axis) => isRest(axis) && axis.origin === "free") ? newSymbol("D", "free") : unknownSize();
}

/** `resize_`: any size will do. */
function resized(call: OperationCall): Outcome {
  const [input, sizes] = [tensorArgument(call, "input"), integersArgument(call, "sizes")];
  if (!input || !sizes) return unknown("the sizes are not known");
  const negative = sizes.find((size) => size && (constantValue(size) ?? 0) < 0);
  return negative
    ? refuse("needs sizes of at least 0, not", negative)
    : tensor(
        sizes.map((size) => size ?? unknownSize()),
        input.dtype,
      );
}

/** `view_as`, `reshape_as`: the sizes are those of another tensor. */
function reshapeAs(call: OperationCall): Outcome {
  const sizes = shapeArgument(call, "other");
  const dims = sizes && knownDims(sizes);
  if (!dims) return unknown("the sizes to reshape to are not known");
  const shape: OpValue = { kind: "tuple", items: dims.map((size) => int(size)) };
  return dims.length === 0
    ? unknown("a single number is not modelled")
    : reshape({ ...call, values: new Map([...call.values, ["shape", shape]]) });
}

function unsqueeze(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  const dim = integerArgument(call, "dim");
  if (!input) return noTensor;
  if (dim === undefined) return unknown("the dimension to add is not known");
  const shape = exposeAll(call, input, dim > 0 ? [dim - 1] : dim < -1 ? [dim + 1] : []);
  const rank = shape.length;
  const at = dim >= 0 ? dim : rank + 1 + dim;
  if (!knownDims(shape) && axisIndex(shape, dim >= 0 ? dim - 1 : dim + 1) === undefined && dim !== 0 && dim !== -1)
    return noRank;
  if (at < 0 || at > rank) return refuse(`cannot add a dimension at ${dim}`, printShape(shape), input);
  return tensor([...shape.slice(0, at), constant(1), ...shape.slice(at)], input.dtype);
}

/** A tensor of which nothing but the type is known: what it was computed from still counts. */
function anyShape({ dtype }: TensorValue): TensorValue {
  return tensor(unknownShape(), dtype);
}

function squeeze(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  const shape = shapeArgument(call, "input");
  if (!input || !shape) return noTensor;
  const dim = call.values.get("dim");
  const one = constant(1);
  if (dim?.kind === "none") {
    const dims = knownDims(shape);
    // A symbol may be 1 as well, and then squeeze() removes it.
    if (!dims || dims.some((size) => equals(size, one) === "maybe")) return anyShape(input);
    return tensor(
      dims.filter((size) => constantValue(size) !== 1),
      input.dtype,
    );
  }
  const known = dim?.kind === "tuple" && dim.items.length === 1 ? sizeOf(dim.items[0]) : sizeOf(dim);
  const at = known && constantValue(known);
  if (at === undefined) return unknown("the dimension to remove is not known");
  const exposed = exposeAll(call, input, [at]);
  if (isAxisOfNumber(exposed, at)) return tensor(exposed, input.dtype);
  const index = axisIndex(exposed, at);
  if (index === undefined)
    return knownDims(exposed) ? refuse(`has no dimension ${at}`, printShape(exposed), input) : anyShape(input);
  const size = exposed[index] as Dim;
  const isOne = equals(size, one);
  if (isOne === "maybe") return anyShape(input);
  return tensor(isOne === "yes" ? exposed.filter((_, i) => i !== index) : exposed, input.dtype);
}

export const shapings: readonly Operation[] = [
  ...operation("torch.flatten(input, start_dim=0, end_dim=-1)", {
    method: true,
    says: "Merges neighbouring dimensions into one.",
    result: flatten,
    example: "torch.flatten(x, 1): (2, 3, 4) -> (2, 12)",
  }),
  ...module("nn.Flatten(start_dim=1, end_dim=-1)", {
    says: "Merges all dimensions but the batch into one.",
    result: flatten,
    example: "nn.Flatten(): (2, 3, 4) -> (2, 12)",
  }),
  ...functions(["torch.ravel(input)"], {
    method: true,
    says: "Merges all dimensions into one.",
    result: (call) => {
      const [start, end] = [int(0), int(-1)];
      return flatten({ ...call, values: new Map([...call.values, ["start_dim", start], ["end_dim", end]]) });
    },
    example: "x.ravel(): (2, 3) -> (6,)",
  }),
  ...functions(["Tensor.view(input, *shape)"], {
    says: "Gives the same elements another shape, without moving them.",
    result: reshape,
    example: "x.view(2, -1): (2, 3, 4) -> (2, 12)",
  }),
  ...functions(["Tensor.reshape(input, *shape)", "torch.reshape(input, shape)"], {
    says: "Gives the same elements another shape.",
    result: reshape,
    example: "torch.reshape(x, (4, 6)): (2, 3, 4) -> (4, 6)",
  }),
  ...functions(["Tensor.resize(input, *sizes, memory_format=None)"], {
    says: "Gives the tensor another size; elements are dropped, or room is made without values.",
    result: resized,
    example: "x.resize_(3, 5): (2, 3) -> (3, 5)",
  }),
  ...functions(["Tensor.resize_as(input, other, memory_format=None)"], {
    says: "Gives the tensor the size of another one.",
    result: (call) => {
      const [input, shape] = [tensorArgument(call, "input"), shapeArgument(call, "other")];
      return input && shape ? tensor(shape, input.dtype) : noTensor;
    },
    example: "x.resize_as_(y): (2, 3), (4, 5) -> (4, 5)",
  }),
  ...functions(["Tensor.sum_to_size(input, *size)"], {
    says: "Sums over dimensions until the tensor has a size that could be expanded to its own.",
    result: (call) => {
      const [input, sizes] = [tensorArgument(call, "input"), integersArgument(call, "size")];
      if (!input || !sizes) return unknown("the size is not known");
      const wanted = sizes.map((size) => size ?? unknownSize());
      const dims = knownDims(call.facts.resolveShape(input.shape));
      const common = dims && broadcast(dims, wanted, call.facts);
      const differs = dims?.some((size, i) => {
        const own = wanted[i - dims.length + wanted.length];
        return own && constantValue(own) !== 1 && equals(own, size) === "no";
      });
      if (common?.kind === "mismatch" || differs || (dims && wanted.length > dims.length))
        return refuse(`cannot sum to ${printShape(wanted)}`, printShape(dims!), input);
      return tensor(wanted, input.dtype);
    },
    example: "x.sum_to_size(1, 3): (4, 2, 3) -> (1, 3)",
  }),
  ...functions(["Tensor.view_as(input, other)"], {
    says: "Gives the same elements the shape of another tensor, without moving them.",
    result: reshapeAs,
    example: "x.view_as(y): (2, 6), (3, 4) -> (3, 4)",
  }),
  ...functions(["Tensor.reshape_as(input, other)"], {
    says: "Gives the same elements the shape of another tensor.",
    result: reshapeAs,
    example: "x.reshape_as(y): (2, 6), (3, 4) -> (3, 4)",
  }),
  ...operation("torch.unsqueeze(input, dim)", {
    method: true,
    says: "Adds a dimension of size 1.",
    result: unsqueeze,
    example: "torch.unsqueeze(x, -1): (2, 3) -> (2, 3, 1)",
  }),
  ...operation("torch.squeeze(input, dim=None)", {
    method: true,
    says: "Removes dimensions of size 1.",
    result: squeeze,
    example: "torch.squeeze(x, 1): (2, 1, 3) -> (2, 3)",
  }),
];
