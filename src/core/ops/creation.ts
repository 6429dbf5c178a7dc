/** Tensors out of nothing, tensors like others, and conversions (https://pytorch.org/docs/stable/torch.html#creation-ops). */
import { rangeOf } from "../shape/bounds";
import { type Dim, constant, constantValue, subtract, unknownSize } from "../shape/dim";
import { ceilDivide } from "../shape/division";
import { type Shape, unknownShape } from "../shape/shape";
import { integerArgument, integersArgument, sizeOf, tensorArgument, typeArgument } from "./arguments";
import { inputOf } from "./axes";
import { type OperationCall, type Outcome, refuse } from "./call";
import { type Operation, functions } from "./define";
import { type DType, categoryOf } from "./dtype";
import { type OpValue, int, tensor, unknown } from "./value";

export function sized(call: OperationCall): Outcome {
  return ofSizes(integersArgument(call, "size"), typeArgument(call, "float32"));
}

function ofSizes(sizes: readonly (Dim | undefined)[] | undefined, dtype: DType | undefined): Outcome {
  const negative = sizes?.find((size) => size && rangeOf(size).max < 0);
  if (negative) return refuse("expects sizes that are not negative", negative);
  return tensor(sizes ? sizes.map((size) => size ?? unknownSize()) : unknownShape(), dtype);
}

function filled(call: OperationCall): Outcome {
  const result = sized(call);
  const byValue = { bool: "bool", int: "int64", float: "float32" }[call.values.get("fill_value")!.kind as string];
  return result.kind === "tensor" ? { ...result, dtype: typeArgument(call, byValue) } : result;
}

