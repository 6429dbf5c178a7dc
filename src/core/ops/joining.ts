/** Joining tensors, and products of matrices. */
import { type Dim, add, constant } from "../shape/dim";
import { printShape } from "../shape/notation";
import { type Shape, knownDims } from "../shape/shape";
import { axisIndex, integerArgument } from "./arguments";
import { type OperationCall, type Outcome, refuse } from "./call";
import { type Operation, functions, operation } from "./define";
import { type TensorValue, tensor, unknown } from "./value";

function tensorsArgument(call: OperationCall): TensorValue[] | undefined {
  const value = call.values.get("tensors");
  if (value?.kind !== "tuple") return undefined;
  const tensors = value.items.filter((item) => item.kind === "tensor");
  return tensors.length === value.items.length && tensors.length > 0 ? tensors : undefined;
}

function cat(call: OperationCall): Outcome {
  const tensors = tensorsArgument(call);
  const dim = integerArgument(call, "dim");
  if (!tensors || dim === undefined) return unknown("the tensors to join are not known");
  const shapes = tensors.map((value) => call.facts.resolveShape(value.shape));
  const [first] = shapes as [Shape];
  const axis = axisIndex(first, dim);
  if (shapes.some((shape) => !knownDims(shape)) || axis === undefined)
    return unknown("the ranks of the tensors are not known");
  let total = constant(0);
  for (const [index, shape] of shapes.entries()) {
    const problem = differs(first, shape, axis, call);
    if (problem) return refuse(`cannot join ${printShape(first)} and`, printShape(shape), tensors[index]);
    total = add(total, shape[axis] as Dim);
  }
  return tensor([...first.slice(0, axis), total, ...first.slice(axis + 1)], tensors[0]!.dtype);
}

function differs(first: Shape, other: Shape, except: number, { facts }: OperationCall): boolean {
  if (first.length !== other.length) return true;
  return first.some((size, i) => i !== except && facts.equate(size as Dim, other[i] as Dim) === "no");
}

function stack(call: OperationCall): Outcome {
  const tensors = tensorsArgument(call);
  const dim = integerArgument(call, "dim");
  if (!tensors || dim === undefined) return unknown("the tensors to stack are not known");
  const shapes = tensors.map((value) => call.facts.resolveShape(value.shape));
  const [first] = shapes as [Shape];
  if (shapes.some((shape) => !knownDims(shape))) return unknown("the ranks of the tensors are not known");
  const different = shapes.findIndex((shape) => differs(first, shape, -1, call));
  if (different >= 0)
    return refuse(`cannot stack ${printShape(first)} and`, printShape(shapes[different]!), tensors[different]);
  const at = dim >= 0 ? dim : first.length + 1 + dim;
  return tensor([...first.slice(0, at), constant(tensors.length), ...first.slice(at)], tensors[0]!.dtype);
}

export const joinings: readonly Operation[] = [
  ...functions(["torch.cat(tensors, dim=0)", "torch.concat(tensors, dim=0)"], {
    says: "Joins tensors along a dimension that they have.",
    result: cat,
    example: "torch.cat([x, y], dim=1): (2, 3), (2, 4) -> (2, 7)",
  }),
  ...operation("torch.stack(tensors, dim=0)", {
    says: "Joins tensors along a new dimension.",
    result: stack,
    example: "torch.stack([x, y], dim=1): (2, 3), (2, 3) -> (2, 2, 3)",
  }),
  ...operation("torch.mm(input, mat2)", {
    method: true,
    says: "Multiplies two matrices.",
    shape: "(n, m), (m, p) -> (n, p)",
    macs: "output * m",
    example: "torch.mm(x, y): (2, 3), (3, 4) -> (2, 4)",
  }),
  ...operation("torch.bmm(input, mat2)", {
    method: true,
    says: "Multiplies batches of matrices.",
    shape: "(b, n, m), (b, m, p) -> (b, n, p)",
    macs: "output * m",
    example: "torch.bmm(x, y): (5, 2, 3), (5, 3, 4) -> (5, 2, 4)",
  }),
];
