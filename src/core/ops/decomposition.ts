/** Factors, eigenvalues and singular values of matrices (https://pytorch.org/docs/stable/linalg.html#decompositions). */
import { minimum } from "../shape/division";
import { flagArgument } from "./arguments";
import { named, several } from "./axes";
import { type OperationCall, type Outcome } from "./call";
import { type Operation, functions } from "./define";
import { partType } from "./dtype";
import { type Matrices, ofMatrices } from "./matrices";
import { type TensorValue, tensor, unknown } from "./value";

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
  const values = tensor([...batch, least], partType(input.dtype));
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

/** What PyTorch says of each matrix: 0 where all went well. */
const infos = ({ batch }: Matrices): TensorValue => tensor(batch, "int32");

const whole = ({ input, batch, rows, columns }: Matrices): TensorValue =>
  tensor([...batch, rows, columns], input.dtype);

const pivots = ({ batch, rows, columns }: Matrices): TensorValue => tensor([...batch, minimum(rows, columns)], "int32");

/** Permutation, lower and upper triangle. */
function triangles(matrices: Matrices): Outcome {
  const { input, batch, rows, columns } = matrices;
  const least = minimum(rows, columns);
  return named(
    ["P", "L", "U"],
    tensor([...batch, rows, rows], input.dtype),
    tensor([...batch, rows, least], input.dtype),
    tensor([...batch, least, columns], input.dtype),
  );
}

/** Flags that leave parts of the result out must not be set otherwise. */
const unless =
  (flags: readonly string[], result: (matrices: Matrices) => Outcome) =>
  (matrices: Matrices, call: OperationCall): Outcome =>
    flags.every((name) => flagArgument(call, name) === true)
      ? result(matrices)
      : unknown("which parts of the result are wanted is not known");

/** `lu`: both triangles in one matrix and the rows that were swapped; with `get_infos` what came of each matrix. */
const packedTriangles = ofMatrices((matrices, call) => {
  const wanted = flagArgument(call, "get_infos");
  if (wanted === undefined) return unknown("whether the infos are wanted is not known");
  return several(whole(matrices), pivots(matrices), ...(wanted ? [infos(matrices)] : []));
});

const eigen = (real: boolean): ((call: OperationCall) => Outcome) =>
  ofMatrices(({ input, batch, rows, columns }) => {
    const complex = input.dtype === "float32" ? "complex64" : input.dtype === "float64" ? "complex128" : input.dtype;
    const values = tensor([...batch, rows], real ? partType(input.dtype) : complex);
    return named(
      ["eigenvalues", "eigenvectors"],
      values,
      tensor([...batch, rows, columns], real ? input.dtype : complex),
    );
  }, true);

