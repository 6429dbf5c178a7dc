/** Updates of one network on what another one made, without cutting the other one off. */
import { type Inference } from "../../infer/analysis";
import { type InstanceValue } from "../../infer/values/value";
import { type TensorValue } from "../../ops/value";
import type { Expression } from "../../python/syntax";
import { type Finding } from "../define";
import { callAt } from "./calls";
import { flowsFrom, parametersOf, reachOf, tensorsOf } from "./graph";
import { forwardsOf } from "./modes";
import { type Step, isInside, stepsOf } from "./training";
import { type Update, parametersHeld, updatesOf } from "./updates";

export interface Undetached {
  readonly update: Update;
  /** The call that made the fake batch, and that which judges it. */
  readonly made: Step;
  readonly judged: Step;
  /** The fake batch, where it is written as an argument. */
  readonly argument: Expression;
  /** The maker's optimizer steps on these gradients as well: nothing clears them before. */
  readonly isStepped: boolean;
  /** The maker's own loss goes through the same batch, whose graph is gone by then. */
  readonly isUsedAgain: boolean;
  /** Not where another loss needs the same judgement, with its way back to the maker. */
  readonly fix: Finding["fix"];
}

const known = new WeakMap<Inference, readonly Undetached[]>();

export function undetached(inference: Inference): readonly Undetached[] {
  const found = known.get(inference) ?? findUndetached(inference);
  known.set(inference, found);
  return found;
}

function findUndetached(inference: Inference): readonly Undetached[] {
  const optimizers = stepsOf(inference).filter(({ kind }) => kind === "build-optimizer");
  return optimizers.length < 2 ? [] : updatesOf(inference).flatMap((update) => undetachedIn(update, inference));
}

function undetachedIn(update: Update, inference: Inference): Undetached[] {
  const held = update.steps.map(({ object }) => parametersHeld(object, inference));
  if (held.length === 0 || held.some((ids) => !ids)) return [];
  const isStepped = (id: number): boolean => held.some((ids) => ids!.has(id));
  const losses = lossesOf(update);
  const last = update.losses.at(-1)!.index;
  const inLoss = forwardsOf(inference).filter(
    ({ object, call, index }) =>
      object?.kind === "instance" &&
      index < last &&
      isInside(call.region, update.loop.within) &&
      losses.some((loss) => flowsFrom(loss, call.result)),
  );
  return inLoss.flatMap((made): Undetached[] => {
    const own = parametersOf(made.object as InstanceValue);
    const optimizer = otherOptimizer(own, inference);
    const behind = tensorsOf(made.call.result).flatMap((tensor) => [...reachOf(tensor).parameters]);
    // Who freezes the two in turn computes no such gradients.
    if (own.some((id) => inference.machine.trainable.has(String(id)))) return [];
    if (own.length === 0 || !optimizer || own.some(isStepped) || behind.some(isStepped)) return [];
    return inLoss.flatMap((judged): Undetached[] => {
      const isJudge = judged.index > made.index && parametersOf(judged.object as InstanceValue).some(isStepped);
      const argument = isJudge ? argumentFrom(made, judged, inference) : undefined;
      if (!argument) return [];
      const isShared = updatesOf(inference).some(
        (other) => other !== update && lossesOf(other).some((loss) => flowsFrom(loss, judged.call.result)),
      );
      const fix = isShared ? undefined : detachFix(argument);
      const isFollowed = stepsNext(optimizer, update, inference);
      return [
        {
          update,
          made,
          judged,
          argument,
          isStepped: isFollowed,
          isUsedAgain: isUsedAgain(update, made, inference),
          fix,
        },
      ];
    });
  });
}

/** A later pass of the same round needs what the first one, which keeps nothing, went through. */
function isUsedAgain(update: Update, made: Step, inference: Inference): boolean {
  const keeps = update.losses.some(
    ({ call }) => call.keywords.has("retain_graph") || call.keywords.has("create_graph"),
  );
  return (
    !keeps &&
    updatesOf(inference).some(
      (other) =>
        other !== update &&
        other.loop.within === update.loop.within &&
        other.losses.some(
          (loss) =>
            loss.index > update.losses.at(-1)!.index &&
            loss.object?.kind === "tensor" &&
            flowsFrom(loss.object, made.call.result),
        ),
    )
  );
}

const lossesOf = ({ losses }: Update): TensorValue[] =>
  losses.flatMap(({ object }) => (object?.kind === "tensor" ? [object] : []));

function detachFix({ kind, end }: Expression): Finding["fix"] {
  const isSimple = ["Name", "Attribute", "Call", "Subscript"].includes(kind);
  return isSimple ? { title: "Detach it", edits: [{ span: { start: end, end }, text: ".detach()" }] } : undefined;
}

/** The optimizer of the run that holds parameters of the maker, and steps. */
function otherOptimizer(own: readonly number[], inference: Inference): Step | undefined {
  return stepsOf(inference).find(({ kind, object }) => {
    const held = kind === "step" ? parametersHeld(object, inference) : undefined;
    return held !== undefined && own.some((id) => held.has(id));
  });
}

/** Where the judge's call names what the maker gave. */
function argumentFrom(made: Step, judged: Step, { source }: Inference): Expression | undefined {
  const node = callAt(judged.call.origin.span);
  if (judged.call.origin.path !== source.path || !node) return undefined;
  const at = judged.call.positional.findIndex((value) =>
    tensorsOf(value).some((tensor: TensorValue) => flowsFrom(tensor, made.call.result)),
  );
  return at < 0 ? undefined : node.args[at];
}

/** Behind the update the maker's optimizer steps before anything clears its gradients. */
function stepsNext(optimizer: Step, { steps, loop }: Update, inference: Inference): boolean {
  const from = steps.at(-1)!.index;
  const same = ({ object }: Step): boolean =>
    object?.kind === "instance" &&
    optimizer.object?.kind === "instance" &&
    object.attributes === optimizer.object.attributes;
  const next = loop.round.find(
    (step) =>
      step.index > from &&
      ((step.kind === "step" && same(step)) ||
        (step.kind === "zero-grad" && (same(step) || !isOptimizer(step, inference)))),
  );
  return next?.kind === "step";
}

function isOptimizer({ object }: Step, inference: Inference): boolean {
  return parametersHeld(object, inference) !== undefined;
}
