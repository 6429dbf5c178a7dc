/** Repeating elements, turning tensors round, and parts of matrices. */
import { equals, rangeOf } from "../shape/bounds";
import { type Dim, constant, constantValue, multiply, product, unknownSize } from "../shape/dim";
import { printShape } from "../shape/notation";
import { type Shape, isRest, knownDims } from "../shape/shape";
import { axisIndex, integerArgument, integersArgument, shapeArgument, sizeOf } from "./arguments";
import { exposeAll, inputOf, keep, knownIntegers, noRank, noTensor, placeOf, withSizes } from "./axes";
import { type OperationCall, type Outcome, refuse } from "./call";
import { type Operation, functions, operation } from "./define";
import { type TensorValue, tensor, unknown } from "./value";

/** Sizes as a list, also where a method gets them one by one. */
function sizesArgument(call: OperationCall): (Dim | undefined)[] | undefined {
  const name = ["size", "repeats", "dims"].find((known) => call.values.has(known));
  return name === undefined ? undefined : integersArgument(call, name);
}

function expand(call: OperationCall): Outcome {
  const input = inputOf(call);
  const sizes = sizesArgument(call);
  if (!input) return noTensor;
  return sizes ? expandTo(call, input, sizes) : unknown("the sizes to expand to are not known");
}

/** Sizes of 1 become any size; -1 keeps one; new dimensions come in front. */
function expandTo(call: OperationCall, input: TensorValue, sizes: readonly (Dim | undefined)[]): Outcome {
  const shape = call.facts.resolveShape(input.shape);
  const dims = knownDims(shape);
  const wanted = sizes.map((size) => size ?? unknownSize());
  const keeps = (size: Dim): boolean => constantValue(size) === -1;
  if (!dims) return wanted.some((size) => rangeOf(size).min < 0) ? noRank : tensor(wanted, input.dtype);
  const added = wanted.length - dims.length;
  // Of a single number PyTorch takes any sizes as long as there is nothing in them.
  if (dims.length === 0 && wanted.some((size) => constantValue(size) === 0)) return unknown("it has no elements");
  const problem = refuse(`cannot expand to ${printShape(wanted)}`, printShape(shape), input);
  if (added < 0) return problem;
  const result: Dim[] = [];
  for (const [i, size] of wanted.entries()) {
    const own = dims[i - added];
    if (keeps(size) && !own) return problem;
    const isNegative = !keeps(size) && (constantValue(size) ?? 0) < 0;
    const differs = own && !keeps(size) && equals(own, size) === "no" && equals(own, constant(1)) === "no";
    if (isNegative || differs) return problem;
    result.push(own && keeps(size) ? own : size);
  }
  return tensor(result, input.dtype);
}

function expandAs(call: OperationCall): Outcome {
  const [input, other] = [inputOf(call), shapeArgument(call, "other")];
  if (!input || !other) return noTensor;
  const dims = knownDims(other);
  return dims ? expandTo(call, input, dims) : tensor(other, input.dtype);
}

/** `repeat` wants a number for each dimension at least; `tile` takes fewer as well. */
function repeat(fewer: boolean): (call: OperationCall) => Outcome {
  return (call) => {
    const input = inputOf(call);
    const times = sizesArgument(call);
    if (!input) return noTensor;
    const dims = knownDims(call.facts.resolveShape(input.shape));
    if (!dims || !times) return unknown("the rank of the input or the repetitions are not known");
    if (times.length < dims.length && !fewer)
      return refuse(
        `takes at least ${dims.length} numbers, one for each dimension of ${printShape(dims)}, not`,
        `${times.length}`,
        input,
      );
    const counts = [...Array.from({ length: Math.max(0, dims.length - times.length) }, () => constant(1)), ...times];
    const own = [...Array.from({ length: counts.length - dims.length }, () => constant(1)), ...dims];
    return tensor(
      own.map((size, i) => (counts[i] ? multiply(size, counts[i]) : unknownSize())),
      input.dtype,
    );
  };
}

