/** Conversions of tensors, and what can be asked of them (https://pytorch.org/docs/stable/tensors.html). */
import { constant } from "../shape/dim";
import { type Shape, isRest } from "../shape/shape";
import { inputOf, keep, noTensor } from "./axes";
import { type OperationCall, type Outcome, refuse } from "./call";
import { type Operation, functions } from "./define";
import { type DType, dtypeOf } from "./dtype";
import { combine } from "./elementwise";
import { none, tensor, unknown } from "./value";

const tensorTypes: Readonly<Record<string, DType>> = {
  FloatTensor: "float32",
  DoubleTensor: "float64",
  HalfTensor: "float16",
  BFloat16Tensor: "bfloat16",
  LongTensor: "int64",
  IntTensor: "int32",
  ShortTensor: "int16",
  CharTensor: "int8",
  ByteTensor: "uint8",
  BoolTensor: "bool",
};

/** `to(device)`, `to(dtype)`, `to(other)`: the shape stays, a type given anywhere counts. */
function convert(call: OperationCall): Outcome {
  const input = inputOf(call);
  if (!input) return noTensor;
  const args = call.values.get("args");
  const given = [call.values.get("dtype"), ...(args?.kind === "tuple" ? args.items : [])];
  const type = given.find((value) => value?.kind === "dtype" || value?.kind === "tensor");
  const uncertain = given.some((value) => value?.kind === "unknown");
  const dtype = type && "dtype" in type ? type.dtype : uncertain ? undefined : input.dtype;
  return tensor(call.facts.resolveShape(input.shape), dtype);
}

/** `type('torch.FloatTensor')`, `type(torch.long)`; without an argument it names the type. */
function retype(call: OperationCall): Outcome {
  const [input, wanted] = [inputOf(call), call.values.get("dtype")];
  if (!input) return noTensor;
  if (wanted?.kind === "none") return { kind: "str", value: undefined };
  const name = wanted?.kind === "str" ? wanted.value?.split(".").at(-1) : undefined;
  const dtype = wanted?.kind === "dtype" ? wanted.dtype : name === undefined ? undefined : tensorTypes[name];
  return tensor(call.facts.resolveShape(input.shape), dtype);
}

function typed(name: string): (call: OperationCall) => Outcome {
  return (call) => {
    const input = inputOf(call);
    return input ? tensor(call.facts.resolveShape(input.shape), dtypeOf(name)) : noTensor;
  };
}

function typedAs(call: OperationCall): Outcome {
  const [input, other] = [inputOf(call), call.values.get("other")];
  if (!input) return noTensor;
  return tensor(call.facts.resolveShape(input.shape), other?.kind === "tensor" ? other.dtype : undefined);
}

/** `copy_`: what is copied is broadcast to the tensor. */
function copied(call: OperationCall): Outcome {
  const [input, source] = [inputOf(call), call.values.get("src")];
  if (!input || !source) return noTensor;
  const result = combine(input, source, call);
  return result.kind === "tensor" ? { ...result, dtype: input.dtype } : result;
}

/** Complex numbers as pairs in a last dimension, and back. */
function asReal(call: OperationCall): Outcome {
  const input = inputOf(call);
  if (!input) return noTensor;
  const dtype = { complex64: "float32", complex128: "float64" }[input.dtype ?? ""];
  if (dtype === undefined) return unknown("the input is not known to be complex");
  return tensor([...call.facts.resolveShape(input.shape), constant(2)], dtype);
}

function asComplex(call: OperationCall): Outcome {
  const input = inputOf(call);
  const dtype = { float32: "complex64", float64: "complex128" }[input?.dtype ?? ""];
  const dims: Shape | undefined = input && call.facts.exposeBack(input.shape, 1);
  const last = dims?.at(-1);
  if (!dims || !last || dtype === undefined) return unknown("the input is not known to hold pairs");
  if (isRest(last)) return unknown("the last dimension is not known to be 2");
  if (call.facts.equate(last, constant(2)) === "no") return refuse("needs a last dimension of 2, not", last, input);
  return last.key === "2" ? tensor(dims.slice(0, -1), dtype) : unknown("the last dimension is not known to be 2");
}

/** Methods that fill a tensor with something. */
const fillings = [
  "zero_(input)",
  "fill_(input, value)",
  "normal_(input, mean=0, std=1, *, generator=None)",
  "uniform_(input, from=0, to=1, *, generator=None)",
  "random_(input, *args, generator=None)",
  "exponential_(input, lambd=1, *, generator=None)",
  "bernoulli_(input, p=0.5, *, generator=None)",
  "log_normal_(input, mean=1, std=2, *, generator=None)",
  "cauchy_(input, median=0, sigma=1, *, generator=None)",
  "geometric_(input, p, *, generator=None)",
  "fill_diagonal_(input, fill_value, wrap=False)",
];

