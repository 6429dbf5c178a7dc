/** Losses that broadcast (N, 1) against (N) to (N, N), which PyTorch does with a warning at most. */
import { broadcast } from "../shape/broadcast";
import { equals } from "../shape/bounds";
import { type Dim, constant } from "../shape/dim";
import { type Facts } from "../shape/facts";
import { type Shape, knownDims } from "../shape/shape";
import { type TensorValue } from "./value";

/** The losses that compare two tensors element by element and broadcast them, by qualified name. */
export const broadcastingLosses: ReadonlySet<string> = new Set([
  ...["MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss", "KLDivLoss", "PoissonNLLLoss"].map(
    (name) => `torch.nn.${name}`,
  ),
  ...["mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "kl_div", "poisson_nll_loss"].map(
    (name) => `torch.nn.functional.${name}`,
  ),
]);

export interface Outgrown {
  readonly shape: Shape;
  /** False where a size that is not known would have to be 1 for the result to be no larger. */
  readonly certain: boolean;
}

/** What two shapes broadcast to, where that is larger than either of them; undefined where it is not, or is not known. */
export function outgrown(left: TensorValue, right: TensorValue, facts: Facts): Outgrown | undefined {
  const common = broadcast(left.shape, right.shape, facts);
  const shape = common.kind === "shape" ? knownDims(common.shape) : undefined;
  const [a, b] = [left, right].map((value) => knownDims(facts.resolveShape(value.shape)));
  if (!shape || !a || !b) return undefined;
  const growths = [grows(a, shape), grows(b, shape)];
  if (growths.includes("no")) return undefined;
  return { shape, certain: !growths.includes("maybe") };
}

/** Whether broadcasting makes a shape larger: somewhere a 1, or nothing, meets a size that is not 1. */
function grows(own: readonly Dim[], common: readonly Dim[]): "yes" | "no" | "maybe" {
  const one = constant(1);
  const stretched = common.filter((_, i) => {
    const before = own[i - (common.length - own.length)] ?? one;
    return equals(before, one) === "yes";
  });
  const answers = stretched.map((size) => equals(size, one));
  return answers.includes("no") ? "yes" : answers.includes("maybe") ? "maybe" : "no";
}