function repeatInterleave(call: OperationCall): Outcome {
  const input = inputOf(call);
  const given = call.values.get("repeats");
  const dim = call.values.get("dim");
  if (!input) return noTensor;
  const times = sizeOf(given);
  const total = sizeOf(call.values.get("output_size"));
  if (given?.kind !== "tensor" && !times) return unknown("the repetitions are not known");
  const grow = (size: Dim): Dim => total ?? (times ? multiply(size, times) : unknownSize());
  if (dim?.kind === "none") {
    const dims = knownDims(call.facts.resolveShape(input.shape));
    return tensor([dims ? grow(product(dims)) : unknownSize()], input.dtype);
  }
  const at = integerArgument(call, "dim");
  if (at === undefined) return unknown("the dimension is not known");
  const place = placeOf(call, input, at);
  if (place.kind !== "place") return place;
  return place.size
    ? tensor(withSizes(place, grow(place.size)), input.dtype)
    : unknown("a single number is not modelled");
}

/** The dimensions that an argument names are there, and none of them twice. */
function hasDims(name: string, once: boolean): (call: OperationCall) => Outcome {
  return (call) => {
    const input = inputOf(call);
    if (!input) return noTensor;
    const given = call.values.get(name);
    const dims = given?.kind === "none" ? [] : knownIntegers(integersArgument(call, name));
    if (!dims) return tensor(call.facts.resolveShape(input.shape), input.dtype);
    const shape = exposeAll(call, input, dims);
    // Where there is nothing to shift nobody asks along which dimensions.
    const isEmpty = shape.some((size) => !isRest(size) && constantValue(size) === 0);
    if (!once && isEmpty) return tensor(shape, input.dtype);
    if (shape.length === 0 && dims.length > 0) return unknown("a single number is not modelled");
    const axes = dims.map((dim) => axisIndex(shape, dim));
    const isSound = !knownDims(shape) || !axes.includes(undefined);
    if (!isSound || (once && new Set(axes).size < axes.length && !axes.includes(undefined)))
      return refuse(`has not the dimensions ${dims.join(", ")}, each once, in`, printShape(shape), input);
    return tensor(shape, input.dtype);
  };
}

function rotate(call: OperationCall): Outcome {
  const input = inputOf(call);
  const times = integerArgument(call, "k");
  const dims = knownIntegers(integersArgument(call, "dims"));
  if (!input) return noTensor;
  const shape = call.facts.resolveShape(input.shape);
  if (!knownDims(shape) || times === undefined || dims?.length !== 2) return unknown("the rotation is not known");
  const [a, b] = dims.map((dim) => axisIndex(shape, dim));
  if (a === undefined || b === undefined || a === b)
    return refuse(`cannot turn dimensions ${dims.join(" and ")} of`, printShape(shape), input);
  const turned = [...shape];
  if (times % 2 !== 0) [turned[a], turned[b]] = [shape[b]!, shape[a]!];
  return tensor(turned, input.dtype);
}

function atLeast(rank: number, widen: (dims: readonly Dim[]) => Shape): (call: OperationCall) => Outcome {
  return (call) => {
    const input = inputOf(call);
    const dims = input && knownDims(call.facts.resolveShape(input.shape));
    if (!input || !dims) return noRank;
    return tensor(dims.length >= rank ? dims : widen(dims), input.dtype);
  };
}

const one = constant(1);

function strided(call: OperationCall): Outcome {
  const [input, sizes] = [inputOf(call), integersArgument(call, "size")];
  if (!input || !sizes) return unknown("the sizes are not known");
  return tensor(
    sizes.map((size) => size ?? unknownSize()),
    input.dtype,
  );
}

/** All pairs, triples, … of elements of vectors. */
function combinations(call: OperationCall): Outcome {
  const [input, count] = [inputOf(call), integerArgument(call, "r")];
  const dims = input && knownDims(call.facts.resolveShape(input.shape));
  const size = dims?.length === 1 ? constantValue(dims[0]!) : undefined;
  const again = call.values.get("with_replacement");
  if (
    !input ||
    size === undefined ||
    count === undefined ||
    count < 1 ||
    again?.kind !== "bool" ||
    again.value === undefined
  )
    return unknown("the size of the vector or the number of elements is not known");
  const from = again.value ? size + count - 1 : size;
  let ways = 1;
  for (let i = 0; i < count; i++) ways = (ways * (from - i)) / (i + 1);
  return tensor([constant(Math.max(0, Math.round(ways))), constant(count)], input.dtype);
}

