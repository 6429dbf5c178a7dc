/** Decompositions, norms and functions of matrices (https://pytorch.org/docs/stable/linalg.html). */
import { broadcast } from "../shape/broadcast";
import { type Dim, constant, constantValue, minimum, subtract } from "../shape/dim";
import { printDim, printShape } from "../shape/notation";
import { type Shape, knownDims } from "../shape/shape";
import { axisIndex, flagArgument, integerArgument, integersArgument, shapeArgument, tensorArgument } from "./arguments";
import { exposeAll, inputOf, knownIntegers, named, noRank, noTensor } from "./axes";
import { type OperationCall, type Outcome, type Refusal, refuse } from "./call";
import { type Operation, functions, operation } from "./define";
import { type DType, toFloating } from "./dtype";
import { type OpValue, type TensorValue, type UnknownValue, tensor, unknown } from "./value";

/** The shape of a tensor of matrices: batch dimensions, rows, columns. */
interface Matrices {
  readonly kind: "matrices";
  readonly input: TensorValue;
  readonly batch: Shape;
  readonly rows: Dim;
  readonly columns: Dim;
}

function matricesOf(call: OperationCall, input = inputOf(call)): Matrices | Refusal | UnknownValue {
  if (!input) return noTensor;
  const shape = exposeAll(call, input, [-2]);
  if (knownDims(shape) && shape.length < 2) return refuse("expects at least 2 dimensions", printShape(shape), input);
  if (axisIndex(shape, -2) === undefined) return noRank;
  const [rows, columns] = shape.slice(-2) as [Dim, Dim];
  return { kind: "matrices", input, batch: shape.slice(0, -2), rows, columns };
}

/** A result of matrices, square ones where that is asked for. */
function ofMatrices(
  result: (matrices: Matrices, call: OperationCall) => Outcome,
  square = false,
): (call: OperationCall) => Outcome {
  return (call) => {
    const matrices = matricesOf(call);
    if (matrices.kind !== "matrices") return matrices;
    const isRefused = square && call.facts.equate(matrices.rows, matrices.columns) === "no";
    const shape = [...matrices.batch, matrices.rows, matrices.columns];
    return isRefused ? refuse("needs square matrices, not", printShape(shape), matrices.input) : result(matrices, call);
  };
}

const sameMatrices = ofMatrices(
  ({ input, batch, rows, columns }) => tensor([...batch, rows, columns], input.dtype),
  true,
);
const perMatrix = ofMatrices(({ input, batch }) => tensor(batch, input.dtype), true);

function partOf(dtype: DType | undefined): DType | undefined {
  return dtype === "complex64" ? "float32" : dtype === "complex128" ? "float64" : dtype;
}

const decomposed = ofMatrices((matrices, call) => {
  const { input, batch, rows, columns } = matrices;
  const some = flagArgument(call, call.values.has("some") ? "some" : "full_matrices");
  const withVectors = call.values.has("compute_uv") ? flagArgument(call, "compute_uv") : true;
  if (some === undefined || withVectors === undefined) return unknown("which matrices are wanted is not known");
  const isReduced = call.values.has("some") ? some : !some;
  const least = minimum(rows, columns);
  const [left, right] = isReduced ? [least, least] : [rows, columns];
  const isTurned = call.values.has("full_matrices");
  const last = isTurned ? [right, columns] : [columns, right];
  const values = tensor([...batch, least], partOf(input.dtype));
  const names = isTurned ? ["U", "S", "Vh"] : ["U", "S", "V"];
  return named(names, tensor([...batch, rows, left], input.dtype), values, tensor([...batch, ...last], input.dtype));
});

const orthogonal = ofMatrices(({ input, batch, rows, columns }, call) => {
  const mode = call.values.get("mode");
  const some = call.values.get("some");
  const how =
    mode?.kind === "str" ? mode.value : some?.kind === "bool" ? (some.value ? "reduced" : "complete") : undefined;
  if (how !== "reduced" && how !== "complete") return unknown("the kind of decomposition is not modelled");
  const middle = how === "complete" ? rows : minimum(rows, columns);
  return named(
    ["Q", "R"],
    tensor([...batch, rows, middle], input.dtype),
    tensor([...batch, middle, columns], input.dtype),
  );
});

const eigen = (real: boolean): ((call: OperationCall) => Outcome) =>
  ofMatrices(({ input, batch, rows, columns }) => {
    const complex = input.dtype === "float32" ? "complex64" : input.dtype === "float64" ? "complex128" : input.dtype;
    const values = tensor([...batch, rows], real ? partOf(input.dtype) : complex);
    return named(
      ["eigenvalues", "eigenvectors"],
      values,
      tensor([...batch, rows, columns], real ? input.dtype : complex),
    );
  }, true);

