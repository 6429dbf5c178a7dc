/** Tensors out of nothing, tensors like others, and conversions (https://pytorch.org/docs/stable/torch.html#creation-ops). */
import { type Dim, ceilDivide, constant, constantValue, subtract, unknownSize } from "../shape/dim";
import { printShape } from "../shape/notation";
import { type Shape, knownDims, unknownShape } from "../shape/shape";
import { integerArgument, integersArgument, sizeOf, tensorArgument, typeArgument } from "./arguments";
import { inputOf } from "./axes";
import { type OperationCall, type Outcome, refuse } from "./call";
import { type Operation, functions } from "./define";
import { type DType } from "./dtype";
import { combine } from "./elementwise";
import { type OpValue, int, tensor, unknown } from "./value";

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

/** `randint(high, size)`, `randint(low, high, size)`. */
function integers(call: OperationCall): Outcome {
  const [high, size] = [call.values.get("high")!, call.values.get("size")!];
  const isShort = size.kind === "none" && high.kind === "tuple";
  const result = sized(isShort ? { ...call, values: new Map([...call.values, ["size", high]]) } : call);
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

/** The numbers that a range counts: how many, where its ends and step are known or whole. */
function range(call: OperationCall): Outcome {
  const [first, second, step] = ["start", "end", "step"].map((name) => call.values.get(name)!);
  const [start, end] = second!.kind === "none" ? [int(0), first!] : [first!, second!];
  const kinds = [start, end, step!].map(({ kind }) => kind);
  const dtype = typeArgument(
    call,
    kinds.includes("float") ? "float32" : kinds.every((kind) => kind === "int") ? "int64" : undefined,
  );
  const length = rangeLength(start, end, step!);
  return (constantValue(length) ?? 0) < 0 || isBackwards(start, end, step!)
    ? refuse(
        "counts to an end behind its start, which is not so with",
        `${String(numberOf(start))}, ${String(numberOf(end))}, ${String(numberOf(step!))}`,
      )
    : tensor([length], dtype);
}

function isBackwards(start: OpValue, end: OpValue, step: OpValue): boolean {
  const [a, b, c] = [start, end, step].map(numberOf);
  return a !== undefined && b !== undefined && c !== undefined && (b - a) * c < 0;
}

function rangeLength(start: OpValue, end: OpValue, step: OpValue): Dim {
  const [from, to, by] = [start, end, step].map((value) => sizeOf(value));
  if (from && to && by) {
    // PyTorch refuses a range whose end lies before its start.
    const length = subtract(to, from);
    const stride = constantValue(by);
    if (stride === undefined || stride === 0) return unknownSize();
    if (stride < 0) return ceilDivide(subtract(from, to), constant(-stride));
    return stride === 1 ? length : ceilDivide(length, by);
  }
  const [a, b, c] = [start, end, step].map(numberOf);
  if (a === undefined || b === undefined || c === undefined || c === 0) return unknownSize();
  return constant(Math.max(0, Math.ceil((b - a) / c)));
}

function numberOf(value: OpValue): number | undefined {
  if (value.kind === "float") return value.value;
  return value.kind === "int" ? constantValue(value.value) : undefined;
}

/** `linspace`, `logspace`: as many numbers as are asked for. */
function spaced(call: OperationCall): Outcome {
  return tensor([sizeOf(call.values.get("steps")) ?? unknownSize()], typeArgument(call, "float32"));
}

function eye(call: OperationCall): Outcome {
  const [rows, columns] = ["n", "m"].map((name) => call.values.get(name));
  const [n, m] = [
    sizeOf(rows) ?? unknownSize(),
    columns?.kind === "none" ? undefined : (sizeOf(columns) ?? unknownSize()),
  ];
  return tensor([n, m ?? n], typeArgument(call, "float32"));
}

function shuffled(call: OperationCall): Outcome {
  return tensor([sizeOf(call.values.get("n")) ?? unknownSize()], typeArgument(call, "int64"));
}

/** `new_zeros` and the like: the type is the tensor's own. */
function sizedLike(call: OperationCall): Outcome {
  const [input, sizes] = [inputOf(call), integersArgument(call, "size")];
  const dtype = typeArgument(call, input?.dtype);
  if (!input) return unknown("the input is not a tensor");
  return tensor(sizes ? sizes.map((size) => size ?? unknownSize()) : unknownShape(), dtype);
}

function newData(call: OperationCall): Outcome {
  const own = tensorArgument(call, "input")?.dtype;
  const made = fromData(call);
  return made.kind === "tensor" ? { ...made, dtype: typeArgument(call, own) } : made;
}

/** `normal(mean, std)` has the shape of its tensors; with two numbers it needs a size. */
function normal(call: OperationCall): Outcome {
  const [mean, std] = ["mean", "std"].map((name) => call.values.get(name)!);
  if (call.values.get("size")?.kind !== "none") return sized(call);
  if (mean!.kind === "tensor" && std!.kind === "tensor") {
    const common = combine(mean, std, call);
    return common.kind === "tensor" ? common : unknown("the shapes are not known");
  }
  const input = mean!.kind === "tensor" ? mean : std!.kind === "tensor" ? std : undefined;
  return input?.kind === "tensor"
    ? tensor(call.facts.resolveShape(input.shape), input.dtype)
    : unknown("the size is not known");
}

/** Draws from the last dimension, which becomes as many as are drawn. */
function drawn(call: OperationCall): Outcome {
  const [input, count] = [inputOf(call), sizeOf(call.values.get("num_samples"))];
  const dims = input && knownDims(call.facts.resolveShape(input.shape));
  if (!dims || !count) return unknown("the rank of the input or the number of draws is not known");
  if (dims.length === 0 || dims.length > 2) return refuse("draws from 1 or 2 dimensions, not", printShape(dims), input);
  return tensor([...dims.slice(0, -1), count], "int64");
}

/** The places of a triangle: two rows of indices. */
function triangle(upper: boolean): (call: OperationCall) => Outcome {
  return (call) => {
    const [rows, columns, offset] = ["row", "col", "offset"].map((name) => integerArgument(call, name));
    if (rows === undefined || columns === undefined || offset === undefined || rows > 10_000)
      return tensor([constant(2), unknownSize()], typeArgument(call, "int64"));
    let count = 0;
    for (let row = 0; row < rows; row++) {
      const below = Math.min(columns, Math.max(0, row + offset + (upper ? 0 : 1)));
      count += upper ? columns - below : below;
    }
    return tensor([constant(2), constant(count)], typeArgument(call, "int64"));
  };
}

/** `torch.FloatTensor(2, 3)` is a size, `torch.FloatTensor([2, 3])` are numbers. */
function legacy(dtype: DType): (call: OperationCall) => Outcome {
  return (call) => {
    const given = call.values.get("data");
    const items = given?.kind === "tuple" ? given.items : [];
    const [only] = items;
    if (items.length === 0) return tensor([constant(0)], dtype);
    if (items.length === 1 && only?.kind === "tensor") return tensor(call.facts.resolveShape(only.shape), dtype);
    if (items.length === 1 && only?.kind === "tuple") return tensor(shapeOfData(only), dtype);
    const sizes = items.map(sizeOf);
    return items.every(({ kind }) => kind === "int")
      ? tensor(
          sizes.map((size) => size!),
          dtype,
        )
      : tensor(unknownShape(), dtype);
  };
}

function window(call: OperationCall): Outcome {
  return tensor([sizeOf(call.values.get("window_length")) ?? unknownSize()], typeArgument(call, "float32"));
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
  ...functions([`torch.randint(low, high=None, size=None, ${options})`], {
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
    [
      `torch.as_tensor(data, dtype=None, device=None)`,
      `torch.asarray(data, ${options})`,
      `torch.scalar_tensor(data, ${options})`,
    ],
    {
      says: "Makes a tensor of Python numbers, or gives a tensor back.",
      result: fromData,
      example: "torch.as_tensor([1, 2, 3]): -> (3,)",
    },
  ),
  ...functions([`torch.arange(start, end=None, step=1, ${options})`], {
    says: "Counts from a start to an end, which is left out.",
    result: range,
    example: "torch.arange(0, 10, 3): -> (4,)",
  }),
  ...functions(
    [`torch.linspace(start, end, steps, ${options})`, `torch.logspace(start, end, steps, base=10.0, ${options})`],
    {
      says: "Makes numbers at equal distances (ratios) between two ends.",
      result: spaced,
      example: "torch.linspace(0, 1, 5): -> (5,)",
    },
  ),
  ...functions([`torch.eye(n, m=None, ${options})`], {
    says: "Makes a matrix with ones on its diagonal.",
    result: eye,
    example: "torch.eye(3, 4): -> (3, 4)",
  }),
  ...functions([`torch.randperm(n, ${options})`], {
    says: "Puts the integers below a number into a random order.",
    result: shuffled,
    example: "torch.randperm(5): -> (5,)",
  }),
  ...functions([`torch.full_like(input, fill_value, ${options}, memory_format=None)`], {
    says: "Makes a tensor of the shape of another, filled with one value.",
    result: like,
    example: "torch.full_like(x, 2.0): (2, 3) -> (2, 3)",
  }),
  ...functions([`torch.randint_like(input, low=0, high=None, ${options}, memory_format=None)`], {
    says: "Makes a tensor of random integers of the shape of another.",
    result: like,
    example: "torch.randint_like(x, 0, 5): (2, 3) -> (2, 3)",
  }),
  ...functions(
    ["new_zeros", "new_ones", "new_empty"].map((name) => `Tensor.${name}(input, *size, ${sizeOptions})`),
    {
      says: "Makes a tensor of the given size and of the type of another.",
      result: sizedLike,
      example: "x.new_zeros(2, 3): (4,) -> (2, 3)",
    },
  ),
  ...functions([`Tensor.new_full(input, size, fill_value, ${options})`], {
    says: "Makes a tensor filled with one value and of the type of another.",
    result: sizedLike,
    example: "x.new_full((2, 3), 1.0): (4,) -> (2, 3)",
  }),
  ...functions([`Tensor.new_tensor(input, data, ${options})`], {
    says: "Makes a tensor of Python numbers.",
    result: newData,
    example: "x.new_tensor([1.0, 2.0]): (4,) -> (2,)",
  }),
  ...functions(["torch.normal(mean, std=1.0, size=None, *, generator=None, out=None)"], {
    says: "Draws normally distributed numbers.",
    result: normal,
    example: "torch.normal(0.0, 1.0, size=(2, 3)): -> (2, 3)",
  }),
  ...functions(
    ["torch.bernoulli(input, p=None, *, generator=None, out=None)", "torch.poisson(input, generator=None)"],
    {
      says: "Draws a number for each element, with the element as its parameter.",
      result: like,
      example: "torch.bernoulli(x): (2, 3) -> (2, 3)",
    },
  ),
  ...functions(["Tensor.bernoulli(input, p=None, *, generator=None)"], {
    says: "Draws zeros and ones, with the elements as probabilities.",
    result: like,
    example: "x.bernoulli(): (2, 3) -> (2, 3)",
  }),
  ...functions(["torch.multinomial(input, num_samples, replacement=False, *, generator=None)"], {
    method: true,
    says: "Draws indices, with the elements of each row as weights.",
    result: drawn,
    example: "torch.multinomial(x + 1, 2): (4, 5) -> (4, 2)",
  }),
  ...functions([`torch.triu_indices(row, col, offset=0, ${options})`], {
    says: "The places of the upper triangle of a matrix.",
    result: triangle(true),
    example: "torch.triu_indices(3, 4): -> (2, 9)",
  }),
  ...functions([`torch.tril_indices(row, col, offset=0, ${options})`], {
    says: "The places of the lower triangle of a matrix.",
    result: triangle(false),
    example: "torch.tril_indices(3, 4, 1): -> (2, 9)",
  }),
  ...Object.entries({
    Tensor: "float32",
    FloatTensor: "float32",
    DoubleTensor: "float64",
    HalfTensor: "float16",
    LongTensor: "int64",
    IntTensor: "int32",
    ShortTensor: "int16",
    ByteTensor: "uint8",
    BoolTensor: "bool",
  }).flatMap(([name, dtype]) =>
    functions([`torch.${name}(*data, device=None)`], {
      says: "Makes a tensor of the given size, without values, or of Python numbers.",
      result: legacy(dtype),
      example: `torch.${name}(2, 3): -> (2, 3)`,
    }),
  ),
  ...functions(
    ["hann_window", "hamming_window", "blackman_window", "bartlett_window", "kaiser_window"].map(
      (name) => `torch.${name}(window_length, periodic=True, ${options})`,
    ),
    { says: "A window that fades a signal in and out.", result: window, example: "torch.hann_window(16): -> (16,)" },
  ),
];
