/** Products of vectors, matrices and tensors (https://pytorch.org/docs/stable/torch.html#blas-and-lapack-operations). */
import { broadcast } from "../shape/broadcast";
import { type Dim, constantValue } from "../shape/dim";
import { printDim, printShape } from "../shape/notation";
import { knownDims } from "../shape/shape";
import { tensorArgument } from "./arguments";
import { describeRank, inputOf, noRank } from "./axes";
import { type OperationCall, type Outcome, refuse } from "./call";
import { type Operation, functions, operation } from "./define";
import { type DType, promote } from "./dtype";
import { type TensorValue, tensor, unknown } from "./value";

/** `(n, m)` and `(m, p)`: the names of the sizes of each factor, the same name being the same size. */
interface Product {
  readonly factors: readonly (readonly [argument: string, names: string])[];
  readonly result: string;
}

/**
 * A product to which the first argument is added: it is broadcast to the product's shape. The factors' type is the result's,
 * but of vectors, where all three have a say.
 */
function addedProduct({ factors, result }: Product): (call: OperationCall) => Outcome {
  return (call) => {
    const types: (DType | undefined)[] = [];
    const input = inputOf(call);
    const sizes = new Map<string, Dim>();
    for (const [argument, names] of factors) {
      const factor = tensorArgument(call, argument);
      const shape = factor && describeRank(call, factor, names.length);
      if (!input || !factor || !shape) return unknown("the rank of a factor is not known");
      types.push(factor.dtype);
      if (shape.length !== names.length) return refuse(`expects ${names.length} dimensions`, printShape(shape), factor);
      for (const [i, name] of Array.from(names).entries()) {
        const [size, before] = [shape[i] as Dim, sizes.get(name)];
        if (before && call.facts.equate(before, size) === "no")
          return refuse(`expects ${printDim(before)} at dimension ${i} of ${argument}`, size, factor, i);
        sizes.set(name, before ?? size);
      }
    }
    const wanted = Array.from(result).map((name) => sizes.get(name)!);
    const common = types.reduce(promote);
    return addTo(
      input!,
      wanted,
      call,
      factors.every(([, { length }]) => length === 1) ? promote(input!.dtype, common) : common,
    );
  };
}

function addTo(input: TensorValue, wanted: readonly Dim[], call: OperationCall, dtype: DType | undefined): Outcome {
  const shape = call.facts.resolveShape(input.shape);
  const common = broadcast(shape, wanted, call.facts);
  const dims = knownDims(shape);
  const isTooLarge = dims && (dims.length > wanted.length || common.kind === "mismatch" || grows(dims, wanted));
  return isTooLarge
    ? refuse(`cannot expand to ${printShape(wanted)}`, printShape(shape), input)
    : tensor(wanted, dtype);
}

function grows(dims: readonly Dim[], wanted: readonly Dim[]): boolean {
  return dims.some((size, i) => {
    const [own, other] = [constantValue(size), constantValue(wanted[wanted.length - dims.length + i]!)];
    return own !== undefined && other !== undefined && own !== 1 && own !== other;
  });
}

/** Two vectors of one length; a single number goes with everything. */
function inner(call: OperationCall): Outcome {
  const [input, other] = [inputOf(call), tensorArgument(call, call.values.has("tensor") ? "tensor" : "other")];
  const [a, b] = [input, other].map((value) => value && describeRank(call, value, 1));
  if (!input || !other || !a || !b) return noRank;
  if (a.length !== 1 || b.length !== 1)
    return refuse("multiplies vectors, not", printShape(a.length === 1 ? b : a), a.length === 1 ? other : input);
  return call.facts.equate(a[0] as Dim, b[0] as Dim) === "no"
    ? refuse(`needs ${printDim(a[0] as Dim)} elements, as many as the other vector, not`, b[0] as Dim, other)
    : tensor([], input.dtype);
}

/** Every element of one vector times every one of another. */
function outer(call: OperationCall): Outcome {
  const [input, other] = [inputOf(call), tensorArgument(call, "vec2")];
  const [a, b] = [input, other].map((value) => value && describeRank(call, value, 1));
  if (!input || !other || !a || !b) return noRank;
  if (a.length !== 1 || b.length !== 1)
    return refuse("multiplies vectors, not", printShape(a.length === 1 ? b : a), a.length === 1 ? other : input);
  return tensor([...a, ...b], promote(input.dtype, other.dtype));
}

