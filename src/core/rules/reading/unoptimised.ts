/** Layers that a loss depends on, that can learn, and that no optimizer holds. */
import { mayTrain } from "../../infer/modules/moduleMethods";
import { type Inference } from "../../infer/analysis";
import { namedTensors } from "../../infer/modules/moduleState";
import { type InstanceValue } from "../../infer/values/value";
import { isForeign } from "./calls";
import { type Optimizer, optimizersOf, parametersBehind } from "./optimizers";
import { rootOf } from "./roots";
import { trainingLoops } from "./training";

export interface Unoptimised {
  readonly layer: InstanceValue;
  /** The outermost module that it is a part of. */
  readonly root: InstanceValue;
  readonly optimizers: readonly Optimizer[];
}

const known = new WeakMap<Inference["record"], readonly Unoptimised[]>();

export function unoptimisedLayers(inference: Inference): readonly Unoptimised[] {
  const found = known.get(inference.record) ?? findLayers(inference);
  known.set(inference.record, found);
  return found;
}

function findLayers(inference: Inference): Unoptimised[] {
  const all = optimizersOf(inference);
  const optimizers = all.filter((one) => !isMadeAgain(inference, one, all));
  if (optimizers.length === 0 || optimizers.some(isOpen)) return [];
  const held = new Set(optimizers.flatMap(({ parameters }) => [...parameters!]));
  const isHandedOn = inference.record.calls.some(
    (call) => isForeign(call) && call.positional.some((value) => optimizers.some(({ object }) => object === value)),
  );
  if (held.size === 0 || isHandedOn) return [];
  const missing = new Map<InstanceValue["attributes"], InstanceValue>();
  for (const loop of trainingLoops(inference))
    for (const { kind, object } of loop.round)
      if (kind === "backward" && object?.kind === "tensor")
        for (const { id, layer } of parametersBehind(object))
          if (!held.has(id) && mayTrain(inference.machine, id) === true) missing.set(layer.attributes, layer);
  if (missing.size === 0) return [];
  return [...missing.values()].map((layer) => ({ layer, root: rootOf(inference, layer), optimizers }));
}

/** Of an object that stands in for one that the program has made itself, with arguments that are known. */
function isMadeAgain({ record }: Inference, { call }: Optimizer, all: readonly Optimizer[]): boolean {
  return (
    record.calls.indexOf(call) >= record.ownCalls &&
    all.some(
      (other) => other.call.origin.span === call.origin.span && record.calls.indexOf(other.call) < record.ownCalls,
    )
  );
}

function isOpen({ parameters, holdsPlainTensors }: Optimizer): boolean {
  return parameters === undefined || holdsPlainTensors;
}

/** Whether an optimizer holds a part of a module. */
export function isPartlyHeld(root: InstanceValue, { parameters }: Optimizer): boolean {
  return namedTensors(root, "parameter").some(([, { stored }]) => stored && parameters?.has(stored.id));
}