export function like(call: OperationCall): Outcome {
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

export function shapeOfData(data: OpValue): Shape {
  if (data.kind === "int" || data.kind === "float" || data.kind === "bool") return [];
  // A tensor of one number counts as that number.
  if (data.kind === "tensor" && data.shape.length === 0) return [];
  if (data.kind !== "tuple") return unknownShape();
  const first = data.items[0];
  return [constant(data.items.length), ...(first ? shapeOfData(first) : [])];
}

function typeOfData(data: OpValue): DType | undefined {
  if (data.kind === "tuple") {
    const types = new Set(data.items.map(typeOfData));
    const widest = (["float64", "float32"] as const).find((type) => types.has(type));
    return types.size === 1 ? [...types][0] : types.has(undefined) ? undefined : widest;
  }
  if (data.kind === "tensor") return data.dtype;
  if (data.kind === "float" && data.ofNumpy) return data.ofNumpy === true ? "float64" : undefined;
  return { bool: "bool", int: "int64", float: "float32" }[data.kind as string];
}

/** The numbers that a range counts: how many, where its ends and step are known or whole. */
function range(call: OperationCall): Outcome {
  const [first, second, step] = ["start", "end", "step"].map((name) => call.values.get(name)!);
  const given = [first!, second!].filter(({ kind }) => kind !== "none");
  const [start, end] = given.length < 2 ? [int(0), given[0]] : [first!, second!];
  if (!end) return unknown("it counts to no end");
  const kinds = [start, end, step!].map(({ kind }) => kind);
  const dtype = typeArgument(
    call,
    kinds.includes("float") ? "float32" : kinds.every((kind) => kind === "int") ? "int64" : undefined,
  );
  // Asked for whole numbers, PyTorch cuts the ends to whole ones first.
  const isCut = kinds.includes("float") && dtype !== undefined && categoryOf(dtype) < 2;
  const length = isCut ? unknownSize() : rangeLength(start, end, step!);
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

/** `range`: where the end is reached exactly it counts as well. */
function closedRange(call: OperationCall): Outcome {
  const [start, end, step] = ["start", "end", "step"].map((name) => numberOf(call.values.get(name)!));
  const dtype = typeArgument(call, "float32");
  if (start === undefined || end === undefined || step === undefined) return tensor([unknownSize()], dtype);
  if ((end - start) * step < 0 || step === 0)
    return refuse("counts from its start to its end, which is not so with", `${start}, ${end}, ${step}`);
  // Fractions are rounded somewhere on the way, and what is left may be one number more or less.
  const count = [start, end, step].every(Number.isInteger) ? Math.floor((end - start) / step) + 1 : undefined;
  return tensor([count === undefined ? unknownSize() : constant(count)], dtype);
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

/** `new_zeros` and the like: the type is the tensor's own. */
function sizedLike(call: OperationCall): Outcome {
  const [input, sizes] = [inputOf(call), integersArgument(call, "size")];
  const dtype = typeArgument(call, input?.dtype);
  return input ? ofSizes(sizes, dtype) : unknown("the input is not a tensor");
}

function newData(call: OperationCall): Outcome {
  const own = tensorArgument(call, "input")?.dtype;
  const made = fromData(call);
  return made.kind === "tensor" ? { ...made, dtype: typeArgument(call, own) } : made;
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

function window(call: OperationCall): Outcome {
  return tensor([sizeOf(call.values.get("window_length")) ?? unknownSize()], typeArgument(call, "float32"));
}

export const options =
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
  ...functions([`torch.as_tensor(data, dtype=None, device=None)`, `torch.asarray(data, ${options})`], {
    says: "Makes a tensor of Python numbers, or gives a tensor back.",
    result: fromData,
    example: "torch.as_tensor([1, 2, 3]): -> (3,)",
  }),
  ...functions([`torch.scalar_tensor(s, ${options})`], {
    says: "Makes a tensor of one number, of the usual type whatever number it is.",
    result: (call) => tensor([], typeArgument(call, "float32")),
    example: "torch.scalar_tensor(3): -> ()",
  }),
  ...functions([`torch.arange(start=None, end=None, step=1, ${options})`], {
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
  ...functions([`torch.range(start, end, step=1, ${options})`], {
    says: "Counts from a start to an end, both of which are among the numbers.",
    result: closedRange,
    example: "torch.range(1, 4): -> (4,)",
  }),
  ...functions([`torch.empty_strided(size, stride, ${options})`], {
    says: "Makes a tensor of the given size whose elements stand at the given distances.",
    result: sized,
    example: "torch.empty_strided((2, 3), (1, 2)): -> (2, 3)",
  }),
  ...functions([`torch.sparse_coo_tensor(indices, values, size=None, ${options})`], {
    says: "Makes a tensor of the given size that keeps only the elements that are not zero.",
    result: (call) => {
      const values = call.values.get("values");
      const made = sized(call);
      const own = values?.kind === "tensor" ? values.dtype : undefined;
      return made.kind === "tensor" ? { ...made, dtype: typeArgument(call, own) } : made;
    },
    example: "torch.sparse_coo_tensor(x, y, (5, 6)): (2, 4) int64, (4,) -> (5, 6)",
  }),
  ...functions([`torch.eye(n, m=None, ${options})`], {
    says: "Makes a matrix with ones on its diagonal.",
    result: eye,
    example: "torch.eye(3, 4): -> (3, 4)",
  }),
  ...functions([`torch.full_like(input, fill_value, ${options}, memory_format=None)`], {
    says: "Makes a tensor of the shape of another, filled with one value.",
    result: like,
    example: "torch.full_like(x, 2.0): (2, 3) -> (2, 3)",
  }),
  ...functions(
    ["new_zeros", "new_ones", "new_empty"].map((name) => `Tensor.${name}(input, *size, ${sizeOptions})`),
    {
      says: "Makes a tensor of the given size and of the type of another.",
      result: sizedLike,
      example: "x.new_zeros(2, 3): (4,) -> (2, 3)",
    },
  ),
  ...functions([`Tensor.new_empty_strided(input, size, stride, ${options})`], {
    says: "Makes a tensor of the given size and of the type of another.",
    result: sizedLike,
    example: "x.new_empty_strided((2, 3), (1, 2)): (4,) -> (2, 3)",
  }),
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
  ...functions(
    ["hann_window", "hamming_window", "blackman_window", "bartlett_window", "kaiser_window"].map(
      (name) => `torch.${name}(window_length, periodic=True, ${options})`,
    ),
    { says: "A window that fades a signal in and out.", result: window, example: "torch.hann_window(16): -> (16,)" },
  ),
];
