/** Updates whose loss does not reach what its optimizer holds, because the graph is cut on the way. */
import { type Inference } from "../../infer/analysis";
import { type Producer, type TensorValue } from "../../ops/value";
import { type AnyNode, isKind } from "../../python/visit";
import { type Reach, reachOf } from "./graph";
import { parentOf } from "./syntax";
import { stepsOf } from "./training";
import { type Update, parametersHeld, updatesOf } from "./updates";

export interface CutUpdate {
  readonly update: Update;
  readonly cut: Producer;
  /**
   * `all`: the loss reaches no parameter at all. `optimizer`: it reaches some, but none that the optimizer holds. `part`: of
   * those that the optimizer holds some lie behind the cut, and no loss of the program gets to them.
   */
  readonly missing: "all" | "optimizer" | "part";
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
  return update.steps.flatMap(({ object }): CutUpdate[] => {
    const held = parametersHeld(object, inference);
    const isOwn = (id: number): boolean => held?.has(id) ?? true;
    const reached = reaches.flatMap(({ parameters }) => [...parameters]);
    const cut = reaches
      .flatMap(({ behindCuts }) => [...behindCuts])
      .filter(([id]) => isOwn(id) && inference.machine.trainable.get(String(id)) !== false);
    if (cut.length === 0) return [];
    if (reached.length === 0) return [{ update, cut: cut[0]![1], missing: "all" }];
    if (!held) return [];
    if (!reached.some(isOwn)) return [{ update, cut: cut[0]![1], missing: "optimizer" }];
    const lost = cut.find(([id, by]) => isLost(id, inference) && isMistake(by, inference));
    return lost ? [{ update, cut: lost[1], missing: "part" }] : [];
  });
}

/** What the losses reach; undefined where something unknown may reach more. */
function reachesOf(losses: readonly (TensorValue | undefined)[], inference: Inference): readonly Reach[] | undefined {
  const reaches = losses.map((loss) => (loss?.kind === "tensor" ? reachOf(loss) : undefined));
  return reaches.every((reach) => reach !== undefined && isWhole(reach, inference))
    ? (reaches as readonly Reach[])
    : undefined;
}

/** Arguments of losses that come from a data loader. */
const ofData = new Set(["target", "labels", "weight", "index", "mask", "out", "device", "dtype", "generator"]);

function isWhole({ producers, hasOtherLeaves, parameters }: Reach, inference: Inference): boolean {
  if (hasOtherLeaves && parameters.size === 0) return false;
  return [...producers].every((producer) => hasAllInputs(producer, inference));
}

function hasAllInputs({ values, inputs, origin }: Producer, { record }: Inference): boolean {
  for (const [name, value] of values ?? [])
    if ((value.kind === "unknown" || value.kind === "other") && !ofData.has(name)) return false;
  const node = origin.span as AnyNode;
  if (values || inputs.length > 1 || !("kind" in node)) return true;
  const operands = isKind(node, "BinaryOperation")
    ? [node.left, node.right]
    : isKind(node, "AugAssign")
      ? [node.target, node.value]
      : [];
  return operands.every((operand) => operand.kind === "Constant" || record.seenAt(operand) !== undefined);
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
