/** Models that are trained while they are in evaluation mode, and the `eval()` that left them there. */
import { mayTrain } from "../../infer/modules/moduleMethods";
import { type Inference } from "../../infer/analysis";
import { gradModeIn, regionsAround } from "../../infer/record/trace";
import { type InstanceValue } from "../../infer/values/value";
import { flowsFrom, parametersOf } from "./graph";
import { concerns, forwardsOf, modeLayerOf, modeStepBefore } from "./modes";
import { nodesOf } from "./syntax";
import { type Step, conditionsOf, isInGenerator, isInside, roundAround, stepsOf } from "./training";
import { type Update, parametersHeld, updatesOf } from "./updates";

export interface TrainedInEval {
  /** The call of the model whose result is trained on. */
  readonly forward: Step;
  readonly switching: Step;
  /** The layer to which it makes a difference; undefined where the model is not known. */
  readonly layer: string | undefined;
  /** The switch stands in the same loop as the training, and comes round again. */
  readonly isInLoop: boolean;
}

const known = new WeakMap<Inference, readonly TrainedInEval[]>();

export function trainedInEval(inference: Inference): readonly TrainedInEval[] {
  const found = known.get(inference) ?? updatesOf(inference).flatMap((update) => inUpdate(update, inference));
  known.set(inference, found);
  return found;
}

function inUpdate(update: Update, inference: Inference): TrainedInEval[] {
  const last = update.losses.at(-1)!;
  const inRound = forwardsOf(inference).filter(
    ({ index, call }) => index < last.index && isInside(call.region, update.loop.within),
  );
  const loose = new Set(inRound.filter(({ object, name }) => !object && !isLoss(name)).map(({ name }) => name));
  return inRound.flatMap((forward): TrainedInEval[] => {
    const model = forward.object?.kind === "instance" ? forward.object : undefined;
    const layer = model && modeLayerOf(model);
    if (model && (layer === undefined || !isTrained(model, forward, update, inference))) return [];
    if (stepsOf(inference).some((step) => isMode(step) && concerns(step, forward) && isInGenerator(step.call.region)))
      return [];
    const before = modeStepBefore(forward, inference);
    const switching = before === "unclear" ? switchedNowAndThen(forward, update, inference) : before;
    if (switching?.kind !== "eval") return [];
    // Of several models that are not known, any may be the teacher.
    const isAlone = loose.size === 1 && loose.has(forward.name) && gradModeIn(forward.call.region) === true;
    if (!model && !(isAlone && isOnlyMode(forward, inference))) return [];
    return [{ forward, switching, layer, isInLoop: sharesRound(switching, forward) }];
  });
}

/**
 * `eval()` under a test in the round of the training, with no `train()` in the whole loop: once the test has held, all
 * rounds are in evaluation mode. Not where the branch is left with a `break` or `return`.
 */
function switchedNowAndThen(forward: Step, { loop }: Update, inference: Inference): Step | undefined {
  const outer = [...regionsAround(loop.region)].findLast(({ kind }) => kind === "loop") ?? loop.region;
  const modes = stepsOf(inference).filter((step) => isMode(step) && isInside(step.call.region, outer));
  const own = modes.filter((step) => step.index < forward.index && concerns(step, forward));
  const isMixed = modes.some(({ kind, object }) => kind === "train" || object?.kind !== "instance");
  const last = own.at(-1);
  if (isMixed || !last || forward.object?.kind !== "instance") return undefined;
  const branch = conditionsOf(last, outer)[0];
  if (branch?.kind !== "branch" || !branch.node || branch.path !== inference.source.path) return undefined;
  const { start, end } = branch.node;
  const isLeft = (["Break", "Return", "Continue", "Raise"] as const).some((kind) =>
    nodesOf(inference, kind).some((node) => node.start >= start && node.end <= end),
  );
  return isLeft || !sharesRound(last, forward) ? undefined : last;
}

const isMode = ({ kind }: Step): boolean => kind === "train" || kind === "eval";

function isLoss(name: string): boolean {
  return /crit|loss|objective/i.test(name);
}

/** The loss depends on the call, and the optimizer has the model's parameters as far as they are known. */
function isTrained(model: InstanceValue, forward: Step, { losses, steps }: Update, inference: Inference): boolean {
  const isInLoss = losses.some(({ object }) => object?.kind === "tensor" && flowsFrom(object, forward.call.result));
  const own = parametersOf(model);
  const trainable = own.filter((id) => mayTrain(inference.machine, id) === true);
  const isHeld = steps.some(({ object }) => {
    const held = parametersHeld(object, inference);
    return !held || trainable.some((id) => held.has(id));
  });
  return isInLoss && isHeld && trainable.length > 0;
}

/** Of a model that is not known: nothing else is known of its mode than that it is switched off. */
function isOnlyMode(forward: Step, inference: Inference): boolean {
  return !stepsOf(inference).some((step) => step.kind === "train" && (concerns(step, forward) || step.name === ""));
}

function sharesRound(switching: Step, forward: Step): boolean {
  for (let round = roundAround(switching.call.region); round; round = roundAround(round.parent?.parent))
    if (round.parent && isInside(forward.call.region, round.parent)) return true;
  return false;
}
