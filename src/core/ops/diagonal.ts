/** Diagonals and triangles of matrices (https://pytorch.org/docs/stable/torch.html#other-operations). */
import { type Dim, add, constant, constantValue, subtract, product } from "../shape/dim";
import { maximum, minimum } from "../shape/division";
import { printShape } from "../shape/notation";
import { knownDims } from "../shape/shape";
import { axisIndex, integerArgument } from "./arguments";
import { inputOf, keep, noTensor, written } from "./axes";
import { type OperationCall, type Outcome, refuse } from "./call";
import { type Operation, functions, operation } from "./define";
import { type TensorValue, tensor, unknown } from "./value";

/** A matrix with a vector as its diagonal, or the diagonal of a matrix. */
function diag(call: OperationCall): Outcome {
  const input = inputOf(call);
  const offset = integerArgument(call, "diagonal");
  const dims = input && knownDims(call.facts.resolveShape(input.shape));
  if (!input || !dims || offset === undefined) return unknown("the rank of the input or the diagonal is not known");
  if (dims.length === 1) {
    const size = add(dims[0]!, constant(Math.abs(offset)));
    return tensor([size, size], input.dtype);
  }
  if (dims.length !== 2) return refuse("takes a vector or a matrix, not", printShape(dims), input);
  const isOutside = (constantValue(dims[offset < 0 ? 0 : 1]!) ?? Infinity) < Math.abs(offset);
  return isOutside ? unknown("the diagonal lies outside of the matrix") : diagonalOf(input, dims, 0, 1, offset);
}

function diagonalOf(input: TensorValue, dims: readonly Dim[], row: number, column: number, offset: number): Outcome {
  const rows = offset < 0 ? add(dims[row]!, constant(offset)) : dims[row]!;
  const columns = offset > 0 ? subtract(dims[column]!, constant(offset)) : dims[column]!;
  const length = maximum(minimum(rows, columns), constant(0));
  return tensor([...dims.filter((_, i) => i !== row && i !== column), length], input.dtype);
}

function diagonal(call: OperationCall): Outcome {
  const input = inputOf(call);
  const [offset, first, second] = ["offset", "dim1", "dim2"].map((name) => integerArgument(call, name));
  if (!input) return noTensor;
  const dims = knownDims(call.facts.resolveShape(input.shape));
  if (!dims || offset === undefined || first === undefined || second === undefined)
    return unknown("the rank of the input or the diagonal is not known");
  const [row, column] = [axisIndex(dims, first), axisIndex(dims, second)];
  if (row === undefined || column === undefined || row === column)
    return refuse(`has no dimensions ${first} and ${second} in`, printShape(dims), input);
  return diagonalOf(input, dims, row, column, offset);
}

function diagonalEmbedded(call: OperationCall): Outcome {
  const input = inputOf(call);
  const [offset, first, second] = ["offset", "dim1", "dim2"].map((name) => integerArgument(call, name));
  const dims = input && knownDims(call.facts.resolveShape(input.shape));
  if (!input || !dims?.length || offset === undefined || first === undefined || second === undefined)
    return unknown("the rank of the input or the diagonal is not known");
  const rank = dims.length + 1;
  const [row, column] = [first, second].map((dim) => (dim < 0 ? dim + rank : dim)) as [number, number];
  if (row < 0 || column < 0 || row >= rank || column >= rank || row === column)
    return refuse(`cannot put a diagonal between ${first} and ${second} of`, printShape(dims), input);
  const size = add(dims.at(-1)!, constant(Math.abs(offset)));
  const others = dims.slice(0, -1);
  return tensor(
    Array.from({ length: rank }, (_, i) => (i === row || i === column ? size : others.shift()!)),
    input.dtype,
  );
}

/** A triangle of a matrix: two dimensions at least, where there is anything in it. */
const triangle = keep((_, input, shape) => {
  const dims = knownDims(shape);
  const isEmpty = dims?.some((size) => constantValue(size) === 0);
  return dims && dims.length < 2 && !isEmpty
    ? refuse("expects at least 2 dimensions", printShape(shape), input)
    : undefined;
});

export const diagonals: readonly Operation[] = [
  ...operation("torch.diag(input, diagonal=0)", {
    method: true,
    says: "Makes a matrix with a vector as its diagonal, or takes the diagonal of a matrix.",
    result: diag,
    example: "torch.diag(x, 1): (3,) -> (4, 4)",
  }),
  ...operation("torch.diagonal(input, offset=0, dim1=0, dim2=1)", {
    method: true,
    says: "Takes the diagonal of two dimensions, which becomes the last one.",
    result: diagonal,
    example: "torch.diagonal(x, dim1=-2, dim2=-1): (2, 3, 4) -> (2, 3)",
  }),
  ...operation("torch.linalg.diagonal(A, *, offset=0, dim1=-2, dim2=-1)", {
    says: "Takes the diagonal of two dimensions, which becomes the last one.",
    result: diagonal,
    example: "torch.linalg.diagonal(x): (2, 3, 4) -> (2, 3)",
  }),
  ...operation("torch.diagflat(input, offset=0)", {
    method: true,
    says: "Makes a matrix with all elements of a tensor on its diagonal.",
    result: (call) => {
      const [input, offset] = [inputOf(call), integerArgument(call, "offset")];
      const dims = input && knownDims(call.facts.resolveShape(input.shape));
      if (!input || !dims || offset === undefined) return unknown("the elements or the diagonal are not known");
      const size = add(product(dims), constant(Math.abs(offset)));
      return tensor([size, size], input.dtype);
    },
    example: "torch.diagflat(x, 1): (2, 3) -> (7, 7)",
  }),
  ...operation("torch.diagonal_scatter(input, src, offset=0, dim1=0, dim2=1)", {
    method: true,
    says: "Writes a tensor onto the diagonal of two dimensions of a copy.",
    result: (call) => written(call, diagonal(call)),
    example: "torch.diagonal_scatter(x, y): (3, 4, 2), (2, 3) -> (3, 4, 2)",
  }),
  ...operation("torch.diag_embed(input, offset=0, dim1=-2, dim2=-1)", {
    method: true,
    says: "Makes matrices whose diagonals are the last dimension.",
    result: diagonalEmbedded,
    example: "torch.diag_embed(x): (2, 3) -> (2, 3, 3)",
  }),
  ...functions(["torch.triu(input, diagonal=0)", "torch.tril(input, diagonal=0)"], {
    method: true,
    inPlace: true,
    says: "Keeps the upper (lower) triangle of matrices and sets the rest to zero.",
    result: triangle,
    sees: "place",
    example: "torch.triu(x, diagonal=1): (2, 3, 3) -> (2, 3, 3)",
  }),
];
