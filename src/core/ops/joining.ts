/** Joining tensors, and combining the elements of several. */
import { broadcast } from "../shape/broadcast";
import { equals } from "../shape/bounds";
import { type Dim, add, constant, product, unknownSize } from "../shape/dim";
import { printDim, printShape } from "../shape/notation";
import { type Shape, knownDims, unknownShape } from "../shape/shape";
import { axisIndex, integerArgument } from "./arguments";
import { type OperationCall, type Outcome, refuse } from "./call";
import { type Operation, functions, operation } from "./define";
import { type DType, promoteRanked } from "./dtype";
import { type OpValue, type TensorValue, int, tensor, unknown } from "./value";

function tensorsArgument(call: OperationCall): TensorValue[] | undefined {
  const given = call.values.get("tensors");
  if (given?.kind !== "tuple") return undefined;
  const [only] = given.items;
  const value = given.items.length === 1 && only?.kind === "tuple" ? only : given;
  const tensors = value.items.filter((item) => item.kind === "tensor");
  return tensors.length === value.items.length && tensors.length > 0 ? tensors : undefined;
}

/** Likewise where some are not known: beside a tensor they can only be tensors. */
function tensorsToJoin(call: OperationCall): TensorValue[] | undefined {
  const given = call.values.get("tensors");
  if (given?.kind !== "tuple" || !given.items.some(({ kind }) => kind === "tensor")) return tensorsArgument(call);
  const tensors = given.items.map((item) => (item.kind === "unknown" ? tensor(unknownShape(), undefined) : item));
  return tensors.every((item) => item.kind === "tensor") ? tensors : undefined;
}

function cat(call: OperationCall): Outcome {
  const given = tensorsToJoin(call);
  const dim = integerArgument(call, "dim");
  if (!given || dim === undefined) return unknown("the tensors to join are not known");
  // Empty vectors are passed over, whatever the shapes of the others.
  const tensors = given.filter(({ shape }) => !isEmptyVector(call.facts.resolveShape(shape)));
  const shapes = tensors.map((value) => call.facts.resolveShape(value.shape));
  // All have the rank of one that surely counts; vectors are joined to vectors, also where they may be empty.
  const areVectors = shapes.every((shape) => shape.length === 1 && knownDims(shape));
  const first = areVectors ? shapes[0] : shapes.find((shape) => knownDims(shape) && !mayBeEmptyVector(shape));
  if (!first) return unknown("the ranks of the tensors are not known");
  const axis = axisIndex(first, dim);
  if (axis === undefined) return refuse(`has no dimension ${dim} in`, printShape(first), tensors[0]);
  let total = constant(0);
  for (const [index, shape] of shapes.entries()) {
    if (!knownDims(shape) || (first.length > 1 && mayBeEmptyVector(shape))) {
      total = unknownSize();
      continue;
    }
    const problem = differs(first, shape, axis, call);
    if (problem) return refuse(`cannot join ${printShape(first)} and`, printShape(shape), tensors[index]);
    total = add(total, shape[axis] as Dim);
  }
  // Those that are passed over count for the type.
  return tensor([...first.slice(0, axis), total, ...first.slice(axis + 1)], commonType(given));
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
  const tensors = tensorsToJoin(call);
  const dim = integerArgument(call, "dim");
  if (!tensors || dim === undefined) return unknown("the tensors to stack are not known");
  const shapes = tensors.map((value) => call.facts.resolveShape(value.shape));
  // All are of one shape: one that is known is enough.
  const first = shapes.find((shape) => knownDims(shape));
  if (!first) return unknown("the ranks of the tensors are not known");
  const different = shapes.findIndex((shape) => knownDims(shape) && differs(first, shape, -1, call));
  if (different >= 0)
    return refuse(`cannot stack ${printShape(first)} and`, printShape(shapes[different]!), tensors[different]);
  const at = dim >= 0 ? dim : first.length + 1 + dim;
  if (at < 0 || at > first.length) return refuse(`cannot stack at dimension ${dim} of`, printShape(first), tensors[0]);
  return tensor([...first.slice(0, at), constant(tensors.length), ...first.slice(at)], commonType(tensors));
}

const one = constant(1);

/** Joins tensors that are widened first, along a dimension that their rank says. */
function catWith(
  call: OperationCall,
  widen: (dims: readonly Dim[]) => readonly Dim[],
  axis: (rank: number) => number,
): Outcome {
  const tensors = tensorsArgument(call);
  const all = tensors?.map(({ shape }) => knownDims(call.facts.resolveShape(shape)));
  if (!tensors || !all || all.includes(undefined)) return unknown("the tensors to join are not known");
  const widened = tensors.map((value, i) => ({ ...value, shape: widen(all[i]!) }));
  const dim: OpValue = int(axis(widened[0]!.shape.length));
  return cat({
    ...call,
    values: new Map<string, OpValue>([
      ["tensors", { kind: "tuple", items: widened }],
      ["dim", dim],
    ]),
  });
}

/** The sizes of vectors; a single number counts as one element. */
function vectors(
  call: OperationCall,
  numbers: "allowed" | "refused" = "allowed",
): { tensors: readonly TensorValue[]; sizes: readonly Dim[] } | Outcome {
  const tensors = tensorsArgument(call);
  const all = tensors?.map(({ shape }) => knownDims(call.facts.resolveShape(shape)));
  if (!tensors || !all || all.includes(undefined)) return unknown("the vectors are not known");
  const wrong = all.findIndex((dims) => dims!.length > 1 || (dims!.length === 0 && numbers === "refused"));
  if (wrong >= 0) return refuse("takes vectors, not", printShape(all[wrong]!), tensors[wrong]);
  return { tensors, sizes: all.map((dims) => dims![0] ?? one) };
}

