/** Operations that put the dimensions of a tensor into another order. */
import { constantValue } from "../shape/dim";
import { printShape } from "../shape/notation";
import { type Axis, knownDims } from "../shape/shape";
import { axisIndex, integerArgument, integersArgument, isAxisOfNumber, tensorArgument } from "./arguments";
import { describeRank, exposeAll, knownIntegers, noRank, noTensor } from "./axes";
import { type OperationCall, type Outcome, refuse } from "./call";
import { type Operation, functions, operation } from "./define";
import { tensor, unknown } from "./value";

function permute(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  const order = integersArgument(call, "dims")?.map((dim) => dim && constantValue(dim));
  if (!input) return noTensor;
  if (!order || order.includes(undefined)) return unknown("the order of the dimensions is not known");
  const shape = describeRank(call, input, order.length);
  if (!shape) return noRank;
  const axes = (order as number[]).map((dim) => axisIndex(shape, dim));
  if (shape.length !== order.length || new Set(axes).size !== axes.length || axes.includes(undefined)) {
    return refuse(`cannot order the dimensions as (${order.join(", ")})`, printShape(shape), input);
  }
  return tensor(
    (axes as number[]).map((axis) => shape[axis]!),
    input.dtype,
  );
}

function transpose(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  const dims = ["dim0", "dim1"].map(
    (name) => integerArgument(call, name) ?? integerArgument(call, name.replace("dim", "axis")),
  );
  if (!input) return noTensor;
  if (dims[0] === undefined || dims[1] === undefined) return unknown("the dimensions to swap are not known");
  const shape = exposeAll(call, input, dims as number[]);
  if ((dims as number[]).every((dim) => isAxisOfNumber(shape, dim))) return tensor(shape, input.dtype);
  const [a, b] = dims.map((dim) => axisIndex(shape, dim!));
  if (a === undefined || b === undefined) {
    return knownDims(shape) ? refuse(`cannot swap dimensions ${dims.join(" and ")}`, printShape(shape), input) : noRank;
  }
  const swapped: Axis[] = [...shape];
  [swapped[a], swapped[b]] = [shape[b]!, shape[a]!];
  return tensor(swapped, input.dtype);
}

/** Dimensions moved to other places; the rest keeps its order. */
function move(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  const [source, destination] = ["source", "destination"].map((name) => knownIntegers(integersArgument(call, name)));
  if (!input) return noTensor;
  if (!source || !destination) return unknown("the dimensions to move are not known");
  const shape = call.facts.resolveShape(input.shape);
  const dims = knownDims(shape);
  if (!dims) return noRank;
  const problem = refuse(
    `cannot move dimensions ${source.join(", ")} to ${destination.join(", ")} in`,
    printShape(shape),
    input,
  );
  const [from, to] = [source, destination].map((list) => list.map((dim) => axisIndex(dims, dim)));
  const isSound = [from, to].every((axes) => axes && !axes.includes(undefined) && new Set(axes).size === axes.length);
  if (!from || !to || !isSound || from.length !== to.length) return dims.length === 0 ? noRank : problem;
  const order: (number | undefined)[] = dims.map(() => undefined);
  to.forEach((place, i) => (order[place!] = from[i]));
  const others = dims.map((_, i) => i).filter((axis) => !from.includes(axis));
  return tensor(
    order.map((axis) => dims[axis ?? others.shift()!]!),
    input.dtype,
  );
}

/** `t()`: a matrix's rows and columns change places; a vector stays. */
function turn(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  if (!input) return noTensor;
  const dims = knownDims(call.facts.resolveShape(input.shape));
  if (!dims) return noRank;
  return dims.length > 2
    ? refuse("takes two dimensions at most, not", printShape(dims), input)
    : tensor([...dims].reverse(), input.dtype);
}

export const reorderings: readonly Operation[] = [
  ...operation("Tensor.permute(input, *dims)", {
    says: "Puts the dimensions into another order.",
    result: permute,
    example: "x.permute(2, 0, 1): (2, 3, 4) -> (4, 2, 3)",
  }),
  ...operation("torch.permute(input, dims)", {
    says: "Puts the dimensions into another order.",
    result: permute,
    example: "torch.permute(x, (2, 0, 1)): (2, 3, 4) -> (4, 2, 3)",
  }),
  ...operation("torch.transpose(input, dim0, dim1)", {
    method: true,
    says: "Swaps two dimensions.",
    result: transpose,
    example: "torch.transpose(x, 1, -1): (2, 3, 4) -> (2, 4, 3)",
  }),
  ...functions(["torch.swapaxes(input, axis0, axis1)", "torch.swapdims(input, dim0, dim1)"], {
    method: true,
    says: "Swaps two dimensions.",
    result: transpose,
    example: "torch.swapdims(x, 0, 2): (2, 3, 4) -> (4, 3, 2)",
  }),
  ...functions(["torch.movedim(input, source, destination)", "torch.moveaxis(input, source, destination)"], {
    method: true,
    says: "Moves dimensions to other places.",
    result: move,
    example: "torch.movedim(x, 1, -1): (2, 3, 4) -> (2, 4, 3)",
  }),
  ...operation("torch.t(input)", {
    method: true,
    says: "Swaps the rows and columns of a matrix.",
    result: turn,
    example: "x.t(): (2, 3) -> (3, 2)",
  }),
  ...functions(["torch.adjoint(input)"], {
    method: true,
    says: "Swaps the last two dimensions and takes the complex conjugate.",
    result: (call) => {
      const input = tensorArgument(call, "input");
      const shape = input && exposeAll(call, input, [-2]);
      if (!input || !shape || axisIndex(shape, -2) === undefined) return noRank;
      return tensor([...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!], input.dtype);
    },
    example: "torch.adjoint(x): (5, 2, 3) -> (5, 3, 2)",
  }),
];
