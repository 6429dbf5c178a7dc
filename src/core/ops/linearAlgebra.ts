/** Norms, determinants and functions of matrices (https://pytorch.org/docs/stable/linalg.html). */
import { broadcast } from "../shape/broadcast";
import { constant, constantValue } from "../shape/dim";
import { printDim, printShape } from "../shape/notation";
import { knownDims } from "../shape/shape";
import {
  axisIndex,
  flagArgument,
  integerArgument,
  integersArgument,
  tensorArgument,
  sizeOf,
  typeArgument,
} from "./arguments";
import { exposeAll, inputOf, knownIntegers, named, noRank, noTensor, alongLast } from "./axes";
import { type OperationCall, type Outcome, refuse } from "./call";
import { type Operation, functions, operation } from "./define";
import { categoryOf, toFloating, partType } from "./dtype";
import { type Matrices, matricesOf, ofMatrices } from "./matrices";
import { type OpValue, tensor, unknown } from "./value";

const sameMatrices = ofMatrices(
  ({ input, batch, rows, columns }) => tensor([...batch, rows, columns], input.dtype),
  true,
);

const perMatrix = ofMatrices(({ input, batch }) => tensor(batch, input.dtype), true);

/** By singular values any matrix has a condition; by other norms only one that has an inverse. */
function needsSquares(order: OpValue | undefined): boolean {
  if (order?.kind === "int") return Math.abs(constantValue(order.value) ?? 2) !== 2;
  return order?.kind === "str" || (order?.kind === "float" && Math.abs(order.value ?? 2) !== 2);
}

const condition = ({ input, batch }: Matrices): Outcome => tensor(batch, partType(input.dtype));

/** The distances of all pairs of rows. */
function distances(call: OperationCall): Outcome {
  const [a, b] = [matricesOf(call), matricesOf(call, tensorArgument(call, "x2"))];
  if (a.kind !== "matrices") return a;
  if (b.kind !== "matrices") return b;
  if (call.facts.equate(a.columns, b.columns) === "no")
    return refuse(`needs rows of ${printDim(a.columns)} elements, not`, b.columns, b.input);
  const batch = broadcast(a.batch, b.batch, call.facts);
  if (batch.kind === "mismatch") return refuse(`cannot broadcast ${printDim(batch.left)} and`, batch.right, b.input);
  return tensor([...batch.shape, a.rows, b.rows], a.input.dtype);
}

/** `linalg.norm` and its kin: all dimensions, or those of `dim`. */
function norm(all: boolean): (call: OperationCall) => Outcome {
  return (call) => {
    const input = inputOf(call);
    const keepdim = flagArgument(call, "keepdim");
    if (!input || keepdim === undefined) return noTensor;
    const isWhole = call.values.get("dim")?.kind === "none";
    const dims = isWhole ? [] : knownIntegers(integersArgument(call, "dim"));
    if (!dims) return unknown("the dimensions are not known");
    const shape = exposeAll(call, input, dims);
    const own = knownDims(shape);
    if (isWhole && all)
      return own
        ? tensor(keepdim ? own.map(() => constant(1)) : [], typeArgument(call, partType(input.dtype)))
        : noRank;
    const axes = dims.map((dim) => axisIndex(shape, dim));
    if (own?.length === 0) return unknown("a single number is not modelled");
    if (!axes.includes(undefined) && new Set(axes).size < axes.length)
      return refuse(`takes a dimension twice, ${dims.join(", ")} of`, printShape(shape), input);
    if (axes.includes(undefined) || isWhole)
      return own && !isWhole ? refuse(`has no dimensions ${dims.join(", ")} in`, printShape(shape), input) : noRank;
    const left = shape.flatMap((axis, i) => (!axes.includes(i) ? [axis] : keepdim ? [constant(1)] : []));
    return tensor(left, typeArgument(call, partType(input.dtype)));
  };
}

