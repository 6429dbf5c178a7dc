/** Which model a layer is a part of. */
import { type Inference } from "../../infer/analysis";
import { isModule } from "../../infer/classes/classes";
import { namedModules } from "../../infer/modules/modules";
import { type InstanceValue } from "../../infer/values/value";

type Above = ReadonlyMap<InstanceValue["attributes"], InstanceValue>;

const known = new WeakMap<Inference["record"], Above>();

const deepest = 32;

/** The module that a layer is a part of and that is a part of no other; the layer itself where there is none. */
export function rootOf(inference: Inference, layer: InstanceValue): InstanceValue {
  const above = known.get(inference.record) ?? modulesAbove(inference);
  known.set(inference.record, above);
  let root = layer;
  for (let depth = 0; depth < deepest; depth++) {
    const next = above.get(root.attributes);
    if (!next) return root;
    root = next;
  }
  return root;
}

function modulesAbove({ record }: Inference): Above {
  const above = new Map<InstanceValue["attributes"], InstanceValue>();
  for (const instance of record.instances.filter(isModule))
    for (const { module } of namedModules(instance).slice(1))
      if (!above.has(module.attributes)) above.set(module.attributes, instance);
  return above;
}
