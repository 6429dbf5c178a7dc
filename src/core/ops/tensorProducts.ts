/** Products of tensors along chosen dimensions, of pairs of elements, and of several matrices. */
import { equals } from "../shape/bounds";
import { broadcast } from "../shape/broadcast";
import { type Dim, constant, constantValue, multiply } from "../shape/dim";
import { printDim, printShape } from "../shape/notation";
import { isRest, knownDims } from "../shape/shape";
import { axisIndex, shapeArgument, tensorArgument, integerArgument } from "./arguments";
import { inputOf, knownIntegers, noRank, noTensor } from "./axes";
import { type OperationCall, type Outcome, refuse } from "./call";
import { type Operation, functions, operation } from "./define";
import { promote } from "./dtype";
import { int, tensor, unknown } from "./value";

function kron(call: OperationCall): Outcome {
  const [input, other] = [inputOf(call), tensorArgument(call, "other")];
  const [a, b] = [input, other].map((value) => value && knownDims(call.facts.resolveShape(value.shape)));
  if (!input || !other || !a || !b) return noRank;
  const rank = Math.max(a.length, b.length);
  const at = (dims: readonly Dim[], i: number): Dim => dims[i - rank + dims.length] ?? constant(1);
  return tensor(
    Array.from({ length: rank }, (_, i) => multiply(at(a, i), at(b, i))),
    promote(input.dtype, other.dtype),
  );
}

/** Sums over the dimensions that are named, or over the last ones of the first and the first ones of the second. */
function tensordot(call: OperationCall): Outcome {
  const [input, other] = [tensorArgument(call, "a"), tensorArgument(call, "b")];
  const [a, b] = [input, other].map((value) => value && knownDims(call.facts.resolveShape(value.shape)));
  if (!input || !other || !a || !b) return noRank;
  const given = call.values.get("dims");
  const count = given?.kind === "int" ? constantValue(given.value) : undefined;
  const lists = given?.kind === "tuple" ? given.items.map((item) => (item.kind === "tuple" ? item.items : [item])) : [];
  const numbers = lists.map((list) =>
    knownIntegers(list.map((item) => (item.kind === "int" ? item.value : undefined))),
  );
  const last = count === undefined ? numbers[0] : Array.from({ length: count }, (_, i) => a.length - count + i);
  const first = count === undefined ? numbers[1] : Array.from({ length: count }, (_, i) => i);
  if (!last || !first) return unknown("the dimensions to sum over are not known");
  if (last.length !== first.length) return refuse("sums over as many dimensions of the second, not", `${first.length}`);
  const [left, right] = [last.map((dim) => axisIndex(a, dim)), first.map((dim) => axisIndex(b, dim))];
  if (left.includes(undefined) || right.includes(undefined))
    return refuse("has not the dimensions to sum over:", printShape(a), input);
  for (const [i, axis] of left.entries()) {
    const [x, y] = [a[axis!]!, b[right[i]!]!];
    if (constantValue(x) === 1 || constantValue(y) === 1) continue;
    if (call.facts.equate(x, y) === "no")
      return refuse(`needs ${printDim(x)} at dimension ${right[i]!}, not`, y, other, right[i]);
  }
  const rest = (dims: readonly Dim[], axes: readonly (number | undefined)[]): Dim[] =>
    dims.filter((_, i) => !axes.includes(i));
  return tensor([...rest(a, left), ...rest(b, right)], input.dtype);
}

/** A chain of matrices; its first and its last factor may be vectors. */
function chained(call: OperationCall): Outcome {
  const given = call.values.get("tensors") ?? call.values.get("matrices");
  const factors = given?.kind === "tuple" ? given.items : [];
  const isPlain = call.name === "torch.chain_matmul";
  const shapes: (readonly Dim[])[] = [];
  for (const [i, factor] of factors.entries()) {
    const dims = factor.kind === "tensor" ? knownDims(call.facts.resolveShape(factor.shape)) : undefined;
    if (factor.kind !== "tensor" || !dims) return noRank;
    const isEnd = !isPlain && (i === 0 || i === factors.length - 1);
    if (dims.length !== 2 && !(isEnd && dims.length === 1))
      return refuse("multiplies matrices, not", printShape(dims), factor);
    const before = shapes.at(-1)?.at(-1);
    if (before && call.facts.equate(before, dims[0]!) === "no")
      return refuse(`needs ${printDim(before)} rows, not`, dims[0]!, factor, 0);
    shapes.push(dims);
  }
  const [first, last] = [factors[0], shapes.at(-1)];
  if (shapes.length < 2 || first?.kind !== "tensor" || !last) return unknown("the factors are not known");
  return tensor([...shapes[0]!.slice(0, -1), ...last.slice(1)], first.dtype);
}