export const conversions: readonly Operation[] = [
  ...functions(
    ["Tensor.to(input, *args, dtype=None, device=None, non_blocking=False, copy=False, memory_format=None)"],
    {
      says: "Moves a tensor to another device or element type.",
      result: convert,
      example: "x.to(torch.float64): (2, 3) -> (2, 3)",
    },
  ),
  ...functions(
    [
      "Tensor.cpu(input)",
      "Tensor.cuda(input, device=None, non_blocking=False)",
      "Tensor.contiguous(input, memory_format=None)",
      "Tensor.requires_grad_(input, requires_grad=True)",
      "Tensor.pin_memory(input)",
    ],
    { says: "Gives the same values.", shape: "(*) -> (*)", sees: "place", example: "x.contiguous(): (2, 3) -> (2, 3)" },
  ),
  ...functions(["Tensor.type(input, dtype=None, non_blocking=False)"], {
    says: "Changes the element type, or names it.",
    result: retype,
    sees: "place",
    example: "x.type(torch.int64): (2, 3) -> (2, 3)",
  }),
  ...functions(["Tensor.type_as(input, other)"], {
    says: "Changes the element type to that of another tensor.",
    result: typedAs,
    sees: "place",
    example: "x.type_as(y): (2, 3), (1,) int64 -> (2, 3)",
  }),
  ...Object.entries({ byte: "uint8", char: "int8" }).flatMap(([name, dtype]) =>
    functions([`Tensor.${name}(input, memory_format=None)`], {
      says: "Changes the element type.",
      result: typed(dtype),
      sees: "place",
      example: `x.${name}(): (2, 3) -> (2, 3)`,
    }),
  ),
  ...["float", "double", "half", "bfloat16", "long", "int", "short", "bool", "cfloat", "cdouble"].flatMap((name) =>
    functions([`Tensor.${name}(input, memory_format=None)`], {
      says: "Changes the element type.",
      result: typed(name),
      sees: "place",
      example: `x.${name}(): (2, 3) -> (2, 3)`,
    }),
  ),
  ...functions(["torch.view_as_real(input)"], {
    says: "Gives complex numbers as pairs in a new last dimension.",
    result: asReal,
    example: "torch.view_as_real(x): (2, 3) complex64 -> (2, 3, 2)",
  }),
  ...functions(["torch.view_as_complex(input)"], {
    says: "Takes the pairs of the last dimension for complex numbers.",
    result: asComplex,
    example: "torch.view_as_complex(x): (3, 2) -> (3,)",
  }),
  ...functions(["Tensor.copy_(input, src, non_blocking=False)"], {
    says: "Copies another tensor into this one, broadcasting it.",
    result: copied,
    sees: "place",
    example: "x.copy_(y): (2, 3), (3,) -> (2, 3)",
  }),
  ...functions(
    fillings.map((text) => `Tensor.${text}`),
    {
      says: "Fills the tensor with new values.",
      result: keep(),
      example: "x.zero_(): (2, 3) -> (2, 3)",
    },
  ),
  ...functions(["Tensor.coalesce(input)"], {
    says: "Adds the elements of a sparse tensor that have the same place.",
    shape: "(*) -> (*)",
    example: "x.to_sparse().coalesce().to_dense(): (2, 3) -> (2, 3)",
  }),
  ...functions(
    ["to_dense(input)", "to_mkldnn(input)", "xpu(input)", "ipu(input)"].map((text) => `Tensor.${text}`),
    {
      says: "Keeps the same values in another way or place.",
      shape: "(*) -> (*)",
      sees: "place",
      example: "x.to_dense(): (2, 3) -> (2, 3)",
    },
  ),
  ...functions(["Tensor.to_sparse(input, sparse_dim=None)"], {
    says: "Keeps only the elements that are not zero.",
    shape: "(*) -> (*)",
    sees: "place",
    example: "x.to_sparse(): (2, 3) -> (2, 3)",
  }),
  ...functions(["Tensor.retain_grad(input)"], {
    says: "Keeps the gradient of a tensor that is no leaf.",
    result: () => none,
    example: "x.requires_grad_().exp().retain_grad(): (2, 3) -> nothing",
  }),
];
