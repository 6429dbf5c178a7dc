/** Models in wrappers: on several devices, which split the batch and put the parts together again, or averaged over steps. */
import { tensor, unknown } from "../../ops/value";
import { deepCopy } from "../values/copies";
import { storedTensor } from "../modules/stored";
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

const averagedName = "torch.optim.swa_utils.AveragedModel";

/** An average of a model's weights over its steps: a copy of the model, with how many steps there were. */
const averaging: Builtin = (machine, given, site) => {
  const model = argument(given, 0, "model");
  if (!model || !isModule(model)) return unknown("the model to average is not known");
  const wrapper = newInstance(machine, external(averagedName), site);
  wrapper.attributes.set("module", deepCopy(machine, model));
  wrapper.attributes.set("n_averaged", storedTensor(tensor([], "int64"), "buffer"));
  return wrapper;
};

const wrapperNames = ["torch.nn.DataParallel", "torch.nn.DistributedDataParallel", averagedName];

/** The model that a wrapper runs, with the shapes that it has alone. */
export function modelInside({ type, attributes }: InstanceValue): InstanceValue | undefined {
  const model = type.kind === "external" && wrapperNames.includes(type.name) ? attributes.get("module") : undefined;
  return model && isModule(model) ? model : undefined;
}

export const parallelFunctions: Functions = [
  [averagedName, averaging],
  ["torch.nn.DataParallel", wrapping("torch.nn.DataParallel")],
  ["torch.nn.parallel.DataParallel", wrapping("torch.nn.DataParallel")],
  ["torch.nn.parallel.DistributedDataParallel", wrapping("torch.nn.DistributedDataParallel")],
  ["torch.nn.parallel.distributed.DistributedDataParallel", wrapping("torch.nn.DistributedDataParallel")],
];
