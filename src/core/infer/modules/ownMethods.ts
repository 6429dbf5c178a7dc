/** Methods that PyTorch's modules keep for themselves, and that programs call all the same. */
import { bool, str, unknown } from "../../ops/value";
import { iterator } from "../collections/iterators";
import { type Arguments, type Machine, type Site, args } from "../machine";
import { namedModules } from "./modules";
import { elementsOf } from "../collections/elements";
import { textOf } from "../values/texts";
import { type InstanceValue, type Value, external } from "../values/value";

/** `_conv_forward(input, weight, bias)`: the layer's own convolution with another weight. */
export function convolveWith(machine: Machine, layer: InstanceValue, given: Arguments, site: Site): Value {
  const operation = /\.(Conv|conv)([123])d$/.exec(layer.layer.get("layer")?.operation.qualifiedName ?? "");
  const own = (name: string): Value => machine.attribute(layer, name, site);
  const mode = own("padding_mode");
  if (!operation || given.positional.length !== 3 || mode.kind !== "str" || mode.value !== "zeros")
    return unknown("how the layer convolves is not known");
  const settings = ["stride", "padding", "dilation", "groups"].map(own);
  return machine.call(
    external(`torch.nn.functional.conv${operation[2]!}d`),
    args(...given.positional, ...settings),
    site,
  );
}

/** `_named_members(of, prefix, recurse)`: what a function says of each module, under its full name, each value once. */
export function namedMembers(machine: Machine, self: InstanceValue, given: Arguments, site: Site): Value {
  const [of, first, second] = given.positional;
  const prefix = textOf(first ?? given.keywords.get("prefix") ?? str(""));
  const recurse = second ?? given.keywords.get("recurse") ?? bool(true);
  if (!of || prefix === undefined || recurse.kind !== "bool" || recurse.value === undefined)
    return unknown("the members of the module are not known");
  const modules = recurse.value ? namedModules(self) : [{ name: "", module: self }];
  const members: Value[] = [];
  const met = new Set<Value>();
  for (const { name, module } of modules) {
    const own = elementsOf(machine, machine.call(of, args(module), site));
    if (!own) return unknown("the members of the module are not known");
    for (const pair of own) {
      const [key, value] = pair.kind === "tuple" ? pair.items : [];
      const text = key && textOf(key);
      if (text === undefined || !value) return unknown("the members of the module are not known");
      if (value.kind === "none" || met.has(value)) continue;
      met.add(value);
      const path = [prefix, name, text].filter((part) => part !== "").join(".");
      members.push({ kind: "tuple", items: [str(path), value] });
    }
  }
  return iterator(machine, members);
}
