/** Element-wise functions and arithmetic (https://pytorch.org/docs/stable/torch.html#pointwise-ops). */
import { broadcast } from "../shape/broadcast";
import { printDim, printShape } from "../shape/notation";
import { tensorArgument } from "./arguments";
import { inputOf, noTensor } from "./axes";
import { type OperationCall, type Outcome, isRefusal, refuse } from "./call";
import { type Operation, functions } from "./define";
import { type DType, type Typed, promoteRanked, promoteScalar, toFloating } from "./dtype";
import { type OpValue, type TensorValue, tensor, unknown } from "./value";

/** The result of two operands, of which at least one is a tensor; numbers fit any shape. */
export function combine(left: OpValue, right: OpValue, call: Pick<OperationCall, "facts">, dtype?: DType): Outcome {
  const [a, b] = [left, right];
  if (a.kind !== "tensor" && b.kind !== "tensor") return unknown("neither operand is known to be a tensor");
  if (a.kind !== "tensor") return besideNumber(b as TensorValue, a, call, dtype);
  if (b.kind !== "tensor") return besideNumber(a, b, call, dtype);
  const common = broadcast(a.shape, b.shape, call.facts);
  if (common.kind === "mismatch") {
    const shapes = `${printShape(call.facts.resolveShape(a.shape))} and ${printShape(call.facts.resolveShape(b.shape))}`;
    const sizes = `${printDim(common.left)} against ${printDim(common.right)}`;
    return refuse(`cannot broadcast ${shapes}:`, `${sizes} at dimension -${common.fromBack}`, b);
  }
  return tensor(common.shape, dtype ?? promoteRanked(typed(a, call), typed(b, call)));
}

function typed(value: TensorValue, { facts }: Pick<OperationCall, "facts">): Typed {
  return { dtype: value.dtype, isNumber: facts.resolveShape(value.shape).length === 0 };
}

function besideNumber(
  operand: TensorValue,
  number: OpValue,
  { facts }: Pick<OperationCall, "facts">,
  dtype?: DType,
): Outcome {
  const category = { bool: 0, int: 1, float: 2 }[number.kind as string] as 0 | 1 | 2 | undefined;
  if (category === undefined) return unknown("an operand is neither a tensor nor a number");
  return tensor(facts.resolveShape(operand.shape), dtype ?? promoteScalar(operand.dtype, category));
}

function binary(dtype?: DType): (call: OperationCall) => Outcome {
  return (call) => combine(call.values.get("input")!, call.values.get("other")!, call, dtype);
}

/** A bound that is a tensor is broadcast. */
function clamp(call: OperationCall): Outcome {
  const bounds = ["min", "max"].map((name) => call.values.get(name)!);
  return bounds
    .filter((bound) => bound.kind !== "none")
    .reduce<Outcome>(
      (result, bound) => (isRefusal(result) ? result : combine(result, bound, call)),
      call.values.get("input")!,
    );
}

/** True division gives floating numbers. */
export function divide(call: OperationCall): Outcome {
  const quotient = binary()(call);
  return quotient.kind === "tensor" ? { ...quotient, dtype: toFloating(quotient.dtype) } : quotient;
}

/** Three operands that are broadcast together; the type is the first one's. */
function ternary(...names: readonly string[]): (call: OperationCall) => Outcome {
  return (call) => {
    const [first, ...others] = names.map((name) => call.values.get(name)!);
    if (first?.kind !== "tensor") return unknown("the input is not known to be a tensor");
    const result = others.reduce<Outcome>(
      (outcome, other) => (isRefusal(outcome) || outcome.kind === "unknown" ? outcome : combine(outcome, other, call)),
      first,
    );
    return result.kind === "tensor" ? { ...result, dtype: first.dtype } : result;
  };
}

/** The input's shape with another type. */
function mapped(dtype: (input: DType | undefined) => DType | undefined): (call: OperationCall) => Outcome {
  return (call) => {
    const input = inputOf(call);
    return input ? tensor(call.facts.resolveShape(input.shape), dtype(input.dtype)) : noTensor;
  };
}

/** The type of the parts of a complex number. */
function partType(dtype: DType | undefined): DType | undefined {
  return dtype === "complex64" ? "float32" : dtype === "complex128" ? "float64" : dtype;
}

function complexType(dtype: DType | undefined): DType | undefined {
  return dtype === "float32" ? "complex64" : dtype === "float64" ? "complex128" : undefined;
}

/** `div(…, rounding_mode='floor')` keeps integers. */
function divideRounded(call: OperationCall): Outcome {
  const mode = call.values.get("rounding_mode");
  return mode === undefined || mode.kind === "none" ? divide(call) : binary()(call);
}

function floatingBinary(call: OperationCall): Outcome {
  const result = binary()(call);
  return result.kind === "tensor" ? { ...result, dtype: toFloating(result.dtype) } : result;
}

const both = "(input, other)";
const each = (names: string, signature: string): string[] =>
  names.split(" ").map((name) => `torch.${name}${signature}`);