function meshgrid(call: OperationCall): Outcome {
  const given = vectors(call);
  const indexing = call.values.get("indexing");
  if ("kind" in given) return given;
  if (indexing?.kind !== "str" || (indexing.value !== "ij" && indexing.value !== "xy"))
    return unknown("the order of the dimensions is not known");
  const [first, second, ...others] = given.sizes;
  const sizes = indexing.value === "xy" && first && second ? [second, first, ...others] : given.sizes;
  return { kind: "tuple", items: given.tensors.map(({ dtype }) => tensor(sizes, dtype)) };
}

function combinationsOf(call: OperationCall): Outcome {
  const given = vectors(call, "refused");
  if ("kind" in given) return given;
  const rows = product(given.sizes);
  return tensor(given.sizes.length === 1 ? [rows] : [rows, constant(given.sizes.length)], commonType(given.tensors));
}

function blocks(call: OperationCall): Outcome {
  const tensors = tensorsArgument(call);
  const all = tensors?.map(({ shape }) => knownDims(call.facts.resolveShape(shape)));
  if (!tensors || !all || all.includes(undefined)) return unknown("the matrices are not known");
  const wrong = all.findIndex((dims) => dims!.length > 2);
  if (wrong >= 0) return refuse("takes two dimensions at most, not", printShape(all[wrong]!), tensors[wrong]);
  const rows = all.map((dims) => (dims!.length === 2 ? dims![0]! : one)).reduce(add);
  return tensor([rows, all.map((dims) => dims!.at(-1) ?? one).reduce(add)], commonType(tensors));
}

function broadcastAll(call: OperationCall): Outcome {
  const tensors = tensorsArgument(call);
  if (!tensors) return unknown("the tensors are not known");
  let shape: Shape = [];
  for (const value of tensors) {
    const common = broadcast(shape, value.shape, call.facts);
    if (common.kind === "mismatch") return refuse(`cannot broadcast ${printDim(common.left)} and`, common.right, value);
    shape = common.shape;
  }
  return { kind: "tuple", items: tensors.map(({ dtype }) => tensor(shape, dtype)) };
}

export const joinings: readonly Operation[] = [
  ...functions(["torch.cat(tensors, dim=0)", "torch.concat(tensors, dim=0)", "torch.concatenate(tensors, dim=0)"], {
    says: "Joins tensors along a dimension that they have.",
    result: cat,
    example: "torch.cat([x, y], dim=1): (2, 3), (2, 4) -> (2, 7)",
  }),
  ...operation("torch.stack(tensors, dim=0)", {
    says: "Joins tensors along a new dimension.",
    result: stack,
    example: "torch.stack([x, y], dim=1): (2, 3), (2, 3) -> (2, 2, 3)",
  }),
  ...operation("torch.hstack(tensors)", {
    says: "Joins tensors along their second dimension, vectors along their only one.",
    result: (call) =>
      catWith(
        call,
        (dims) => (dims.length === 0 ? [one] : dims),
        (rank) => (rank === 1 ? 0 : 1),
      ),
    example: "torch.hstack([x, y]): (2, 3), (2, 4) -> (2, 7)",
  }),
  ...functions(["torch.vstack(tensors)", "torch.row_stack(tensors)"], {
    says: "Joins tensors along their first dimension, vectors as rows.",
    result: (call) =>
      catWith(
        call,
        (dims) => (dims.length < 2 ? [one, dims[0] ?? one] : dims),
        () => 0,
      ),
    example: "torch.vstack([x, y]): (3,), (2, 3) -> (3, 3)",
  }),
  ...operation("torch.dstack(tensors)", {
    says: "Joins tensors along their third dimension.",
    result: (call) =>
      catWith(
        call,
        (dims) => (dims.length === 2 ? [...dims, one] : dims.length < 2 ? [one, dims[0] ?? one, one] : dims),
        () => 2,
      ),
    example: "torch.dstack([x, y]): (2, 3), (2, 3) -> (2, 3, 2)",
  }),
  ...operation("torch.column_stack(tensors)", {
    says: "Joins tensors along their second dimension, vectors as columns.",
    result: (call) =>
      catWith(
        call,
        (dims) => (dims.length < 2 ? [dims[0] ?? one, one] : dims),
        () => 1,
      ),
    example: "torch.column_stack([x, y]): (2,), (2, 3) -> (2, 4)",
  }),
  ...operation("torch.meshgrid(*tensors, indexing='ij')", {
    says: "The coordinates of a grid: a tensor for each vector, of the sizes of all.",
    result: meshgrid,
    example: "torch.meshgrid(x, y, indexing='xy'): (3,), (4,) -> (4, 3), (4, 3)",
  }),
  ...operation("torch.cartesian_prod(*tensors)", {
    says: "All combinations of the elements of vectors, one in each row.",
    result: combinationsOf,
    example: "torch.cartesian_prod(x, y): (3,), (4,) -> (12, 2)",
  }),
  ...operation("torch.block_diag(*tensors)", {
    says: "Puts matrices along the diagonal of a larger one.",
    result: blocks,
    example: "torch.block_diag(x, y): (2, 3), (4, 5) -> (6, 8)",
  }),
  ...operation("torch.broadcast_tensors(*tensors)", {
    says: "Expands tensors to their common shape.",
    result: broadcastAll,
    example: "torch.broadcast_tensors(x, y): (2, 1), (3,) -> (2, 3), (2, 3)",
  }),
];
