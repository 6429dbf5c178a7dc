/** The graph that `backward()` walks: which parameters a tensor was computed from, and where the way to them is cut. */
import { type Inference } from "../../infer/analysis";
import { namedTensors } from "../../infer/modules/moduleState";
import { knownItems } from "../../infer/collections/lists";
import { hasLostHistory, sourcesOf } from "../../infer/values/identity";
import { type InstanceValue, type Value } from "../../infer/values/value";
import { type Producer, type TensorValue } from "../../ops/value";
import { type AnyNode, isKind } from "../../python/visit";
import { functionName } from "./flow";
import { attributesOf, onceARun } from "./memory";

/** Operations whose result does not know what it was computed from. */
const cutting =
  /^(Tensor\.(detach|detach_|data|numpy|new_tensor)|torch\.(tensor|Tensor|FloatTensor|from_numpy)|numpy\.\w+|torch\.distributions\.\w+\.sample|torch\.(normal|bernoulli|multinomial|poisson))$/;

/** Whether no gradient passes through an operation: it cuts by itself, or it ran under `no_grad`. */
export function isCut({ operation, grad }: Producer): boolean {
  return grad === false || cutting.test(operation);
}

/** Functions that are constant between their jumps, and those that give places or classes. */
const flat =
  /^(round|floor|ceil|trunc|fix|sign|sgn|heaviside|argmax|argmin|argsort|eq|ne|lt|le|gt|ge|less(_equal)?|greater(_equal)?|not_equal|logical_\w+|isclose|floor_divide|one_hot|bernoulli|multinomial|bucketize|searchsorted|long|int|short|byte|bool)_?$/;
/** An object with probabilities, through which gradients pass, and no draw: `Bernoulli(logits=…).log_prob(x)`. */
const distribution = /^torch\.distributions\.[A-Z]\w*$/;
/** What takes no more than the shape of its input, or leaves PyTorch. */
const withoutValues = /\.(zeros_like|ones_like|rand_like|randn_like|nonzero|isnan|item|tolist|sample)$/;

/** Whether the derivative of an operation is 0 wherever there is one. */
export function isFlat({ operation }: Producer): boolean {
  return flat.test(functionName(operation)) && !distribution.test(operation);
}

/** Whether gradients may end at an operation: it is flat, cut off, or perhaps run under `no_grad`. */
export function mayStop(producer: Producer): boolean {
  const isWithoutGraph = "grad" in producer && producer.grad !== true;
  return isWithoutGraph || isCut(producer) || isFlat(producer) || withoutValues.test(producer.operation);
}

/** What lies behind a tensor. Parameters are named by the ids of their stored tensors. */
export interface Reach {
  /** Parameters that gradients get to. */
  readonly parameters: ReadonlySet<number>;
  /** Parameters that lie behind a cut, with the cut that is nearest to the tensor. */
  readonly behindCuts: ReadonlyMap<number, Producer>;
  /** Everything that computed it, down to the cuts. */
  readonly producers: ReadonlySet<Producer>;
  /** Gradients get to a tensor of which nothing is known, or to one that was made with `requires_grad=True`. */
  readonly hasOtherLeaves: boolean;
}

export const reachOf: (tensor: TensorValue) => Reach = onceARun(walkBack);

interface Visit {
  readonly tensor: TensorValue;
  readonly cut: Producer | undefined;
}

