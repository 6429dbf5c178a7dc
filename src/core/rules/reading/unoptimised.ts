/** Layers that a loss depends on, that can learn, and that no optimizer holds. */
import { type Inference } from "../../infer/analysis";
import { isModule } from "../../infer/classes";
import { namedModules, namedTensors } from "../../infer/moduleMethods";
import { type InstanceValue } from "../../infer/value";
import { isForeign } from "./calls";
import { type Optimizer, optimizersOf, parametersBehind } from "./optimizers";
import { trainingLoops } from "./training";

export interface Unoptimised {
  readonly layer: InstanceValue;
  /** The outermost module that it is a part of. */
  readonly root: InstanceValue;
  readonly optimizers: readonly Optimizer[];
}

const known = new WeakMap<Inference, readonly Unoptimised[]>();

export function unoptimisedLayers(inference: Inference): readonly Unoptimised[] {
  const found = known.get(inference) ?? findLayers(inference);
  known.set(inference, found);
  return found;
}

function findLayers(inference: Inference): Unoptimised[] {
  const optimizers = optimizersOf(inference);
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
          if (!held.has(id) && inference.machine.trainable.get(String(id)) !== false)
            missing.set(layer.attributes, layer);
  if (missing.size === 0) return [];
  const rootOf = roots(inference);
  return [...missing.values()].map((layer) => ({ layer, root: rootOf(layer), optimizers }));
}

function isOpen({ parameters, holdsPlainTensors }: Optimizer): boolean {
  return parameters === undefined || holdsPlainTensors;
}

/** The module that a layer is a part of and that is a part of no other. */
function roots({ record }: Inference): (layer: InstanceValue) => InstanceValue {
  const above = new Map<InstanceValue["attributes"], InstanceValue>();
  for (const instance of record.instances.filter(isModule))
    for (const { module } of namedModules(instance).slice(1))
      if (!above.has(module.attributes)) above.set(module.attributes, instance);
  return (layer) => {
    let root = layer;
    for (let depth = 0; depth < 32; depth++) {
      const next = above.get(root.attributes);
      if (!next) return root;
      root = next;
    }
    return root;
  };
}

/** Whether an optimizer holds a part of a module. */
export function isPartlyHeld(root: InstanceValue, { parameters }: Optimizer): boolean {
  return namedTensors(root, "parameter").some(([, { stored }]) => stored && parameters?.has(stored.id));
}