/** The right side is a matrix of as many rows; its batch is that of the matrices. */
function solved(matrices: Matrices, name: string, call: OperationCall): Outcome {
  const right = matricesOf(call, tensorArgument(call, name));
  if (right.kind !== "matrices") return right;
  if (call.facts.equate(matrices.rows, right.rows) === "no")
    return refuse(`needs a right side of ${printDim(matrices.rows)} rows, not`, right.rows, right.input);
  const batch = broadcast(matrices.batch, right.batch, call.facts);
  if (batch.kind === "mismatch")
    return refuse(`cannot broadcast ${printDim(batch.left)} and`, batch.right, right.input);
  return tensor([...batch.shape, matrices.rows, right.columns], right.input.dtype);
}

const solve = ofMatrices((matrices, call) => {
  const shape = shapeArgument(call, "B");
  const dims = shape && knownDims(call.facts.resolveShape(shape));
  if (dims && dims.length < 2) return unknown("a vector as right side is not modelled");
  if (dims?.length !== matrices.batch.length + 2) return unknown("which of the right sides are vectors is not known");
  return solved(matrices, "B", call);
}, true);

const solveTriangular = ofMatrices(
  (matrices, call) =>
    flagArgument(call, "left") ? solved(matrices, "B", call) : unknown("on which side the matrix stands is not known"),
  true,
);

