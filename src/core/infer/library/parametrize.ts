/** `torch.nn.utils.parametrize`: a parameter that a layer computes from another one, and the methods of quantization's functions. */
import { bool, tensor, unknown } from "../../ops/value";
import { classAttribute, linearised, loseTrack, newInstance } from "../classes/classes";
import { type Machine, type Site, args } from "../machine";
import { type InstanceValue, type Value, external } from "../values/value";
import { type Builtin, type Functions, argument, textIn } from "./given";

const registerParametrization: Builtin = (machine, given, site) => {
  const [module, by] = [argument(given, 0, "module"), argument(given, 2, "parametrization")];
  const name = textIn(argument(given, 1, "tensor_name"));
  if (module?.kind !== "instance") return unknown("the module is not known");
  const parts = name === undefined ? undefined : partsOf(machine, module, name, site);
  // What gives the original back may store it in another shape.
  const isPlain = by?.kind === "instance" && classAttribute(linearised(by.type), "right_inverse") === undefined;
  if (!parts || !isPlain || given.keywords.has("unsafe") || given.positional.length > 3) {
    loseTrack(module, "what its parameter is computed from is not known");
    return module;
  }
  const count = parts.attributes.keys().filter((key) => /^\d+$/.test(key)).length;
  parts.attributes.set(String(count), by);
  return module;
};

/** The list of what computes a parameter; the parameter itself moves there when the list is made. */
function partsOf(machine: Machine, module: InstanceValue, name: string, site: Site): InstanceValue | undefined {
  const all = module.attributes.get(listsName) ?? machine.call(external("torch.nn.ModuleDict"), args(), site);
  if (all.kind !== "instance") return undefined;
  const known = all.attributes.get(name);
  if (known) return known.kind === "instance" ? known : undefined;
  const original = module.attributes.get(name);
  if (original?.kind !== "tensor" || original.stored?.kind !== "parameter") return undefined;
  const parts = newInstance(machine, external("torch.nn.utils.parametrize.ParametrizationList"), site);
  parts.attributes.set("original", original);
  all.attributes.set(name, parts);
  module.attributes.delete(name);
  module.attributes.set(listsName, all);
  // Its shape may not change.
  module.attributes.set(name, tensor(original.shape, original.dtype));
  return parts;
}

/** The attribute of a layer that has computed parameters. */
const listsName = "parametrizations";

const isParametrizedBy: Builtin = (_, given) => {
  const [module, name] = [argument(given, 0, "module"), argument(given, 1, "tensor_name")];
  if (module?.kind !== "instance" || module.attributes.has("?")) return bool(undefined);
  const all = module.attributes.get(listsName);
  if (all?.kind !== "instance" || !name || name.kind === "none") return bool(all !== undefined);
  const text = textIn(name);
  return bool(text === undefined ? undefined : all.attributes.has(text));
};

/** A method of `FloatFunctional` runs an operation, and what watches its result. */
const watched =
  (operation: string): Builtin =>
  (machine, { positional: [self, ...positional], keywords }, site) => {
    const result = machine.call(external(operation), { positional, keywords, open: false }, site);
    const watcher = self?.kind === "instance" ? self.attributes.get("activation_post_process") : undefined;
    return watcher ? machine.call(watcher, args(result), site) : result;
  };

const watchedOperations: Readonly<Record<string, string>> = {
  add: "torch.add",
  add_scalar: "torch.add",
  mul: "torch.mul",
  mul_scalar: "torch.mul",
  cat: "torch.cat",
  matmul: "torch.matmul",
};

/** Whether a layer has parameters that it computes; its class then has another name. */
export function isParametrized({ attributes }: InstanceValue): boolean {
  const lists: Value | undefined = attributes.get(listsName);
  return lists?.kind === "instance" && lists.type.kind === "external";
}

export const parametrizeFunctions: Functions = [
  ["torch.nn.utils.parametrize.register_parametrization", registerParametrization],
  ["torch.nn.utils.parametrize.is_parametrized", isParametrizedBy],
  ...["torch.nn.quantized", "torch.ao.nn.quantized"].flatMap((place) =>
    Object.entries(watchedOperations).map(([method, operation]): [string, Builtin] => [
      `${place}.FloatFunctional.${method}`,
      watched(operation),
    ]),
  ),
];
