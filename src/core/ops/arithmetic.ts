/** Arithmetic of two or three tensors, broadcast to each other (https://pytorch.org/docs/stable/torch.html#pointwise-ops). */
import { tensorArgument } from "./arguments";
import { type OperationCall, type Outcome, isRefusal } from "./call";
import { type Operation, functions, each } from "./define";
import { categoryOf, toFloating } from "./dtype";
import { combine, binary, divide, floatingBinary, floatingTensors, ofOneType, both } from "./elementwise";
import { unknown } from "./value";

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

/** Three operands that are broadcast together; the type is the first one's. */
function ternary(isPromoted: boolean, ...names: readonly string[]): (call: OperationCall) => Outcome {
  return (call) => {
    const [first, ...others] = names.map((name) => call.values.get(name)!);
    if (first?.kind !== "tensor") return unknown("the input is not known to be a tensor");
    const result = others.reduce<Outcome>(
      (outcome, other) => (isRefusal(outcome) || outcome.kind === "unknown" ? outcome : combine(outcome, other, call)),
      first,
    );
    return result.kind === "tensor" && !isPromoted ? { ...result, dtype: first.dtype } : result;
  };
}

/** `div(…, rounding_mode='floor')` keeps integers. */
function divideRounded(call: OperationCall): Outcome {
  const mode = call.values.get("rounding_mode");
  return mode === undefined || mode.kind === "none" ? divide(call) : binary()(call);
}

/** `ldexp`: the powers of two are floating numbers before anything is multiplied. */
function scaledByPower(call: OperationCall): Outcome {
  const [input, other] = [tensorArgument(call, "input"), tensorArgument(call, "other")];
  return input && other
    ? combine(input, { ...other, dtype: toFloating(other.dtype) }, call)
    : unknown("the operands are not known to be tensors");
}

function doublePower(call: OperationCall): Outcome {
  const result = combine(call.values.get("input")!, call.values.get("exponent")!, call);
  if (result.kind !== "tensor" || result.dtype === undefined) return result;
  return { ...result, dtype: categoryOf(result.dtype) === 3 ? "complex128" : "float64" };
}

export const arithmetics: readonly Operation[] = [
  ...functions(["torch.float_power(input, exponent)"], {
    method: true,
    says: "Raises to a power with double precision, broadcasting the shapes.",
    result: doublePower,
    sees: "place",
    example: "torch.float_power(x, 2): (2, 3) -> (2, 3)",
  }),
  ...functions(["torch.heaviside(input, values)"], {
    method: true,
    inPlace: true,
    says: "0 below zero, 1 above it, and a given value at zero.",
    result: ofOneType("input", "values"),
    sees: "place",
    example: "torch.heaviside(x, y): (2, 3), (3,) -> (2, 3)",
  }),
  ...functions(["torch.ldexp(input, other)"], {
    method: true,
    inPlace: true,
    says: "Multiplies by a power of two, broadcasting the shapes.",
    result: scaledByPower,
    sees: "place",
    example: "torch.ldexp(x, y): (2, 1, 3), (4, 1) -> (2, 4, 3)",
  }),
  ...functions(each("igamma igammac", both), {
    method: true,
    inPlace: true,
    says: "The incomplete gamma function, broadcasting the shapes.",
    result: floatingTensors,
    sees: "place",
    example: "torch.igamma(x, y): (2, 3), (3,) -> (2, 3)",
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
  ...functions(["torch.lerp(input, end, weight)"], {
    method: true,
    inPlace: true,
    says: "Goes from one tensor to another by a weight.",
    result: ternary(false, "input", "end", "weight"),
    sees: "place",
    example: "torch.lerp(x, y, 0.5): (2, 3), (2, 3) -> (2, 3)",
  }),
  ...functions(
    ["torch.addcmul(input, tensor1, tensor2, *, value=1)", "torch.addcdiv(input, tensor1, tensor2, *, value=1)"],
    {
      method: true,
      inPlace: true,
      says: "Adds a product (quotient) of two tensors, element by element.",
      result: ternary(true, "input", "tensor1", "tensor2"),
      sees: "place",
      example: "torch.addcmul(x, y, z): (2, 3), (3,), (2, 1) -> (2, 3)",
    },
  ),
];
