/** Tensors out of nothing, tensors like others, and conversions (https://pytorch.org/docs/stable/torch.html#creation-ops). */
import { constant, unknownSize } from "../shape/dim";
import { type Shape, unknownShape } from "../shape/shape";
import { integersArgument, tensorArgument, typeArgument } from "./arguments";
import { type OperationCall, type Outcome } from "./call";
import { type Operation, functions } from "./define";
import { type DType, dtypeOf } from "./dtype";
import { type OpValue, tensor, unknown } from "./value";

function sized(call: OperationCall): Outcome {
  const sizes = integersArgument(call, "size");
  const dtype = typeArgument(call, "float32");
  return sizes
    ? tensor(
        sizes.map((size) => size ?? unknownSize()),
        dtype,
      )
    : tensor(unknownShape(), dtype);
}

function filled(call: OperationCall): Outcome {
  const result = sized(call);
  const byValue = { bool: "bool", int: "int64", float: "float32" }[call.values.get("fill_value")!.kind as string];
  return result.kind === "tensor" ? { ...result, dtype: typeArgument(call, byValue) } : result;
}

function integers(call: OperationCall): Outcome {
  const result = sized(call);
  return result.kind === "tensor" ? { ...result, dtype: typeArgument(call, "int64") } : result;
}

function like(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  return input
    ? tensor(call.facts.resolveShape(input.shape), typeArgument(call, input.dtype))
    : unknown("the input is not a tensor");
}

/** `torch.tensor([[1, 2], [3, 4]])`: the shape of nested lists. */
function fromData(call: OperationCall): Outcome {
  const data = call.values.get("data")!;
  if (data.kind === "tensor") return tensor(call.facts.resolveShape(data.shape), typeArgument(call, data.dtype));
  return tensor(shapeOfData(data), typeArgument(call, typeOfData(data)));
}

function shapeOfData(data: OpValue): Shape {
  if (data.kind === "int" || data.kind === "float" || data.kind === "bool") return [];
  if (data.kind !== "tuple") return unknownShape();
  const first = data.items[0];
  return [constant(data.items.length), ...(first ? shapeOfData(first) : [])];
}

function typeOfData(data: OpValue): DType | undefined {
  if (data.kind === "tuple") {
    const types = new Set(data.items.map(typeOfData));
    return types.size === 1 ? [...types][0] : types.has("float32") && !types.has(undefined) ? "float32" : undefined;
  }
  return { bool: "bool", int: "int64", float: "float32" }[data.kind as string];
}

/** `to(device)`, `to(dtype)`, `to(other)`: the shape stays, a type given anywhere counts. */
function convert(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  if (!input) return unknown("the input is not a tensor");
  const args = call.values.get("args");
  const given = args?.kind === "tuple" ? args.items : [];
  const type = [call.values.get("dtype"), ...given].find(
    (value) => value?.kind === "dtype" || value?.kind === "tensor",
  );
  const uncertain = [call.values.get("dtype"), ...given].some((value) => value?.kind === "unknown");
  const dtype = type && "dtype" in type ? type.dtype : uncertain ? undefined : input.dtype;
  return { ...tensor(call.facts.resolveShape(input.shape), dtype) };
}

function typed(name: string): (call: OperationCall) => Outcome {
  return (call) => {
    const input = tensorArgument(call, "input");
    return input ? tensor(call.facts.resolveShape(input.shape), dtypeOf(name)) : unknown("the input is not a tensor");
  };
}

const options =
  "*, dtype=None, layout=None, device=None, requires_grad=False, generator=None, out=None, pin_memory=False";
const sizeOptions = options.replace("*, ", "");

export const creations: readonly Operation[] = [
  ...functions(
    ["zeros", "ones", "randn", "rand", "empty"].map((name) => `torch.${name}(*size, ${sizeOptions})`),
    { says: "Makes a tensor of the given size.", result: sized, example: "torch.randn(2, 3): -> (2, 3)" },
  ),
  ...functions([`torch.full(size, fill_value, ${options})`], {
    says: "Makes a tensor filled with one value.",
    result: filled,
    example: "torch.full((2, 3), 1.0): -> (2, 3)",
  }),
  ...functions([`torch.randint(low, high, size, ${options})`], {
    says: "Makes a tensor of random integers.",
    result: integers,
    example: "torch.randint(0, 10, (4,)): -> (4,)",
  }),
  ...functions(
    ["zeros_like", "ones_like", "randn_like", "rand_like", "empty_like"].map(
      (name) => `torch.${name}(input, ${options}, memory_format=None)`,
    ),
    { says: "Makes a tensor of the shape of another.", result: like, example: "torch.zeros_like(x): (2, 3) -> (2, 3)" },
  ),
  ...functions([`torch.tensor(data, ${options})`], {
    says: "Makes a tensor of Python numbers.",
    result: fromData,
    example: "torch.tensor([[1.0, 2.0], [3.0, 4.0]]): -> (2, 2)",
  }),
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
      "Tensor.contiguous(input)",
      "Tensor.requires_grad_(input, requires_grad=True)",
    ],
    { says: "Gives the same values.", shape: "(*) -> (*)", sees: "place", example: "x.contiguous(): (2, 3) -> (2, 3)" },
  ),
  ...["float", "double", "half", "long", "int", "bool"].flatMap((name) =>
    functions([`Tensor.${name}(input)`], {
      says: "Changes the element type.",
      result: typed(name),
      sees: "place",
      example: `x.${name}(): (2, 3) -> (2, 3)`,
    }),
  ),
];