function walkBack(start: TensorValue): Reach {
  const parameters = new Set<number>();
  const behindCuts = new Map<number, Producer>();
  const producers = new Set<Producer>();
  const beyond = new Set<Producer>();
  let hasOtherLeaves = false;
  const meet = (id: number, cut: Producer | undefined): void => {
    if (!cut) parameters.add(id);
    else if (!behindCuts.has(id)) behindCuts.set(id, cut);
  };
  const open: Visit[] = [{ tensor: start, cut: undefined }];
  const closed: Visit[] = [];
  for (let next = open.pop() ?? closed.shift(); next; next = open.pop() ?? closed.shift()) {
    const { tensor, cut } = next;
    const { producer, stored } = tensor;
    const isSharing = producer !== undefined && isCut(producer);
    if (stored?.kind === "parameter" && !isSharing) meet(stored.id, cut);
    if (!producer) {
      if (!stored && !cut && mayHaveGradients(tensor)) hasOtherLeaves = true;
      continue;
    }
    const seen = cut ? beyond : producers;
    if (seen.has(producer)) continue;
    seen.add(producer);
    // What is set free behind a cut begins anew, but what it was computed from is known all the same.
    const isSetFree = producer.operation === "Tensor.requires_grad_" && tensor !== start && producer.inputs.length > 0;
    if (!cut && isLeafWithGradient(producer) && !isSetFree) hasOtherLeaves = true;
    const nearest = cut ?? (isCut(producer) ? producer : undefined);
    for (const id of parametersOf(producer.layer as InstanceValue | undefined)) meet(id, nearest);
    for (const input of producer.inputs) (nearest ? closed : open).push({ tensor: input, cut: nearest });
  }
  return { parameters, behindCuts, producers, hasOtherLeaves };
}

/**
 * Of a tensor that no operation is known to have computed. What a dataset gives has a type; of inputs that are assumed to be
 * tensors nothing is known. One of two values may have the gradients of either.
 */
function mayHaveGradients(tensor: TensorValue): boolean {
  const either = sourcesOf(tensor);
  if (!either) return tensor.dtype === undefined || hasLostHistory(tensor);
  return either.some((one) => one.stored !== undefined || reachesAny(reachOf(one)));
}

const reachesAny = ({ parameters, hasOtherLeaves }: Reach): boolean => parameters.size > 0 || hasOtherLeaves;

/** Arguments of losses that come from a data loader. */
const ofData = new Set(["target", "labels", "weight", "index", "mask", "out", "device", "dtype", "generator"]);

/** Whether all is known that gradients flow through: no operand of a sum or argument of an operation is unknown. */
export function hasAllOperands({ producers }: Reach, { record }: Inference): boolean {
  const isComplete = (producer: Producer): boolean => {
    const { values, inputs, origin } = producer;
    // Whatever goes into a cut, no gradient comes by.
    if (isCut(producer)) return true;
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
  };
  return [...producers].every(isComplete);
}

/**
 * Whether a tensor's gradient surely does not get to any of some parameters: all that it was computed from is known, or as
 * much of it that they are seen to lie behind a cut.
 */
export function surelyMisses(tensor: TensorValue, parameters: ReadonlySet<number>, inference: Inference): boolean {
  const reach = reachOf(tensor);
  const { parameters: reached, behindCuts, hasOtherLeaves } = reach;
  if ([...parameters].some((id) => reached.has(id)) || !hasAllOperands(reach, inference)) return false;
  return !hasOtherLeaves || [...parameters].some((id) => behindCuts.has(id));
}

function isLeafWithGradient({ values }: Producer): boolean {
  const flag = values?.get("requires_grad");
  return flag?.kind === "bool" && flag.value !== false;
}

const idsOf = onceARun(
  (module: InstanceValue): readonly number[] =>
    namedTensors(module, "parameter").flatMap(([, { stored }]) => stored?.id ?? []),
  attributesOf,
);

/** The ids of the parameters of a module and of all below it. */
export function parametersOf(module: InstanceValue | undefined): readonly number[] {
  return module ? idsOf(module) : [];
}

/** The tensors in a value: itself, or those in a tuple or list. */
export function tensorsOf(value: Value, depth = 0): readonly TensorValue[] {
  if (value.kind === "tensor") return [value];
  return depth < 4 ? (knownItems(value) ?? []).flatMap((item) => tensorsOf(item, depth + 1)) : [];
}

/** Whether gradients flow from one tensor into the computation of another. */
export function flowsFrom(tensor: TensorValue, earlier: Value): boolean {
  const { producers } = reachOf(tensor);
  return tensorsOf(earlier).some(
    ({ producer }) => producer !== undefined && !isCut(producer) && producers.has(producer),
  );
}