/** The factors are the second argument. */
function solveByFactors(call: OperationCall): Outcome {
  const [factors, right] = [tensorArgument(call, "input2"), call.values.get("input")];
  if (!factors || !right) return noTensor;
  const values = new Map<string, OpValue>([...call.values, ["input", factors], ["B", right]]);
  return ofMatrices((matrices) => solved(matrices, "B", { ...call, values }), true)({ ...call, values });
}

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
    if (isWhole && all) return own ? tensor(keepdim ? own.map(() => constant(1)) : [], partOf(input.dtype)) : noRank;
    const axes = dims.map((dim) => axisIndex(shape, dim));
    if (own?.length === 0) return unknown("a single number is not modelled");
    if (!axes.includes(undefined) && new Set(axes).size < axes.length)
      return refuse(`takes a dimension twice, ${dims.join(", ")} of`, printShape(shape), input);
    if (axes.includes(undefined) || isWhole)
      return own && !isWhole ? refuse(`has no dimensions ${dims.join(", ")} in`, printShape(shape), input) : noRank;
    const left = shape.flatMap((axis, i) => (!axes.includes(i) ? [axis] : keepdim ? [constant(1)] : []));
    return tensor(left, partOf(input.dtype));
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
        named(["sign", "logabsdet"], tensor(batch, input.dtype), tensor(batch, partOf(input.dtype))),
      true,
    ),
    example: "torch.slogdet(x): (2, 3, 3) -> (2,), (2,)",
  }),
  ...functions(["torch.linalg.slogdet(A)"], {
    says: "The sign of the determinant and the logarithm of its absolute value.",
    result: ofMatrices(
      ({ input, batch }) =>
        named(["sign", "logabsdet"], tensor(batch, input.dtype), tensor(batch, partOf(input.dtype))),
      true,
    ),
    example: "torch.linalg.slogdet(x): (2, 3, 3) -> (2,), (2,)",
  }),
  ...functions(["torch.svd(input, some=True, compute_uv=True)"], {
    method: true,
    says: "Takes matrices apart into two orthogonal ones and singular values.",
    result: decomposed,
    example: "torch.svd(x): (4, 3) -> (4, 3), (3,), (3, 3)",
  }),
  ...functions(["torch.linalg.svd(A, full_matrices=True, *, driver=None)"], {
    says: "Takes matrices apart into two orthogonal ones and singular values.",
    result: decomposed,
    example: "torch.linalg.svd(x, full_matrices=False): (4, 3) -> (4, 3), (3,), (3, 3)",
  }),
  ...functions(["torch.linalg.svdvals(A, *, driver=None)"], {
    says: "The singular values of matrices.",
    result: ofMatrices(({ input, batch, rows, columns }) =>
      tensor([...batch, minimum(rows, columns)], partOf(input.dtype)),
    ),
    example: "torch.linalg.svdvals(x): (4, 3) -> (3,)",
  }),
  ...functions(["torch.qr(input, some=True)"], {
    method: true,
    says: "Takes matrices apart into an orthogonal and a triangular one.",
    result: orthogonal,
    example: "torch.qr(x): (4, 3) -> (4, 3), (3, 3)",
  }),
  ...functions(["torch.linalg.qr(A, mode='reduced')"], {
    says: "Takes matrices apart into an orthogonal and a triangular one.",
    result: orthogonal,
    example: "torch.linalg.qr(x, mode='complete'): (4, 3) -> (4, 4), (4, 3)",
  }),
  ...functions(["torch.linalg.eigh(A, UPLO='L')"], {
    says: "The eigenvalues and eigenvectors of symmetric matrices.",
    result: eigen(true),
    example: "torch.linalg.eigh(x): (2, 3, 3) -> (2, 3), (2, 3, 3)",
  }),
  ...functions(["torch.linalg.eig(A)"], {
    says: "The eigenvalues and eigenvectors of square matrices.",
    result: eigen(false),
    example: "torch.linalg.eig(x): (2, 3, 3) -> (2, 3), (2, 3, 3)",
  }),
  ...functions(["torch.linalg.eigvalsh(A, UPLO='L')"], {
    says: "The eigenvalues of symmetric matrices.",
    result: ofMatrices(({ input, batch, rows }) => tensor([...batch, rows], partOf(input.dtype)), true),
    example: "torch.linalg.eigvalsh(x): (2, 3, 3) -> (2, 3)",
  }),
  ...functions(["torch.linalg.solve(A, B, *, left=True)"], {
    says: "Solves systems of linear equations.",
    result: solve,
    example: "torch.linalg.solve(x + torch.eye(3), y): (2, 3, 3), (2, 3, 4) -> (2, 3, 4)",
  }),
  ...functions(["torch.linalg.solve_triangular(A, B, *, upper, left=True, unitriangular=False)"], {
    says: "Solves systems of linear equations with triangular matrices.",
    result: solveTriangular,
    example: "torch.linalg.solve_triangular(x + torch.eye(3), y, upper=True): (3, 3), (2, 3, 4) -> (2, 3, 4)",
  }),
  ...functions(["torch.cholesky_solve(input, input2, upper=False)"], {
    method: true,
    says: "Solves systems of linear equations of which the Cholesky factors are known.",
    result: solveByFactors,
    example: "torch.cholesky_solve(x, y + torch.eye(3)): (3, 2), (5, 3, 3) -> (5, 3, 2)",
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
  ...functions(["torch.cov(input, *, correction=1, fweights=None, aweights=None)", "torch.corrcoef(input)"], {
    method: true,
    says: "The covariances (correlations) of the rows of a matrix.",
    result: (call) => {
      const input = inputOf(call);
      const dims = input && knownDims(call.facts.resolveShape(input.shape));
      if (!input || !dims) return noRank;
      if (dims.length > 2) return refuse("takes two dimensions at most, not", printShape(dims), input);
      return tensor(dims.length < 2 ? [] : [dims[0]!, dims[0]!], toFloating(input.dtype));
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
      return tensor([dims[0]!, count === undefined ? dims[0]! : constant(count)], input.dtype);
    },
    example: "torch.vander(x, N=3): (4,) -> (4, 3)",
  }),
  ...functions(["torch.trapezoid(y, x=None, *, dx=None, dim=-1)", "torch.trapz(y, x=None, *, dx=None, dim=-1)"], {
    says: "The area below a curve, by the trapezoidal rule.",
    result: (call) => {
      const [input, dim] = [inputOf(call), integerArgument(call, "dim")];
      if (!input || dim === undefined || call.values.get("x")?.kind === "tensor")
        return unknown("the places are not modelled");
      const shape = exposeAll(call, input, [dim]);
      const axis = axisIndex(shape, dim);
      if (axis === undefined) return noRank;
      return tensor(
        shape.filter((_, i) => i !== axis),
        toFloating(input.dtype),
      );
    },
    example: "torch.trapezoid(x, dim=0): (4, 5) -> (5,)",
  }),
  ...functions(["torch.diff(input, n=1, dim=-1, prepend=None, append=None)"], {
    method: true,
    says: "The differences of neighbours along a dimension.",
    result: (call) => {
      const [input, times, dim] = [inputOf(call), integerArgument(call, "n"), integerArgument(call, "dim")];
      const isPlain = ["prepend", "append"].every((name) => call.values.get(name)?.kind === "none");
      if (!input || times === undefined || dim === undefined || !isPlain) return unknown("the arguments are not known");
      const shape = exposeAll(call, input, [dim]);
      const axis = axisIndex(shape, dim);
      const size = axis === undefined ? undefined : constantValue(shape[axis] as Dim);
      if (axis === undefined) return noRank;
      const left =
        size === undefined ? subtract(shape[axis] as Dim, constant(times)) : constant(Math.max(0, size - times));
      return tensor(
        shape.map((one, i) => (i === axis ? left : one)),
        input.dtype,
      );
    },
    example: "torch.diff(x, dim=1): (2, 5) -> (2, 4)",
  }),
];
