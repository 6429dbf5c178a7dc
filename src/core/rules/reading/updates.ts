/** Updates of a training round: the losses that were computed backwards, and the optimizers that stepped on them. */
import { type Inference } from "../../infer/analysis";
import { type InstanceValue, type Value, knownEntries, knownItems } from "../../infer/value";
import { type Step, type TrainingLoop, stepsOf, trainingLoops } from "./training";

export interface Update {
  /** The `backward` calls since the update before, in order. */
  readonly losses: readonly Step[];
  /** The optimizers that step on them. */
  readonly steps: readonly Step[];
  readonly loop: TrainingLoop;
}

const known = new WeakMap<Inference, readonly Update[]>();

/** The updates of all training loops in the order of the run. */
export function updatesOf(inference: Inference): readonly Update[] {
  const found = known.get(inference) ?? trainingLoops(inference).flatMap(updatesIn);
  known.set(inference, found);
  return found;
}

function updatesIn(loop: TrainingLoop): Update[] {
  const updates: { losses: Step[]; steps: Step[]; loop: TrainingLoop }[] = [];
  let losses: Step[] = [];
  for (const step of loop.round) {
    if (step.kind === "backward") losses.push(step);
    if (step.kind !== "step") continue;
    const last = updates.at(-1);
    if (losses.length > 0) updates.push({ losses, steps: [step], loop });
    else last?.steps.push(step);
    losses = [];
  }
  return updates;
}

/** The ids of the parameters that an optimizer got when it was built; undefined where that is not known. */
export function parametersHeld(optimizer: Value | undefined, inference: Inference): ReadonlySet<number> | undefined {
  if (optimizer?.kind !== "instance") return undefined;
  const built = buildOf(optimizer, inference);
  const given = built?.call.positional[0] ?? built?.call.keywords.get("params");
  const ids = given && idsIn(given);
  return ids && ids.length > 0 ? new Set(ids) : undefined;
}

function buildOf({ attributes }: InstanceValue, inference: Inference): Step | undefined {
  return stepsOf(inference).find(
    ({ kind, object }) => kind === "build-optimizer" && object?.kind === "instance" && object.attributes === attributes,
  );
}

/** Stands for a tensor that no module holds, such as an image that is optimised. */
const noParameter = -1;

function idsIn(value: Value): readonly number[] | undefined {
  if (value.kind === "tensor") return [value.stored?.kind === "parameter" ? value.stored.id : noParameter];
  if (value.kind === "dict") {
    const group = knownEntries(value)?.find(({ key }) => key.kind === "str" && key.value === "params");
    return group && idsIn(group.value);
  }
  const parts = knownItems(value)?.map(idsIn);
  return parts?.every((part) => part !== undefined) ? parts.flat() : undefined;
}
