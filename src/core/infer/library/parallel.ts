/** Models on several devices: wrappers that split the batch, run the model, and put the parts together again. */
import { unknown } from "../../ops/value";
import { isModule, newInstance } from "../classes/classes";
import { type InstanceValue, external } from "../values/value";
import { type Builtin, type Functions, argument } from "./given";

const wrapping =
  (name: string): Builtin =>
  (machine, given, site) => {
    const model = argument(given, 0, "module");
    if (!model || !isModule(model)) return unknown("the model on several devices is not known");
    const wrapper = newInstance(machine, external(name), site);
    wrapper.attributes.set("module", model);
    return wrapper;
  };

const wrapperNames = ["torch.nn.DataParallel", "torch.nn.DistributedDataParallel"];

/** The model that a wrapper runs, with the shapes that it has alone. */
export function modelInside({ type, attributes }: InstanceValue): InstanceValue | undefined {
  const model = type.kind === "external" && wrapperNames.includes(type.name) ? attributes.get("module") : undefined;
  return model && isModule(model) ? model : undefined;
}

export const parallelFunctions: Functions = [
  ["torch.nn.DataParallel", wrapping("torch.nn.DataParallel")],
  ["torch.nn.parallel.DataParallel", wrapping("torch.nn.DataParallel")],
  ["torch.nn.parallel.DistributedDataParallel", wrapping("torch.nn.DistributedDataParallel")],
  ["torch.nn.parallel.distributed.DistributedDataParallel", wrapping("torch.nn.DistributedDataParallel")],
];