export const linearAlgebra: readonly Operation[] = [
  ...operation("torch.cdist(x1, x2, p=2.0, compute_mode=None)", {
    says: "The distances of all pairs of rows.",
    result: distances,
    example: "torch.cdist(x, y): (5, 2, 3), (5, 4, 3) -> (5, 2, 4)",
  }),
  ...functions(["torch.trace(input)"], {
    method: true,
    says: "The sum of the diagonal of a matrix.",
    shape: "(n, m) -> ()",
    example: "torch.trace(x): (3, 3) -> ()",
  }),
  ...functions(
    [
      "torch.inverse(input)",
      "torch.matrix_exp(input)",
      "torch.cholesky(input, upper=False)",
      "torch.matrix_power(input, n)",
    ],
    {
      method: true,
      says: "A matrix made of a square one: its inverse, exponential, root or power.",
      result: sameMatrices,
      example: "torch.inverse(x + torch.eye(3)): (2, 3, 3) -> (2, 3, 3)",
    },
  ),
  ...functions(
    ["inv(A)", "cholesky(A, *, upper=False)", "matrix_exp(A)", "matrix_power(A, n)"].map(
      (text) => `torch.linalg.${text}`,
    ),
    {
      says: "A matrix made of a square one: its inverse, root, exponential or power.",
      result: sameMatrices,
      example: "torch.linalg.inv(x + torch.eye(3)): (2, 3, 3) -> (2, 3, 3)",
    },
  ),
  ...functions(["torch.pinverse(input, rcond=1e-15)"], {
    method: true,
    says: "The pseudo-inverse of matrices.",
    shape: "(*, n, m) -> (*, m, n)",
    example: "torch.pinverse(x): (2, 3, 4) -> (2, 4, 3)",
  }),
  ...functions(["torch.linalg.pinv(A, *, rtol=None, atol=None, hermitian=False)"], {
    says: "The pseudo-inverse of matrices.",
    shape: "(*, n, m) -> (*, m, n)",
    example: "torch.linalg.pinv(x): (2, 3, 4) -> (2, 4, 3)",
  }),
  ...functions(["torch.det(input)", "torch.logdet(input)"], {
    method: true,
    says: "The determinant of square matrices, or its logarithm.",
    result: perMatrix,
    example: "torch.det(x): (2, 3, 3) -> (2,)",
  }),
  ...functions(["torch.linalg.det(A)"], {
    says: "The determinant of square matrices.",
    result: perMatrix,
    example: "torch.linalg.det(x): (2, 3, 3) -> (2,)",
  }),
  ...functions(["torch.slogdet(input)"], {
    method: true,
    says: "The sign of the determinant and the logarithm of its absolute value.",
    result: ofMatrices(
      ({ input, batch }) =>
        named(["sign", "logabsdet"], tensor(batch, input.dtype), tensor(batch, partType(input.dtype))),
      true,
    ),
    example: "torch.slogdet(x): (2, 3, 3) -> (2,), (2,)",
  }),
  ...functions(["torch.linalg.slogdet(A)"], {
    says: "The sign of the determinant and the logarithm of its absolute value.",
    result: ofMatrices(
      ({ input, batch }) =>
        named(["sign", "logabsdet"], tensor(batch, input.dtype), tensor(batch, partType(input.dtype))),
      true,
    ),
    example: "torch.linalg.slogdet(x): (2, 3, 3) -> (2,), (2,)",
  }),
  ...functions(["torch.linalg.norm(A, ord=None, dim=None, keepdim=False, *, dtype=None)"], {
    says: "The norm of a tensor, or of the vectors or matrices of some dimensions.",
    result: norm(true),
    example: "torch.linalg.norm(x, dim=1): (2, 3) -> (2,)",
  }),
  ...functions(["torch.linalg.vector_norm(x, ord=2, dim=None, keepdim=False, *, dtype=None)"], {
    says: "The length of the vectors of some dimensions.",
    result: norm(true),
    example: "torch.linalg.vector_norm(x, dim=(0, 1), keepdim=True): (2, 3) -> (1, 1)",
  }),
  ...functions(["torch.linalg.matrix_norm(A, ord='fro', dim=(-2, -1), keepdim=False, *, dtype=None)"], {
    says: "The norm of matrices.",
    result: norm(false),
    example: "torch.linalg.matrix_norm(x): (5, 2, 3) -> (5,)",
  }),
  ...functions(["torch.cholesky_inverse(input, upper=False)"], {
    method: true,
    says: "The inverse of matrices of which the triangular roots are known.",
    result: sameMatrices,
    example: "torch.cholesky_inverse(x + torch.eye(3)): (2, 3, 3) -> (2, 3, 3)",
  }),
  ...functions(["torch.linalg.inv_ex(A, *, check_errors=False)"], {
    says: "The inverses of matrices, and for each whether it has one.",
    result: ofMatrices(
      ({ input, batch, rows, columns }) =>
        named(["inverse", "info"], tensor([...batch, rows, columns], input.dtype), tensor(batch, "int32")),
      true,
    ),
    example: "torch.linalg.inv_ex(x): (2, 3, 3) -> (2, 3, 3), (2,)",
  }),
  ...functions(["torch.linalg.cond(A, p=None)"], {
    says: "How much a matrix magnifies errors.",
    result: (call) => ofMatrices(condition, needsSquares(call.values.get("p")))(call),
    example: "torch.linalg.cond(x): (2, 3, 4) -> (2,)",
  }),
  ...functions(["torch.linalg.matrix_rank(A, tol=None, hermitian=False, *, atol=None, rtol=None)"], {
    says: "How many rows of a matrix are independent of each other.",
    result: ofMatrices(({ batch }, call) =>
      ["tol", "atol", "rtol"].some((name) => call.values.get(name)?.kind === "tensor")
        ? unknown("the tolerances are broadcast against the matrices")
        : tensor(batch, "int64"),
    ),
    example: "torch.linalg.matrix_rank(x): (2, 3, 4) -> (2,)",
  }),
  ...functions(["torch.linalg.vander(x, *, N=None)"], {
    says: "The powers of the elements of vectors as the columns of matrices.",
    result: alongLast((place, call) => {
      const wanted = call.values.get("N");
      const count = wanted?.kind === "none" ? place.size : sizeOf(wanted);
      if (count && (constantValue(count) ?? 2) < 2) return refuse("needs an N above 1, not", count);
      return place.size && count ? tensor([...place.shape, count], place.input.dtype) : noRank;
    }),
    example: "torch.linalg.vander(x, N=3): (2, 4) -> (2, 4, 3)",
  }),
  ...functions(["torch.cov(input, *, correction=1, fweights=None, aweights=None)", "torch.corrcoef(input)"], {
    method: true,
    says: "The covariances (correlations) of the rows of a matrix.",
    result: (call) => {
      const input = inputOf(call);
      const dims = input && knownDims(call.facts.resolveShape(input.shape));
      if (!input || !dims) return noRank;
      if (dims.length > 2) return refuse("takes two dimensions at most, not", printShape(dims), input);
      const isOne = dims.length < 2 || constantValue(dims[0]!) === 1;
      return tensor(isOne ? [] : [dims[0]!, dims[0]!], toFloating(input.dtype));
    },
    example: "torch.cov(x): (3, 10) -> (3, 3)",
  }),
  ...functions(["torch.vander(x, N=None, increasing=False)"], {
    says: "The powers of the elements of a vector as the columns of a matrix.",
    result: (call) => {
      const input = inputOf(call);
      const dims = input && knownDims(call.facts.resolveShape(input.shape));
      const count = integerArgument(call, "N");
      if (!input || dims?.length !== 1 || (count === undefined && call.values.get("N")?.kind !== "none")) return noRank;
      const dtype = input.dtype && categoryOf(input.dtype) < 2 ? "int64" : input.dtype;
      return tensor([dims[0]!, count === undefined ? dims[0]! : constant(count)], dtype);
    },
    example: "torch.vander(x, N=3): (4,) -> (4, 3)",
  }),
];
