/** Joining tensors, and products of matrices. */
import { type Dim, add, constant, equals } from "../shape/dim";
import { printShape } from "../shape/notation";
import { type Shape, knownDims } from "../shape/shape";
import { axisIndex, integerArgument } from "./arguments";
import { type OperationCall, type Outcome, refuse } from "./call";
import { type Operation, functions, operation } from "./define";
import { type DType, promoteRanked } from "./dtype";
import { type TensorValue, tensor, unknown } from "./value";

function tensorsArgument(call: OperationCall): TensorValue[] | undefined {
  const value = call.values.get("tensors");
  if (value?.kind !== "tuple") return undefined;
  const tensors = value.items.filter((item) => item.kind === "tensor");
  return tensors.length === value.items.length && tensors.length > 0 ? tensors : undefined;
}

function cat(call: OperationCall): Outcome {
  const given = tensorsArgument(call);
  const dim = integerArgument(call, "dim");
  if (!given || dim === undefined) return unknown("the tensors to join are not known");
  // Empty vectors are passed over, whatever the shapes of the others.
  const tensors = given.filter(({ shape }) => !isEmptyVector(call.facts.resolveShape(shape)));
  const shapes = tensors.map((value) => call.facts.resolveShape(value.shape));
  const [first] = shapes;
  if (!first || shapes.some((shape) => !knownDims(shape) || mayBeEmptyVector(shape)))
    return unknown("the ranks of the tensors are not known");
  const axis = axisIndex(first, dim);
  if (axis === undefined) return refuse(`has no dimension ${dim} in`, printShape(first), tensors[0]);
  let total = constant(0);
  for (const [index, shape] of shapes.entries()) {
    const problem = differs(first, shape, axis, call);
    if (problem) return refuse(`cannot join ${printShape(first)} and`, printShape(shape), tensors[index]);
    total = add(total, shape[axis] as Dim);
  }
  return tensor([...first.slice(0, axis), total, ...first.slice(axis + 1)], commonType(tensors));
}

function isEmptyVector(shape: Shape): boolean {
  return shape.length === 1 && knownDims(shape)?.[0]?.key === "0";
}

function mayBeEmptyVector(shape: Shape): boolean {
  const [only] = knownDims(shape) ?? [];
  return shape.length === 1 && only !== undefined && equals(only, constant(0)) !== "no";
}

function commonType(tensors: readonly TensorValue[]): DType | undefined {
  const typed = tensors.map(({ dtype, shape }) => ({ dtype, isNumber: shape.length === 0 }));
  return typed.reduce((a, b) => ({ dtype: promoteRanked(a, b), isNumber: a.isNumber && b.isNumber })).dtype;
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
  if (at < 0 || at > first.length) return refuse(`cannot stack at dimension ${dim} of`, printShape(first), tensors[0]);
  return tensor([...first.slice(0, at), constant(tensors.length), ...first.slice(at)], commonType(tensors));
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
