/** What can be asked of a tensor: its kind, its size in memory, whether it is like another. */
import { product, unknownInteger } from "../shape/dim";
import { knownDims } from "../shape/shape";
import { inputOf, noRank } from "./axes";
import { type OperationCall, type Outcome } from "./call";
import { type Operation, functions } from "./define";
import { type DType, categoryOf, promote } from "./dtype";
import { combine } from "./elementwise";
import { isContiguous } from "./strides";
import { type OpValue, bool, int, unknown } from "./value";

/** An answer about the input that its type gives; undefined where that is not known. */
function asks(answer: (dtype: DType) => OpValue, otherwise: OpValue): (call: OperationCall) => Outcome {
  return (call) => {
    const input = inputOf(call);
    return input ? (input.dtype === undefined ? otherwise : answer(input.dtype)) : otherwise;
  };
}

const anyBool = bool(undefined);

function elementBytes(dtype: DType): number {
  const bits = Number(/\d+$/.exec(dtype)?.[0] ?? 8);
  return bits / 8;
}

function elements(call: OperationCall): Outcome {
  const input = inputOf(call);
  const dims = input && knownDims(call.facts.resolveShape(input.shape));
  return dims ? { kind: "int", value: product(dims), measured: true } : noRank;
}

export const questions: readonly Operation[] = [
  ...functions(["torch.is_floating_point(input)"], {
    method: true,
    says: "Whether the elements are floating numbers.",
    result: asks((dtype) => bool(categoryOf(dtype) === 2), anyBool),
    example: "x.is_floating_point(): (2, 3) -> a truth value",
  }),
  ...functions(["torch.is_complex(input)"], {
    method: true,
    says: "Whether the elements are complex numbers.",
    result: asks((dtype) => bool(categoryOf(dtype) === 3), anyBool),
    example: "x.is_complex(): (2, 3) -> a truth value",
  }),
  ...functions(["torch.is_signed(input)"], {
    method: true,
    says: "Whether the elements may be negative.",
    result: asks((dtype) => bool(dtype !== "bool" && dtype !== "uint8"), anyBool),
    example: "x.is_signed(): (2, 3) -> a truth value",
  }),
  ...functions(
    ["conj", "neg", "inference", "distributed", "nonzero"].map((name) => `torch.is_${name}(input)`),
    {
      method: true,
      says: "Asks something of a tensor that its shape does not tell.",
      result: () => anyBool,
      example: "torch.is_conj(x): (2, 3) -> a truth value",
    },
  ),
  ...functions(
    [
      "is_shared(input)",
      "is_pinned(input, device=None)",
      "is_coalesced(input)",
      "is_set_to(input, other)",
      "has_names(input)",
    ].map((text) => `Tensor.${text}`),
    {
      says: "Asks something of a tensor that its shape does not tell.",
      result: () => anyBool,
      example: "x.is_shared(): (2, 3) -> a truth value",
    },
  ),
  ...functions(["torch.is_same_size(input, other)"], {
    method: true,
    says: "Whether two tensors have the same shape.",
    result: () => anyBool,
    example: "torch.is_same_size(x, y): (2, 3), (2, 3) -> a truth value",
  }),
  ...functions(["torch.can_cast(from_, to)"], {
    says: "Whether numbers of one type may become numbers of another.",
    result: () => anyBool,
    example: "torch.can_cast(torch.float32, torch.int64): -> a truth value",
  }),
  ...functions(["torch.promote_types(type1, type2)"], {
    says: "The type that holds numbers of both types.",
    result: (call) => {
      const [a, b] = ["type1", "type2"].map((name) => call.values.get(name));
      const common = a?.kind === "dtype" && b?.kind === "dtype" ? promote(a.dtype, b.dtype) : undefined;
      return common === undefined ? unknown("the types are not known") : { kind: "dtype", dtype: common };
    },
    example: "x.to(torch.promote_types(torch.float32, torch.float64)): (2, 3) -> (2, 3)",
  }),
  ...functions(["torch.result_type(tensor1, tensor2)"], {
    says: "The type that arithmetic of two operands gives.",
    result: (call) => {
      const sum = combine(call.values.get("tensor1")!, call.values.get("tensor2")!, call);
      return sum.kind === "tensor" && sum.dtype !== undefined
        ? { kind: "dtype", dtype: sum.dtype }
        : unknown("the types are not known");
    },
    example: "x.to(torch.result_type(x, 1.0)): (2, 3) int64 -> (2, 3)",
  }),
  ...functions(
    ["data_ptr", "storage_offset", "sparse_dim", "dense_dim", "get_device"].map((name) => `Tensor.${name}(input)`),
    {
      says: "A number that the shape of a tensor does not tell.",
      result: () => int(unknownInteger()),
      example: "x.data_ptr(): (2, 3) -> a number",
    },
  ),
  ...functions(["Tensor.stride(input, dim=None)"], {
    says: "How far apart in memory the neighbours along each dimension stand.",
    result: (call) => {
      const input = inputOf(call);
      const dims = input && knownDims(call.facts.resolveShape(input.shape));
      if (call.values.get("dim")?.kind === "int") return int(unknownInteger());
      if (!dims || call.values.get("dim")?.kind !== "none") return noRank;
      return { kind: "tuple", items: dims.map(() => int(unknownInteger())) };
    },
    example: "torch.zeros(len(x.stride())): (2, 3) -> (2,)",
  }),
  ...functions(["Tensor.is_contiguous(input, memory_format=None)"], {
    says: "Whether the elements of a tensor lie in the order of its sizes.",
    result: (call) => {
      const input = inputOf(call);
      const isPlain = call.values.get("memory_format")?.kind === "none";
      return input && isPlain ? bool(isContiguous(input)) : anyBool;
    },
    example: "x.is_contiguous(): (2, 3) -> a truth value",
  }),
  ...functions(["torch.equal(input, other)", "torch.allclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False)"], {
    method: true,
    says: "Whether two tensors are (almost) the same.",
    result: () => anyBool,
    example: "torch.equal(x, y): (2, 3), (2, 3) -> a truth value",
  }),
  ...functions(["Tensor.element_size(input)"], {
    says: "The bytes of an element.",
    result: asks((dtype) => int(elementBytes(dtype)), unknown("the element type is not known")),
    example: "x.element_size(): (2, 3) -> a number",
  }),
  ...functions(["Tensor.nelement(input)", "torch.numel(input)"], {
    says: "The number of elements.",
    result: elements,
    example: "x.nelement(): (2, 3) -> a number",
  }),
];
