/** Systems of linear equations (https://pytorch.org/docs/stable/linalg.html#solvers). */
import { broadcast } from "../shape/broadcast";
import { product } from "../shape/dim";
import { printDim } from "../shape/notation";
import { knownDims } from "../shape/shape";
import { flagArgument, shapeArgument, tensorArgument, integerArgument } from "./arguments";
import { noTensor, named, inputOf } from "./axes";
import { type OperationCall, type Outcome, refuse, isRefusal } from "./call";
import { type Operation, functions } from "./define";
import { type Matrices, matricesOf, ofMatrices } from "./matrices";
import { type OpValue, tensor, unknown } from "./value";

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

/** A result whose matrix and whose right side are the arguments of these names. */
function solvedBy(
  matrix: string,
  right: string,
  result: (solution: Outcome, matrices: Matrices) => Outcome = (solution) => solution,
) {
  return (call: OperationCall): Outcome => {
    const [factors, side] = [call.values.get(matrix), call.values.get(right)];
    if (factors?.kind !== "tensor" || side?.kind !== "tensor") return noTensor;
    if (call.values.has("left") && flagArgument(call, "left") !== true)
      return unknown("on which side the matrix stands is not known");
    // The matrix is the first of the arguments, which is where it is looked for.
    const values = new Map<string, OpValue>([[matrix, factors], ...call.values]);
    return ofMatrices(
      (matrices) => result(solved(matrices, right, { ...call, values }), matrices),
      true,
    )({ ...call, values });
  };
}

/** Right sides that are matrices, one for each matrix: of vectors as right sides nothing is said. */
const solvedFully = ofMatrices((matrices, call) => {
  const dims = shapeArgument(call, "B");
  const own = dims && knownDims(dims);
  if (own?.length !== matrices.batch.length + 2) return unknown("which of the right sides are vectors is not known");
  const solution = solved(matrices, "B", call);
  return named(["result", "info"], solution, tensor(matrices.batch, "int32"));
}, true);

/** The best solution where there is no exact one; what else comes with it depends on the driver. */
const nearest = ofMatrices((matrices, call) => {
  const right = tensorArgument(call, "B");
  const dims = right && knownDims(call.facts.resolveShape(right.shape));
  if (!right || dims?.length !== matrices.batch.length + 2)
    return unknown("which of the right sides are vectors is not known");
  const solution = solved(matrices, "B", call);
  if (isRefusal(solution) || solution.kind !== "tensor") return solution;
  const shape = [...solution.shape.slice(0, -2), matrices.columns, solution.shape.at(-1)!];
  const names = ["solution", "residuals", "rank", "singular_values"];
  const others = names.slice(1).map((name) => unknown(`the ${name.replace("_", " ")} depends on the driver`));
  return { kind: "tuple", items: [tensor(shape, right.dtype), ...others], names };
});

/** A tensor as a matrix of which the dimensions behind `at` are the columns. */
function tensorSolved(call: OperationCall): Outcome {
  const [a, b] = [tensorArgument(call, "A"), tensorArgument(call, "B")];
  const [dims, right] = [a, b].map((value) => value && knownDims(call.facts.resolveShape(value.shape)));
  if (!a || !b || !dims || !right || call.values.get("dims")?.kind !== "none")
    return unknown("the dimensions are not known");
  const columns = dims.slice(right.length);
  return call.facts.equate(product(columns), product(right)) === "no"
    ? refuse(`needs as many columns as rows, ${printDim(product(right))}, not`, product(columns), a)
    : tensor(columns, b.dtype);
}

/** The inverse of a tensor taken for a matrix: the dimensions in front and behind change places. */
function tensorInverted(call: OperationCall): Outcome {
  const [input, at] = [inputOf(call), integerArgument(call, "ind")];
  const dims = input && knownDims(call.facts.resolveShape(input.shape));
  if (!input || !dims || at === undefined) return unknown("the dimensions are not known");
  if (at > dims.length) return unknown("there are not as many dimensions");
  if (at < 1) return refuse("needs an ind above 0, not", `${at}`);
  const [rows, columns] = [dims.slice(0, at), dims.slice(at)];
  return call.facts.equate(product(rows), product(columns)) === "no"
    ? refuse(`needs as many columns as rows, ${printDim(product(rows))}, not`, product(columns), input)
    : tensor([...columns, ...rows], input.dtype);
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

export const solvings: readonly Operation[] = [
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
  ...functions(["torch.linalg.solve_ex(A, B, *, left=True, check_errors=False)"], {
    says: "Solves systems of linear equations, and says of each whether it has a solution.",
    result: (call) =>
      flagArgument(call, "left") ? solvedFully(call) : unknown("on which side the matrix stands is not known"),
    example: "torch.linalg.solve_ex(x + torch.eye(3), y): (2, 3, 3), (2, 3, 4) -> (2, 3, 4), (2,)",
  }),
  ...functions(["torch.linalg.lstsq(A, B, rcond=None, *, driver=None)"], {
    says: "Solves systems of linear equations as well as can be.",
    result: nearest,
    example: "torch.linalg.lstsq(x, y).solution: (2, 5, 3), (2, 5, 4) -> (2, 3, 4)",
  }),
  ...functions(["torch.linalg.lu_solve(LU, pivots, B, *, left=True, adjoint=False)"], {
    says: "Solves systems of linear equations of which the triangles are known.",
    result: solvedBy("LU", "B"),
    example: "torch.linalg.lu_solve(x, y + 1, z): (2, 3, 3), (2, 3) int32, (2, 3, 4) -> (2, 3, 4)",
  }),
  ...functions(["torch.lu_solve(input, LU_data, LU_pivots)"], {
    method: true,
    says: "Solves systems of linear equations of which the triangles are known.",
    result: solvedBy("LU_data", "input"),
    example: "torch.lu_solve(x, y, z + 1): (2, 3, 4), (2, 3, 3), (2, 3) int32 -> (2, 3, 4)",
  }),
  ...functions(["torch.linalg.ldl_solve(LD, pivots, B, *, hermitian=False)"], {
    says: "Solves systems of linear equations of which the triangle and the diagonal are known.",
    result: solvedBy("LD", "B"),
    example: "torch.linalg.ldl_solve(x, y + 1, z): (2, 3, 3), (2, 3) int32, (2, 3, 4) -> (2, 3, 4)",
  }),
  ...functions(["torch.triangular_solve(input, A, upper=True, transpose=False, unitriangular=False)"], {
    method: true,
    says: "Solves systems of linear equations with triangular matrices.",
    result: solvedBy("A", "input", (solution, { input, rows }) =>
      isRefusal(solution) || solution.kind !== "tensor"
        ? solution
        : named(
            ["solution", "cloned_coefficient"],
            solution,
            tensor([...solution.shape.slice(0, -2), rows, rows], input.dtype),
          ),
    ),
    example: "torch.triangular_solve(x, y + torch.eye(3)): (2, 3, 4), (3, 3) -> (2, 3, 4), (2, 3, 3)",
  }),
  ...functions(["torch.linalg.tensorsolve(A, B, dims=None)"], {
    says: "Solves a system of linear equations whose matrix is a tensor.",
    result: tensorSolved,
    example: "torch.linalg.tensorsolve(torch.eye(6).reshape(2, 3, 6), x): (2, 3) -> (6,)",
  }),
  ...functions(["torch.linalg.tensorinv(A, ind=2)"], {
    says: "The inverse of a tensor taken for a matrix.",
    result: tensorInverted,
    example: "torch.linalg.tensorinv(torch.eye(6).reshape(2, 3, 6)): -> (6, 2, 3)",
  }),
];