function summedProduct(call: OperationCall): Outcome {
  const [x, y, dim] = [call.values.get("x"), call.values.get("y"), integerArgument(call, "dim")];
  if (x?.kind !== "tensor" || y?.kind !== "tensor" || dim === undefined) return noTensor;
  const [a, b] = [x, y].map(({ shape }) => knownDims(call.facts.resolveShape(shape)));
  if (!a || !b) return noRank;
  const common = broadcast(a, b, call.facts);
  if (common.kind === "mismatch") return refuse(`cannot broadcast ${printDim(common.left)} and`, common.right, y);
  // Of single numbers and vectors PyTorch does not look at the dimension, and it broadcasts them by rules of their own.
  if (common.shape.length < 2)
    return a.length === 1 && b.length === 1 && equals(a[0]!, b[0]!) === "yes" && x.dtype === y.dtype
      ? tensor([], x.dtype)
      : unknown("the vectors are not known to have one length");
  const axis = axisIndex(common.shape, dim);
  if (axis === undefined) return refuse(`has no dimension ${dim} in`, printShape(common.shape), x);
  return x.dtype === y.dtype
    ? tensor(
        common.shape.filter((_, i) => i !== axis),
        x.dtype,
      )
    : unknown("vectors of two types are not modelled");
}

function cross(call: OperationCall): Outcome {
  const [input, other] = [inputOf(call), tensorArgument(call, "other")];
  if (!input || !other) return noTensor;
  const common = broadcast(input.shape, other.shape, call.facts);
  if (common.kind === "mismatch") return refuse(`cannot broadcast ${printDim(common.left)} and`, common.right, other);
  return tensor(common.shape, promote(input.dtype, other.dtype));
}

export const tensorProducts: readonly Operation[] = [
  ...operation("torch.inner(input, other)", {
    method: true,
    says: "Multiplies along the last dimensions and sums.",
    result: (call) => {
      const ranks = ["input", "other"].map((name) => shapeArgument(call, name)?.length ?? 0);
      if (ranks.includes(0)) return unknown("a single number is not modelled");
      const sizes = ["input", "other"].map((name) => shapeArgument(call, name)!.at(-1)!);
      if (sizes.some(isRest)) return noRank;
      const [own, wanted] = sizes as [Dim, Dim];
      if (call.facts.equate(own, wanted) === "no")
        return refuse(`needs ${printDim(own)} at the last dimension, not`, wanted, tensorArgument(call, "other"));
      const last: Outcome = { kind: "tuple", items: ranks.map((rank) => ({ kind: "tuple", items: [int(rank - 1)] })) };
      const [a, b] = [call.values.get("input")!, call.values.get("other")!];
      return tensordot({
        ...call,
        values: new Map([
          ["a", a],
          ["b", b],
          ["dims", last],
        ]),
      });
    },
    example: "torch.inner(x, y): (2, 3), (4, 3) -> (2, 4)",
  }),
  ...operation("torch.tensordot(a, b, dims=2)", {
    says: "Multiplies along some dimensions and sums over them.",
    result: tensordot,
    example: "torch.tensordot(x, y, dims=([1], [0])): (2, 3), (3, 4) -> (2, 4)",
  }),
  ...functions(["torch.linalg.multi_dot(tensors)", "torch.chain_matmul(*matrices)"], {
    says: "Multiplies several matrices, in the order that costs least.",
    result: chained,
    example: "torch.linalg.multi_dot([x, y, z]): (2, 3), (3, 4), (4, 5) -> (2, 5)",
  }),
  ...operation("torch.linalg.vecdot(x, y, *, dim=-1)", {
    says: "Multiplies along one dimension and sums, broadcasting the others.",
    result: summedProduct,
    example: "torch.linalg.vecdot(x, y): (2, 1, 3), (4, 3) -> (2, 4)",
  }),
  ...operation("torch.kron(input, other)", {
    method: true,
    says: "Puts a multiple of the second tensor in place of each element of the first.",
    result: kron,
    example: "torch.kron(x, y): (2, 3), (4, 5) -> (8, 15)",
  }),
  ...functions(["torch.cross(input, other, dim=None)", "torch.linalg.cross(input, other, *, dim=-1)"], {
    says: "The vectors that stand upright on two others.",
    result: cross,
    example: "torch.cross(x, y, dim=1): (2, 3), (2, 3) -> (2, 3)",
  }),
  ...operation("Tensor.cross(input, other, dim=None)", {
    says: "The vectors that stand upright on two others.",
    result: cross,
    example: "x.cross(y, dim=1): (2, 3), (2, 3) -> (2, 3)",
  }),
];
