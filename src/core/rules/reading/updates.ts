/** Updates of a training round: the losses that were computed backwards, and the optimizers that stepped on them. */
import { type Inference } from "../../infer/analysis";
import { type Value } from "../../infer/values/value";
import { isSame, optimizersOf } from "./optimizers";
import { type Step, type TrainingLoop, actOnSame, trainingLoops } from "./training";

export interface Update {
  /** The `backward` calls since the update before, in order. */
  readonly losses: readonly Step[];
  /** The optimizers that step on them. */
  readonly steps: readonly Step[];
  readonly loop: TrainingLoop;
}

const known = new WeakMap<Inference["record"], readonly Update[]>();

/** The updates of all training loops in the order of the run. */
export function updatesOf(inference: Inference): readonly Update[] {
  const found = known.get(inference.record) ?? trainingLoops(inference).flatMap(updatesIn);
  known.set(inference.record, found);
  return found;
}

function updatesIn(loop: TrainingLoop): Update[] {
  const updates: { losses: readonly Step[]; steps: Step[]; loop: TrainingLoop }[] = [];
  let pending: Step[] = [];
  for (const step of loop.round) {
    if (step.kind === "backward" || step.kind === "zero-grad") pending.push(step);
    if (step.kind !== "step") continue;
    const losses = notCleared(pending, step);
    if (losses.length > 0) updates.push({ losses, steps: [step], loop });
    // A step right behind its own clearing follows no loss that was computed before.
    else if (!pending.some((clear) => clear.kind === "zero-grad" && actOnSame(clear, step) === true))
      updates.at(-1)?.steps.push(step);
    pending = [];
  }
  return updates;
}

/** The losses behind the last clearing, as far as there are any: those before it are no part of the step. */
function notCleared(pending: readonly Step[], step: Step): readonly Step[] {
  const losses = pending.filter(({ kind }) => kind === "backward");
  const cleared = pending.findLast((clear) => {
    const isOptimizer = clear.object?.kind === "instance" && clear.object.type.name.startsWith("torch.optim.");
    return clear.kind === "zero-grad" && (!isOptimizer || actOnSame(clear, step) === true);
  });
  const left = losses.filter(({ index }) => index > (cleared?.index ?? -1));
  return left.length > 0 || (cleared && actOnSame(cleared, step) === true) ? left : losses;
}

/** Stands for a tensor that no module holds, such as an image that is optimised. */
const noParameter = -1;

/** The ids of the parameters that an optimizer holds; undefined where they are not known, or where there are none. */
export function parametersHeld(optimizer: Value | undefined, inference: Inference): ReadonlySet<number> | undefined {
  const built = optimizersOf(inference).find(({ object }) => optimizer && isSame(object, optimizer));
  if (!built?.parameters) return undefined;
  const ids = built.holdsPlainTensors ? new Set([...built.parameters, noParameter]) : built.parameters;
  return ids.size > 0 ? ids : undefined;
}
