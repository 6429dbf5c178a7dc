/** Updates whose loss does not reach what its optimizer holds, because the graph is cut on the way. */
import { mayTrain } from "../../infer/modules/moduleMethods";
import { type Inference } from "../../infer/analysis";
import { type Producer, type TensorValue } from "../../ops/value";
import { type AnyNode, isKind } from "../../python/visit";
import { type Reach, hasAllOperands, reachOf } from "./graph";
import { parentOf } from "./syntax";
import { type Step, actOnSame, stepsOf } from "./training";
import { type Update, parametersHeld, updatesOf } from "./updates";

export interface CutUpdate {
  readonly update: Update;
  /** The step that follows no gradient, or only some. */
  readonly step: Step;
  readonly cut: Producer;
  /**
   * `all`: the loss reaches no parameter at all. `optimizer`: it reaches some, but none that the optimizer holds. `part`: of
   * those that the optimizer holds some lie behind the cut, and no loss of the program gets to them. `other`: it is the loss of
   * another optimizer, as that of a discriminator, and cut off as it should be; the step has no loss of its own.
   */
  readonly missing: "all" | "optimizer" | "part" | "other";
}

const known = new WeakMap<Inference, readonly CutUpdate[]>();

export function cutUpdates(inference: Inference): readonly CutUpdate[] {
  const found = known.get(inference) ?? updatesOf(inference).flatMap((update) => cutsIn(update, inference));
  known.set(inference, found);
  return found;
}

function cutsIn(update: Update, inference: Inference): CutUpdate[] {
  const reaches = reachesOf(
    update.losses.map(({ object }) => object as TensorValue | undefined),
    inference,
  );
  if (!reaches) return [];
  return update.steps.flatMap((step): CutUpdate[] => {
    const { object } = step;
    const held = parametersHeld(object, inference);
    const isOwn = (id: number): boolean => held?.has(id) ?? true;
    const reached = reaches.flatMap(({ parameters }) => [...parameters]);
    const cut = reaches
      .flatMap(({ behindCuts }) => [...behindCuts])
      .filter(([id]) => isOwn(id) && mayTrain(inference.machine, id) === true);
    if (cut.length === 0) return [];
    if (reached.length === 0) return [{ update, step, cut: cut[0]![1], missing: "all" }];
    if (!held) return [];
    if (!reached.some(isOwn)) {
      const missing = isLossOfAnother(update, step, reached, inference) ? "other" : "optimizer";
      return [{ update, step, cut: cut[0]![1], missing }];
    }
    const lost = cut.find(([id, by]) => isLost(id, inference) && isMistake(by, inference));
    return lost ? [{ update, step, cut: lost[1], missing: "part" }] : [];
  });
}

/**
 * Whether another optimizer holds what the losses reach, and steps on them as well; or is cleared in the loop and has no step
 * there at all, as where the wrong one steps.
 */
function isLossOfAnother(update: Update, step: Step, reached: readonly number[], inference: Inference): boolean {
  const { loop, steps } = update;
  const isTheirs = (other: Step): boolean =>
    actOnSame(other, step) !== true && reached.some((id) => parametersHeld(other.object, inference)?.has(id));
  const isStepped = (one: Step): boolean =>
    loop.round.some((other) => other.kind === "step" && actOnSame(other, one) === true);
  return steps.some(isTheirs) || loop.round.some((one) => one.kind === "zero-grad" && isTheirs(one) && !isStepped(one));
}

/** What the losses reach; undefined where something unknown may reach more. */
function reachesOf(losses: readonly (TensorValue | undefined)[], inference: Inference): readonly Reach[] | undefined {
  const reaches = losses.map((loss) => (loss?.kind === "tensor" ? reachOf(loss) : undefined));
  return reaches.every((reach) => reach !== undefined && isWhole(reach, inference))
    ? (reaches as readonly Reach[])
    : undefined;
}

function isWhole(reach: Reach, inference: Inference): boolean {
  return !(reach.hasOtherLeaves && reach.parameters.size === 0) && hasAllOperands(reach, inference);
}

/**
 * Whether no loss of the program gets to a parameter. A function that is called is also run by itself, with a loss that is
 * not known: there, its place is known from the call.
 */
function isLost(id: number, inference: Inference): boolean {
  const losses = stepsOf(inference).filter(({ kind }) => kind === "backward");
  const placed = new Set(losses.filter(({ object }) => object?.kind === "tensor").map(({ call }) => call.origin.span));
  return losses.every(({ object, call }) =>
    object?.kind === "tensor" ? !reachOf(object).parameters.has(id) : placed.has(call.origin.span),
  );
}

/** Not what freezes on purpose, draws at random or stands in for a gradient: `x + (q - x).detach()`. */
function isMistake({ operation, grad, origin }: Producer, inference: Inference): boolean {
  if (grad === false || !/^(Tensor\.(detach|data|numpy)|torch\.(tensor|from_numpy)|numpy\.\w+)$/.test(operation))
    return false;
  const parent =
    origin.path === inference.source.path && "kind" in origin.span
      ? parentOf(inference, origin.span as AnyNode)
      : undefined;
  return !(parent && isKind(parent, "BinaryOperation"));
}

/** How a program writes a cut. */
export function cutName({ operation, grad }: Producer): string {
  if (grad === false) return "torch.no_grad()";
  const name = operation.split(".").at(-1)!;
  return operation === "Tensor.data" ? ".data" : operation.startsWith("Tensor.") ? `${name}()` : operation;
}
