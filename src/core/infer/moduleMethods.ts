/** The methods that every `nn.Module` has: walking its parameters and children, registering, and those that change nothing here. */
import { type TensorValue, bool, none, str, tensor, unknown } from "../ops/value";
import { unknownShape } from "../shape/shape";
import { containerMethods } from "./containerMethods";
import { isModule, loseTrack, storedTensor } from "./classes";
import { type Arguments, type Machine, type Site, args } from "./machine";
import { type InstanceValue, type Value } from "./value";

type Method = (machine: Machine, self: InstanceValue, args: Arguments, site: Site) => Value;

/** A module in the tree below another one, by its dotted name. */
export interface NamedModule {
  readonly name: string;
  readonly module: InstanceValue;
}

/** The module itself and all below it, each once, in PyTorch's order (`named_modules`). */
export function namedModules(module: InstanceValue, name = "", seen = new Set<object>()): NamedModule[] {
  if (seen.has(module.attributes)) return [];
  seen.add(module.attributes);
  return [
    { name, module },
    ...namedChildren(module).flatMap(([key, child]) => namedModules(child, name ? `${name}.${key}` : key, seen)),
  ];
}

export function namedChildren(module: InstanceValue): [string, InstanceValue][] {
  return module.attributes.items().filter((item): item is [string, InstanceValue] => isModule(item[1]));
}

/** The stored tensors of one kind, below a module, each once (`named_parameters`, `named_buffers`). */
export function namedTensors(module: InstanceValue, kind: "parameter" | "buffer"): [string, TensorValue][] {
  const seen = new Set<object>();
  return namedModules(module).flatMap(({ name, module: owner }) =>
    owner.attributes.items().flatMap(([key, value]): [string, TensorValue][] => {
      if (value.kind !== "tensor" || value.stored?.kind !== kind || seen.has(value.stored)) return [];
      seen.add(value.stored);
      return [[name ? `${name}.${key}` : key, value]];
    }),
  );
}

const pairs = (machine: Machine, items: readonly [string, Value][]): Value =>
  machine.newList(items.map(([name, value]) => ({ kind: "tuple", items: [str(name), value] })));

const itself: Method = (_, self) => self;

/** Freezes a parameter or sets it free; a flag that is not known leaves it as it was. */
export function setTrainable(machine: Machine, tensor: TensorValue, flag: Value): void {
  if (tensor.stored && flag.kind === "bool" && flag.value !== undefined)
    machine.trainable.set(String(tensor.stored.id), flag.value);
}

const requireGradient: Method = (machine, self, { positional, keywords }) => {
  const flag = positional[0] ?? keywords.get("requires_grad") ?? bool(true);
  for (const [, parameter] of namedTensors(self, "parameter")) setTrainable(machine, parameter, flag);
  return self;
};

/** `apply(fn)`: children first, then the module. */
function applyTo(machine: Machine, module: InstanceValue, callee: Value, site: Site): void {
  for (const [, child] of namedChildren(module)) applyTo(machine, child, callee, site);
  machine.call(callee, args(module), site);
}

const register: Method = (machine, self, { positional: [name, value] }) => {
  if (name?.kind === "str" && name.value !== undefined && value) machine.setAttribute(self, name.value, value);
  else loseTrack(self, "a part was registered whose name is not known");
  return none;
};

const registerBuffer: Method = (machine, self, { positional, keywords }) => {
  const name = positional[0] ?? keywords.get("name");
  const value = positional[1] ?? keywords.get("tensor");
  if (name?.kind !== "str" || name.value === undefined || !value) {
    loseTrack(self, "a buffer was registered whose name is not known");
    return none;
  }
  const data = value.kind === "unknown" ? tensor(unknownShape(), undefined) : value;
  const buffer = data.kind === "tensor" ? storedTensor(data, "buffer") : data;
  machine.setAttribute(self, name.value, buffer);
  return none;
};

const append: Method = (_, self, { positional: [child] }) => {
  if (child) self.attributes.set(String(self.attributes.size), child);
  return self;
};

export const moduleMethods: ReadonlyMap<string, Method> = new Map<string, Method>([
  ["named_parameters", (machine, self) => pairs(machine, namedTensors(self, "parameter"))],
  ["parameters", (machine, self) => machine.newList(namedTensors(self, "parameter").map(([, value]) => value))],
  ["named_buffers", (machine, self) => pairs(machine, namedTensors(self, "buffer"))],
  ["buffers", (machine, self) => machine.newList(namedTensors(self, "buffer").map(([, value]) => value))],
  [
    "named_modules",
    (machine, self) =>
      pairs(
        machine,
        namedModules(self).map(({ name, module }) => [name, module]),
      ),
  ],
  ["modules", (machine, self) => machine.newList(namedModules(self).map(({ module }) => module))],
  ["named_children", (machine, self) => pairs(machine, namedChildren(self))],
  ["children", (machine, self) => machine.newList(namedChildren(self).map(([, child]) => child))],
  ["items", (machine, self) => pairs(machine, namedChildren(self))],
  ["values", (machine, self) => machine.newList(namedChildren(self).map(([, child]) => child))],
  ["keys", (machine, self) => machine.newList(namedChildren(self).map(([name]) => str(name)))],
  ["append", append],
  [
    "extend",
    (machine, self, given, site) => {
      const more = given.positional[0] && machine.call({ kind: "external", name: "builtins.list" }, given, site);
      const items = more?.kind === "list" ? more.contents.get("items") : undefined;
      if (!items) loseTrack(self, "the added layers are not known");
      for (const child of items ?? []) self.attributes.set(String(self.attributes.size), child);
      return self;
    },
  ],
  ["requires_grad_", requireGradient],
  ["add_module", register],
  ["register_module", register],
  ["register_parameter", register],
  ["register_buffer", registerBuffer],
  [
    "apply",
    (machine, self, { positional: [callee] }, site) => {
      if (callee) applyTo(machine, self, callee, site);
      return self;
    },
  ],
  ["__setattr__", register],
  ...["to", "cuda", "cpu", "float", "double", "half", "train", "eval", "share_memory"].map((name): [string, Method] => [
    name,
    itself,
  ]),
  ...["zero_grad", "__init__"].map((name): [string, Method] => [name, () => none]),
  ...containerMethods,
  ...["state_dict", "load_state_dict", "register_full_backward_hook"].map((name): [string, Method] => [
    name,
    () => unknown(`what ${name} gives is not modelled`),
  ]),
]);
