/** Element-wise functions and arithmetic (https://pytorch.org/docs/stable/torch.html#pointwise-ops). */
import { broadcast } from "../shape/broadcast";
import { printDim, printShape } from "../shape/notation";
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

const both = "(input, other)";

export const elementwise: readonly Operation[] = [
  ...functions(
    [
      "tanh",
      "sigmoid",
      "exp",
      "log",
      "sqrt",
      "rsqrt",
      "sin",
      "cos",
      "log1p",
      "expm1",
      "erf",
      "reciprocal",
      "log2",
      "log10",
    ].map((name) => `torch.${name}(input)`),
    {
      method: true,
      says: "Applies a function to every element.",
      shape: "(*) -> (*)",
      dtype: "floating",
      sees: "place",
      example: "torch.tanh(x): (2, 3) -> (2, 3)",
    },
  ),
  ...functions(
    [
      ...["abs", "neg", "round", "floor", "ceil", "sign", "square", "relu", "clone", "detach"].map(
        (name) => `torch.${name}(input)`,
      ),
    ],
    {
      method: true,
      says: "Applies a function to every element.",
      shape: "(*) -> (*)",
      sees: "place",
      example: "torch.abs(x): (2, 3) -> (2, 3)",
    },
  ),
  ...functions(["torch.clamp(input, min=None, max=None)", "torch.clip(input, min=None, max=None)"], {
    method: true,
    says: "Replaces what lies outside of bounds by the nearest of them.",
    result: clamp,
    sees: "place",
    example: "torch.clamp(x, min=0): (2, 3) -> (2, 3)",
  }),
  ...functions(
    [
      "torch.add(input, other, alpha=1)",
      "torch.sub(input, other, alpha=1)",
      ...["mul", "pow", "maximum", "minimum"].map((name) => `torch.${name}${both}`),
    ],
    {
      method: true,
      says: "Combines two tensors element by element, broadcasting their shapes.",
      result: binary(),
      sees: "place",
      example: "torch.add(x, y): (2, 1, 3), (4, 1) -> (2, 4, 3)",
    },
  ),
  ...functions([`torch.div${both}`, `torch.true_divide${both}`], {
    method: true,
    says: "Divides element by element, broadcasting the shapes.",
    result: divide,
    sees: "place",
    example: "torch.div(x, y): (2, 3), (3,) -> (2, 3)",
  }),
  ...functions(
    ["eq", "ne", "lt", "le", "gt", "ge", "logical_and", "logical_or"].map((name) => `torch.${name}${both}`),
    {
      method: true,
      says: "Compares element by element, broadcasting the shapes.",
      result: binary("bool"),
      sees: "place",
      example: "torch.eq(x, y): (2, 3), (3,) -> (2, 3)",
    },
  ),
];