export const expandings: readonly Operation[] = [
  ...functions(
    [
      "Tensor.expand(input, *size, implicit=False)",
      "torch.broadcast_to(input, size)",
      "Tensor.broadcast_to(input, size)",
    ],
    {
      says: "Repeats dimensions of size 1 without copying; -1 keeps a size.",
      result: expand,
      example: "x.expand(4, -1, 3): (2, 1) -> (4, 2, 3)",
    },
  ),
  ...operation("Tensor.expand_as(input, other)", {
    says: "Repeats dimensions of size 1 until the tensor has the shape of another one.",
    result: expandAs,
    example: "x.expand_as(y): (2, 1), (4, 2, 3) -> (4, 2, 3)",
  }),
  ...operation("Tensor.repeat(input, *repeats)", {
    says: "Copies the tensor along its dimensions.",
    result: repeat(false),
    example: "x.repeat(4, 1, 2): (2, 3) -> (4, 2, 6)",
  }),
  ...functions(["torch.tile(input, dims)", "Tensor.tile(input, *dims)"], {
    says: "Copies the tensor along its last dimensions.",
    result: repeat(true),
    example: "torch.tile(x, (2,)): (2, 3) -> (2, 6)",
  }),
  ...operation("torch.repeat_interleave(input, repeats, dim=None, output_size=None)", {
    method: true,
    says: "Repeats each element, along one dimension or of all in a row.",
    result: repeatInterleave,
    example: "x.repeat_interleave(3, dim=1): (2, 4) -> (2, 12)",
  }),
  ...operation("torch.flip(input, dims)", {
    says: "Reverses the order of the elements along dimensions.",
    result: hasDims("dims", true),
    example: "torch.flip(x, [0, 1]): (2, 3) -> (2, 3)",
  }),
  ...operation("Tensor.flip(input, *dims)", {
    says: "Reverses the order of the elements along dimensions.",
    result: hasDims("dims", true),
    example: "x.flip(-1): (2, 3) -> (2, 3)",
  }),
  ...operation("torch.roll(input, shifts, dims=None)", {
    method: true,
    says: "Shifts elements along dimensions; what falls off comes in at the other end.",
    result: hasDims("dims", false),
    example: "torch.roll(x, (1, 2), dims=(0, 1)): (2, 3) -> (2, 3)",
  }),
  ...functions(["torch.fliplr(input)", "torch.flipud(input)"], {
    method: true,
    says: "Turns a matrix over, left to right or top to bottom.",
    result: keep(),
    example: "torch.fliplr(x): (2, 3) -> (2, 3)",
  }),
  ...operation("torch.rot90(input, k=1, dims=(0, 1))", {
    method: true,
    says: "Turns the plane of two dimensions by quarters.",
    result: rotate,
    example: "torch.rot90(x, 1, (1, 2)): (2, 3, 4) -> (2, 4, 3)",
  }),
  ...operation("torch.atleast_1d(input)", {
    says: "Makes a single number a vector.",
    result: atLeast(1, () => [one]),
    example: "torch.atleast_1d(x): () -> (1,)",
  }),
  ...operation("torch.atleast_2d(input)", {
    says: "Adds dimensions in front until there are two.",
    result: atLeast(2, (dims) => [one, dims[0] ?? one]),
    example: "torch.atleast_2d(x): (3,) -> (1, 3)",
  }),
  ...operation("torch.atleast_3d(input)", {
    says: "Adds dimensions until there are three, the last one first.",
    result: atLeast(3, (dims) => (dims.length === 2 ? [...dims, one] : [one, dims[0] ?? one, one])),
    example: "torch.atleast_3d(x): (2, 3) -> (2, 3, 1)",
  }),
  ...operation("torch.as_strided(input, size, stride, storage_offset=None)", {
    method: true,
    says: "Reads the memory of a tensor with other sizes and strides.",
    result: strided,
    example: "torch.as_strided(x, (2, 2), (1, 2)): (3, 3) -> (2, 2)",
  }),
  ...operation("torch.combinations(input, r=2, with_replacement=False)", {
    says: "Lists all choices of some elements of a vector.",
    result: combinations,
    example: "torch.combinations(x, 2): (4,) -> (6, 2)",
  }),
];