export const decompositions: readonly Operation[] = [
  ...functions(["torch.svd(input, some=True, compute_uv=True)"], {
    method: true,
    says: "Takes matrices apart into two orthogonal ones and singular values.",
    // Without the matrices their places are filled with zeros of other shapes.
    result: (call) =>
      flagArgument(call, "compute_uv") ? decomposed(call) : unknown("which parts are wanted is not known"),
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
      tensor([...batch, minimum(rows, columns)], partType(input.dtype)),
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
    result: ofMatrices(({ input, batch, rows }) => tensor([...batch, rows], partType(input.dtype)), true),
    example: "torch.linalg.eigvalsh(x): (2, 3, 3) -> (2, 3)",
  }),
  ...functions(["torch.linalg.eigvals(A)"], {
    says: "The eigenvalues of square matrices.",
    result: ofMatrices(({ input, batch, rows }) => {
      const wide = input.dtype && (partType(input.dtype) === "float64" ? "complex128" : "complex64");
      return tensor([...batch, rows], wide);
    }, true),
    example: "torch.linalg.eigvals(x): (2, 3, 3) -> (2, 3)",
  }),
  ...functions(["torch.linalg.cholesky_ex(A, *, upper=False, check_errors=False)"], {
    says: "The triangular roots of matrices, and for each whether it has one.",
    result: ofMatrices((matrices) => named(["L", "info"], whole(matrices), infos(matrices)), true),
    example: "torch.linalg.cholesky_ex(x): (2, 3, 3) -> (2, 3, 3), (2,)",
  }),
  ...functions(["torch.linalg.lu(A, *, pivot=True)"], {
    says: "Takes matrices apart into a permutation, a lower and an upper triangle.",
    result: ofMatrices(unless(["pivot"], triangles)),
    example: "torch.linalg.lu(x): (2, 4, 3) -> (2, 4, 4), (2, 4, 3), (2, 3, 3)",
  }),
  ...functions(["torch.lu_unpack(LU_data, LU_pivots, unpack_data=True, unpack_pivots=True)"], {
    says: "Unpacks a permutation, a lower and an upper triangle.",
    result: ofMatrices(unless(["unpack_data", "unpack_pivots"], triangles)),
    example: "torch.lu_unpack(x, y + 1): (2, 4, 3), (2, 3) int32 -> (2, 4, 4), (2, 4, 3), (2, 3, 3)",
  }),
  ...functions(["torch.linalg.lu_factor(A, *, pivot=True)"], {
    says: "Takes matrices apart into two triangles, packed into one matrix.",
    result: ofMatrices((matrices) => named(["LU", "pivots"], whole(matrices), pivots(matrices))),
    example: "torch.linalg.lu_factor(x + torch.eye(4)): (2, 4, 4) -> (2, 4, 4), (2, 4)",
  }),
  ...functions(["torch.linalg.lu_factor_ex(A, *, pivot=True, check_errors=False)"], {
    says: "Takes matrices apart into two triangles, packed into one matrix, and says for each whether it went well.",
    result: ofMatrices((matrices) =>
      named(["LU", "pivots", "info"], whole(matrices), pivots(matrices), infos(matrices)),
    ),
    example: "torch.linalg.lu_factor_ex(x): (2, 4, 3) -> (2, 4, 3), (2, 3), (2,)",
  }),
  ...functions(
    ["torch.lu(input, pivot=True, get_infos=False, out=None)", "Tensor.lu(input, pivot=True, get_infos=False)"],
    {
      says: "Takes matrices apart into two triangles, packed into one matrix.",
      result: packedTriangles,
      example: "torch.lu(x + torch.eye(3), get_infos=True): (2, 3, 3) -> (2, 3, 3), (2, 3), (2,)",
    },
  ),
  ...functions(["torch.geqrf(input)"], {
    method: true,
    says: "The parts of which an orthogonal factor is made.",
    result: ofMatrices((matrices) => {
      const { input, batch, rows, columns } = matrices;
      return named(["a", "tau"], whole(matrices), tensor([...batch, minimum(rows, columns)], input.dtype));
    }),
    example: "torch.geqrf(x): (2, 4, 3) -> (2, 4, 3), (2, 3)",
  }),
  ...functions(["torch.linalg.householder_product(A, tau)"], {
    says: "The orthogonal factor that its parts make.",
    result: ofMatrices(whole),
    example: "torch.linalg.householder_product(x, y): (2, 4, 3), (2, 3) -> (2, 4, 3)",
  }),
  ...functions(["torch.orgqr(input, input2)"], {
    method: true,
    says: "The orthogonal factor that its parts make.",
    result: ofMatrices(whole),
    example: "torch.orgqr(x, y): (2, 4, 3), (2, 3) -> (2, 4, 3)",
  }),
  ...functions(["torch.linalg.ldl_factor(A, *, hermitian=False)"], {
    says: "Takes symmetric matrices apart into a triangle and a diagonal, packed into one matrix.",
    result: ofMatrices((matrices) => named(["LD", "pivots"], whole(matrices), pivots(matrices)), true),
    example: "torch.linalg.ldl_factor(x + torch.eye(3)): (2, 3, 3) -> (2, 3, 3), (2, 3)",
  }),
  ...functions(["torch.linalg.ldl_factor_ex(A, *, hermitian=False, check_errors=False)"], {
    says: "Takes symmetric matrices apart into a triangle and a diagonal, and says for each whether it went well.",
    result: ofMatrices(
      (matrices) => named(["LD", "pivots", "info"], whole(matrices), pivots(matrices), infos(matrices)),
      true,
    ),
    example: "torch.linalg.ldl_factor_ex(x): (2, 3, 3) -> (2, 3, 3), (2, 3), (2,)",
  }),
];
