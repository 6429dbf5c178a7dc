/** Arguments that must be tensors, or sequences of them: what is a number, a text or None for sure, PyTorch refuses there. */
import { constantValue } from "../shape/dim";
import { type Refusal, refuse } from "./call";
import { qualify } from "./define";
import { type OpValue } from "./value";

/** Operations that take a number in place of their input. */
const takeNumbers: ReadonlySet<string> = new Set(
  (
    "torch.add torch.sub torch.subtract torch.mul torch.multiply torch.div torch.divide torch.true_divide torch.floor_divide " +
    "torch.pow torch.float_power torch.remainder torch.fmod torch.bitwise_and torch.bitwise_or torch.bitwise_xor " +
    "torch.bitwise_left_shift torch.bitwise_right_shift torch.bucketize torch.searchsorted torch.where torch.xlogy " +
    "torch.result_type torch.copysign torch.is_tensor torch.numel torch.isin F.dropout"
  )
    .split(" ")
    .map(qualify),
);

/** Losses that compare with a tensor only. */
const comparing =
  /^torch\.nn\.functional\.(cross_entropy|nll_loss|mse_loss|l1_loss|smooth_l1_loss|huber_loss|binary_cross_entropy(_with_logits)?|kl_div)$/;

/** Containers and wrappers, and what looks at each of several tensors. */
const takesAnything =
  /^torch\.(nn\.(Identity|Sequential|DataParallel|Module\w+)|atleast_\dd|is_\w+|numel|block_diag|broadcast_tensors)$/;

const joining = /^torch\.(cat|concat|concatenate|stack|hstack|vstack|dstack|column_stack|row_stack)$/;

/** Why PyTorch refuses the kinds of the arguments of a function or a layer; nothing is told of `torch.special`, which takes numbers freely. */
export function refusedKinds(name: string, values: ReadonlyMap<string, OpValue>): Refusal | undefined {
  if (!/^torch\.(nn\.(functional\.)?)?\w+$/.test(name) || takesAnything.test(name)) return undefined;
  const input = values.get("input");
  const isOther = input && (isNoTensor(input) || input.kind === "tuple");
  if (isOther && !takeNumbers.has(name)) return wanted("a tensor as its input", input);
  const target = comparing.test(name) ? values.get("target") : undefined;
  if (target && isNoTensor(target)) return wanted("a tensor as its target", target);
  const parts = joining.test(name) ? values.get("tensors") : undefined;
  // A parameter that nobody calls is taken for a tensor by what is done to it.
  if (parts?.kind === "tensor" && parts.producer)
    return { ...refuse("expects a list or tuple of tensors", "one tensor", parts), about };
  return parts && isNoTensor(parts) ? wanted("a list or tuple of tensors", parts) : undefined;
}

const about = "arguments";

const wanted = (what: string, value: OpValue): Refusal => ({ ...refuse(`expects ${what}`, shown(value)), about });

/** A number whose value is known: of others nobody knows whether they are no tensors. */
function isNoTensor(value: OpValue): boolean {
  if (value.kind === "int") return constantValue(value.value) !== undefined;
  if (value.kind === "float" || value.kind === "bool" || value.kind === "str") return value.value !== undefined;
  return value.kind === "none";
}

function shown(value: OpValue): string {
  if (value.kind === "none") return "None";
  if (value.kind === "tuple") return "a tuple or list";
  if (value.kind === "int") return String(constantValue(value.value));
  return value.kind === "str"
    ? `"${value.value ?? ""}"`
    : value.kind === "float"
      ? String(value.value)
      : "a truth value";
}
