/** Element-wise functions and arithmetic (https://pytorch.org/docs/stable/torch.html#pointwise-ops). */
import { broadcast } from "../shape/broadcast";
import { printDim, printShape } from "../shape/notation";
import { tensorArgument } from "./arguments";
import { noTensor, mapped, inputOf, named } from "./axes";
import { type OperationCall, type Outcome, refuse } from "./call";
import { type Operation, functions, each } from "./define";
import { type DType, type Typed, promoteRanked, promoteScalar, toFloating, partType, categoryOf } from "./dtype";
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

export function binary(dtype?: DType): (call: OperationCall) => Outcome {
  return (call) => combine(call.values.get("input")!, call.values.get("other")!, call, dtype);
}

/** True division gives floating numbers. */
export function divide(call: OperationCall): Outcome {
  const quotient = binary()(call);
  return quotient.kind === "tensor" ? { ...quotient, dtype: toFloating(quotient.dtype) } : quotient;
}

/** Of two tensors, or of a tensor and a number in either place; the result has floating numbers. */
export function floatingBinary(call: OperationCall): Outcome {
  const [first, second] = [...call.values.values()];
  const result = combine(first!, second!, call);
  return result.kind === "tensor" ? { ...result, dtype: toFloating(result.dtype) } : result;
}

/** Likewise where PyTorch takes tensors only, and not integers alone. */
export function floatingTensors(call: OperationCall): Outcome {
  const operands = [...call.values.values()];
  const types = operands.map((value) => (value.kind === "tensor" ? value.dtype : undefined));
  const areTaken = types.some((dtype) => dtype !== undefined && categoryOf(dtype) > 1);
  return operands.every(({ kind }) => kind === "tensor") && areTaken
    ? floatingBinary(call)
    : unknown("the operands are not known to be tensors of floating numbers");
}

/** `polygamma(n, input)`: floating numbers of the input's shape. */
export function derivative(call: OperationCall): Outcome {
  const input = tensorArgument(call, "input");
  return input ? tensor(call.facts.resolveShape(input.shape), toFloating(input.dtype)) : noTensor;
}

/** Two tensors that PyTorch takes only where their types are the same. */
export function ofOneType(first: string, second: string, dtype?: DType): (call: OperationCall) => Outcome {
  return (call) => {
    const [a, b] = [tensorArgument(call, first), tensorArgument(call, second)];
    return a && b && a.dtype === b.dtype
      ? combine(a, b, call, dtype)
      : unknown("the operands are not known to be tensors of one type");
  };
}

export const both = "(input, other)";

export const elementwise: readonly Operation[] = [
  ...functions(
    [
      "torch.logit(input, eps=None)",
      "torch.mvlgamma(input, p)",
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
      ...each("neg negative floor ceil trunc fix frac sign sgn relu detach", "(input)"),
      "torch.round(input, decimals=0)",
      "torch.nan_to_num(input, nan=0.0, posinf=None, neginf=None)",
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
  ...functions(["torch.square(input)"], {
    method: true,
    inPlace: true,
    says: "Multiplies every element by itself.",
    shape: "(*) -> (*)",
    // Truth values are counted.
    special: (call) => {
      const input = tensorArgument(call, "input");
      return input?.dtype === "bool" ? tensor(call.facts.resolveShape(input.shape), "int64") : undefined;
    },
    sees: "place",
    example: "torch.square(x): (2, 3) bool -> (2, 3) int64",
  }),
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
    result: derivative,
    sees: "place",
    example: "torch.polygamma(1, x): (2, 3) -> (2, 3)",
  }),
  ...functions(["Tensor.polygamma(input, n)"], {
    says: "A derivative of the logarithm of the gamma function.",
    result: derivative,
    sees: "place",
    example: "x.polygamma(1): (2, 3) -> (2, 3)",
  }),
  ...functions(["torch.frexp(input)"], {
    method: true,
    says: "Takes floating numbers apart into mantissas and exponents.",
    result: (call) => {
      const input = inputOf(call);
      if (input?.dtype === undefined || categoryOf(input.dtype) !== 2)
        return unknown("the input is not known to hold floating numbers");
      const shape = call.facts.resolveShape(input.shape);
      return named(["mantissa", "exponent"], tensor(shape, input.dtype), tensor(shape, "int32"));
    },
    sees: "place",
    example: "torch.frexp(x): (2, 3) -> (2, 3), (2, 3)",
  }),
  ...functions(["torch.fill(input, value)"], {
    says: "Makes a tensor of the shape of another, filled with one value.",
    shape: "(*) -> (*)",
    example: "torch.fill(x, 2.0): (2, 3) -> (2, 3)",
  }),
  ...functions(each("abs absolute", "(input)"), {
    method: true,
    inPlace: true,
    says: "Takes the absolute value of every element.",
    result: mapped(partType),
    sees: "place",
    example: "torch.abs(x): (2, 3) -> (2, 3)",
  }),
  ...functions(["torch.bitwise_not(input)"], {
    method: true,
    inPlace: true,
    says: "Turns every bit of every element over.",
    shape: "(*) -> (*)",
    sees: "place",
    example: "torch.bitwise_not(x): (2, 3) int64 -> (2, 3)",
  }),
];