const dot: Product = {
  factors: [
    ["mat1", "nm"],
    ["mat2", "mp"],
  ],
  result: "np",
};

const options = "*, beta=1, alpha=1";

export const products: readonly Operation[] = [
  ...operation("torch.mm(input, mat2)", {
    method: true,
    says: "Multiplies two matrices.",
    shape: "(n, m), (m, p) -> (n, p)",
    macs: "output * m",
    example: "torch.mm(x, y): (2, 3), (3, 4) -> (2, 4)",
  }),
  ...operation("torch.spmm(input, mat2)", {
    says: "Multiplies two matrices, of which the first may be sparse.",
    shape: "(n, m), (m, p) -> (n, p)",
    macs: "output * m",
    example: "torch.spmm(x, y): (2, 3), (3, 4) -> (2, 4)",
  }),
  ...operation("torch.sparse.mm(input, mat2)", {
    says: "Multiplies a matrix, which may be sparse, by another.",
    shape: "(n, m), (m, p) -> (n, p)",
    macs: "output * m",
    example: "torch.sparse.mm(x, y): (2, 3), (3, 4) -> (2, 4)",
  }),
  ...operation("torch.bmm(input, mat2)", {
    method: true,
    says: "Multiplies batches of matrices.",
    shape: "(b, n, m), (b, m, p) -> (b, n, p)",
    macs: "output * m",
    example: "torch.bmm(x, y): (5, 2, 3), (5, 3, 4) -> (5, 2, 4)",
  }),
  ...operation("torch.mv(input, vec)", {
    method: true,
    says: "Multiplies a matrix by a vector.",
    shape: "(n, m), (m) -> (n)",
    macs: "output * m",
    example: "torch.mv(x, y): (2, 3), (3,) -> (2,)",
  }),
  ...functions(["torch.dot(input, tensor)", "torch.vdot(input, other)"], {
    method: true,
    says: "Multiplies two vectors and sums.",
    result: inner,
    example: "torch.dot(x, y): (3,), (3,) -> ()",
  }),
  ...functions(["torch.outer(input, vec2)", "torch.ger(input, vec2)"], {
    method: true,
    says: "Multiplies each element of a vector by each of another.",
    result: outer,
    macs: "output",
    example: "torch.outer(x, y): (3,) int64, (4,) -> (3, 4)",
  }),
  ...functions([`torch.addmm(input, mat1, mat2, ${options})`], {
    method: true,
    inPlace: true,
    says: "Adds the product of two matrices.",
    result: addedProduct(dot),
    example: "torch.addmm(x, y, z): (4,), (2, 3), (3, 4) -> (2, 4)",
  }),
  ...functions([`torch.addmv(input, mat, vec, ${options})`], {
    method: true,
    inPlace: true,
    says: "Adds the product of a matrix and a vector.",
    result: addedProduct({
      factors: [
        ["mat", "nm"],
        ["vec", "m"],
      ],
      result: "n",
    }),
    example: "torch.addmv(x, y, z): (2,), (2, 3), (3,) -> (2,)",
  }),
  ...functions([`torch.addr(input, vec1, vec2, ${options})`], {
    method: true,
    inPlace: true,
    says: "Adds all products of the elements of two vectors.",
    result: addedProduct({
      factors: [
        ["vec1", "n"],
        ["vec2", "m"],
      ],
      result: "nm",
    }),
    example: "torch.addr(x, y, z): (2, 3), (2,), (3,) -> (2, 3)",
  }),
  ...functions([`torch.baddbmm(input, batch1, batch2, ${options})`], {
    method: true,
    inPlace: true,
    says: "Adds the products of batches of matrices.",
    result: addedProduct({
      factors: [
        ["batch1", "bnm"],
        ["batch2", "bmp"],
      ],
      result: "bnp",
    }),
    example: "torch.baddbmm(x, y, z): (5, 2, 4), (5, 2, 3), (5, 3, 4) -> (5, 2, 4)",
  }),
  ...functions([`torch.addbmm(input, batch1, batch2, ${options})`], {
    method: true,
    inPlace: true,
    says: "Adds the sum of the products of batches of matrices.",
    result: addedProduct({
      factors: [
        ["batch1", "bnm"],
        ["batch2", "bmp"],
      ],
      result: "np",
    }),
    example: "torch.addbmm(x, y, z): (2, 4), (5, 2, 3), (5, 3, 4) -> (2, 4)",
  }),
];