export const elementwise: readonly Operation[] = [
  ...functions(
    [
      "torch.logit(input, eps=None)",
      ...each(
        "tanh sigmoid exp log sqrt rsqrt sin cos tan asin acos atan sinh cosh asinh acosh atanh arcsin arccos arctan " +
          "arcsinh arccosh arctanh log1p expm1 exp2 erf erfc erfinv reciprocal rad2deg deg2rad log2 log10 lgamma digamma sinc i0",
        "(input)",
      ),
    ],
    {
      method: true,
      inPlace: true,
      says: "Applies a function to every element.",
      shape: "(*) -> (*)",
      dtype: "floating",
      sees: "place",
      example: "torch.tanh(x): (2, 3) -> (2, 3)",
    },
  ),
  ...functions(
    [
      ...each("neg negative floor ceil trunc fix frac sign sgn square relu detach", "(input)"),
      "torch.round(input, decimals=0)",
      "torch.nan_to_num(input, nan=0.0, posinf=None, neginf=None)",
      "torch.mvlgamma(input, p)",
    ],
    {
      method: true,
      inPlace: true,
      says: "Applies a function to every element.",
      shape: "(*) -> (*)",
      sees: "place",
      example: "torch.round(x): (2, 3) -> (2, 3)",
    },
  ),
  ...functions(each("positive conj conj_physical resolve_conj resolve_neg", "(input)"), {
    method: true,
    says: "Gives the same numbers, or their complex conjugates.",
    shape: "(*) -> (*)",
    sees: "place",
    example: "torch.conj(x): (2, 3) -> (2, 3)",
  }),
  ...functions(["torch.clone(input, memory_format=None)"], {
    method: true,
    says: "Copies a tensor.",
    shape: "(*) -> (*)",
    sees: "place",
    example: "x.clone(): (2, 3) -> (2, 3)",
  }),
  ...functions(["torch.polygamma(n, input)"], {
    says: "A derivative of the logarithm of the gamma function.",
    result: (call) => {
      const input = call.values.get("input");
      return input?.kind === "tensor"
        ? tensor(call.facts.resolveShape(input.shape), toFloating(input.dtype))
        : noTensor;
    },
    sees: "place",
    example: "torch.polygamma(1, x): (2, 3) -> (2, 3)",
  }),
  ...functions(each("abs absolute", "(input)"), {
    method: true,
    inPlace: true,
    says: "Takes the absolute value of every element.",
    result: mapped(partType),
    sees: "place",
    example: "torch.abs(x): (2, 3) -> (2, 3)",
  }),
  ...functions(each("angle", "(input)"), {
    method: true,
    says: "The angle of complex numbers.",
    result: mapped((dtype) => toFloating(partType(dtype))),
    sees: "place",
    example: "torch.angle(x): (2, 3) -> (2, 3)",
  }),
  ...functions(["torch.real(input)"], {
    says: "The real parts of complex numbers.",
    result: mapped(partType),
    sees: "place",
    example: "torch.real(x): (2, 3) complex64 -> (2, 3)",
  }),
  ...functions(["torch.imag(input)"], {
    says: "The imaginary parts of complex numbers.",
    result: mapped((dtype) => (dtype?.startsWith("complex") ? partType(dtype) : undefined)),
    sees: "place",
    example: "torch.imag(x): (2, 3) complex64 -> (2, 3)",
  }),
  ...functions(each("complex", "(real, imag)"), {
    says: "Makes complex numbers of their parts.",
    result: (call) => {
      const result = combine(call.values.get("real")!, call.values.get("imag")!, call);
      return result.kind === "tensor" ? { ...result, dtype: complexType(result.dtype) } : result;
    },
    example: "torch.complex(x, y): (2, 3), (2, 3) -> (2, 3)",
  }),
  ...functions(each("polar", "(abs, angle)"), {
    says: "Makes complex numbers of their lengths and angles.",
    result: (call) => {
      const result = combine(call.values.get("abs")!, call.values.get("angle")!, call);
      return result.kind === "tensor" ? { ...result, dtype: complexType(result.dtype) } : result;
    },
    example: "torch.polar(x, y): (2, 3), (2, 3) -> (2, 3)",
  }),
  ...functions(each("isnan isinf isfinite isneginf isposinf isreal signbit", "(input)"), {
    method: true,
    says: "Asks something of every element.",
    shape: "(*) -> (*)",
    dtype: "bool",
    sees: "place",
    example: "torch.isnan(x): (2, 3) -> (2, 3)",
  }),
  ...functions(["torch.logical_not(input)"], {
    method: true,
    inPlace: true,
    says: "True where an element is zero or false.",
    shape: "(*) -> (*)",
    dtype: "bool",
    sees: "place",
    example: "torch.logical_not(x): (2, 3) -> (2, 3)",
  }),
  ...functions(["torch.bitwise_not(input)"], {
    method: true,
    inPlace: true,
    says: "Turns every bit of every element over.",
    shape: "(*) -> (*)",
    sees: "place",
    example: "torch.bitwise_not(x): (2, 3) int64 -> (2, 3)",
  }),
  ...functions(["torch.clamp(input, min=None, max=None)", "torch.clip(input, min=None, max=None)"], {
    method: true,
    inPlace: true,
    says: "Replaces what lies outside of bounds by the nearest of them.",
    result: clamp,
    sees: "place",
    example: "torch.clamp(x, min=0): (2, 3) -> (2, 3)",
  }),
  ...functions(["torch.clamp_min(input, min)", "torch.clamp_max(input, max)"], {
    method: true,
    inPlace: true,
    says: "Replaces what lies beyond a bound by the bound.",
    result: (call) => combine(call.values.get("input")!, call.values.get("min") ?? call.values.get("max")!, call),
    sees: "place",
    example: "torch.clamp_min(x, 0): (2, 3) -> (2, 3)",
  }),
  ...functions(
    [
      ...each("add sub subtract", "(input, other, alpha=1)"),
      ...each(
        "mul multiply remainder fmod floor_divide bitwise_and bitwise_or bitwise_xor " +
          "bitwise_left_shift bitwise_right_shift gcd lcm",
        both,
      ),
      "torch.pow(input, exponent)",
    ],
    {
      method: true,
      inPlace: true,
      says: "Combines two tensors element by element, broadcasting their shapes.",
      result: (call) =>
        combine(call.values.get("input")!, (call.values.get("other") ?? call.values.get("exponent"))!, call),
      sees: "place",
      example: "torch.add(x, y): (2, 1, 3), (4, 1) -> (2, 4, 3)",
    },
  ),
  ...functions(["torch.heaviside(input, values)"], {
    method: true,
    inPlace: true,
    says: "0 for negative numbers, 1 for positive ones, and the second tensor's number for 0.",
    result: (call) => combine(call.values.get("input")!, call.values.get("values")!, call),
    sees: "place",
    example: "torch.heaviside(x, y): (2, 3), (1,) -> (2, 3)",
  }),
  ...functions(each("maximum minimum fmax fmin logaddexp logaddexp2", both), {
    method: true,
    says: "Combines two tensors element by element, broadcasting their shapes.",
    result: binary(),
    sees: "place",
    example: "torch.maximum(x, y): (2, 1, 3), (4, 1) -> (2, 4, 3)",
  }),
  ...functions(["torch.rsub(input, other, alpha=1)"], {
    says: "Subtracts the first tensor from the second.",
    result: binary(),
    sees: "place",
    example: "torch.rsub(x, y): (2, 3), (3,) -> (2, 3)",
  }),
  ...functions(each("atan2 arctan2 hypot copysign nextafter xlogy", both), {
    method: true,
    inPlace: true,
    says: "Combines two tensors of floating numbers element by element, broadcasting their shapes.",
    result: floatingBinary,
    sees: "place",
    example: "torch.atan2(x, y): (2, 3), (3,) -> (2, 3)",
  }),
  ...functions([...each("div divide", "(input, other, rounding_mode=None)"), ...each("true_divide", both)], {
    method: true,
    inPlace: true,
    says: "Divides element by element, broadcasting the shapes.",
    result: divideRounded,
    sees: "place",
    example: "torch.div(x, y): (2, 3), (3,) -> (2, 3)",
  }),
  ...functions(
    each("eq ne lt le gt ge greater greater_equal less less_equal not_equal logical_and logical_or logical_xor", both),
    {
      method: true,
      inPlace: true,
      says: "Compares element by element, broadcasting the shapes.",
      result: binary("bool"),
      sees: "place",
      example: "torch.eq(x, y): (2, 3), (3,) -> (2, 3)",
    },
  ),
  ...functions(["torch.isclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False)"], {
    method: true,
    says: "True where two tensors are almost equal, broadcasting the shapes.",
    result: (call) => {
      const types = ["input", "other"].map((name) => tensorArgument(call, name)?.dtype);
      return types[0] === types[1] ? binary("bool")(call) : unknown("tensors of two types are not compared");
    },
    sees: "place",
    example: "torch.isclose(x, y): (2, 3), (3,) -> (2, 3)",
  }),
  ...functions(["torch.lerp(input, end, weight)"], {
    method: true,
    inPlace: true,
    says: "Goes from one tensor to another by a weight.",
    result: ternary("input", "end", "weight"),
    sees: "place",
    example: "torch.lerp(x, y, 0.5): (2, 3), (2, 3) -> (2, 3)",
  }),
  ...functions(
    ["torch.addcmul(input, tensor1, tensor2, *, value=1)", "torch.addcdiv(input, tensor1, tensor2, *, value=1)"],
    {
      method: true,
      inPlace: true,
      says: "Adds a product (quotient) of two tensors, element by element.",
      result: ternary("input", "tensor1", "tensor2"),
      sees: "place",
      example: "torch.addcmul(x, y, z): (2, 3), (3,), (2, 1) -> (2, 3)",
    },
  ),
];
