/** The methods that every `nn.Module` has: walking its parameters and children, registering, and those that change nothing here. */
import { type TensorValue, bool, none, str, tensor, unknown } from "../../ops/value";
import { unknownShape } from "../../shape/shape";
import { containerMethods } from "./containerMethods";
import { isHook, registerHook } from "./hooks";
import { iterator } from "../collections/iterators";
import { classAttribute, linearised, loseTrack } from "../classes/classes";
import { type Arguments, type Machine, type Site, args } from "../machine";
import { convolveWith, namedMembers } from "./ownMethods";
import { eachOnce, everyName, namedChildren, namedModules } from "./modules";
import { viewOf } from "../collections/dictMethods";
import { setDirectly } from "../classes/directWrites";
import { namedTensors, stateMethods } from "./moduleState";
import { forgetNumbers, holdNumbers, holdTruths, numbersIn, shareNumbers, truthsIn } from "../tensors/tensorNumbers";
import { converted, ofType } from "./moduleTypes";
import { itemsFrom } from "../collections/elements";
import { type InstanceValue, type Value } from "../values/value";
import { bufferToCome, leaveOut, removePart, setPart, storedTensor } from "./stored";
import { childrenOf, holdOpen, keysOf, mayHoldModules, mayHoldMore, openChildren } from "./containers";
import { type Items, anything, extended, isOpenItems } from "../collections/lists";

type Method = (machine: Machine, self: InstanceValue, args: Arguments, site: Site) => Value;

const pairs = (machine: Machine, items: readonly [string, Value][]): Value => iterator(machine, namedPairs(items));

const namedPairs = (items: readonly [string, Value][]): Value[] =>
  items.map(([name, value]) => ({ kind: "tuple", items: [str(name), value] }));

const itself: Method = (_, self) => self;

/** Whether a parameter gets gradients, which it does until it is frozen; undefined where that is not known. */
export function isTrainable(machine: Machine, { stored }: TensorValue): boolean | undefined {
  if (stored?.kind !== "parameter") return undefined;
  return mayTrain(machine, stored.id);
}

/** Likewise of one by its number: undefined where one side of a test has frozen it. */
export function mayTrain(machine: Machine, id: number | undefined): boolean | undefined {
  const flag = machine.trainable.get(String(id));
  return flag === "perhaps" ? undefined : (flag ?? true);
}

/** Freezes a parameter or sets it free; a flag that is not known leaves it as it was. */
export function setTrainable(machine: Machine, tensor: TensorValue, flag: Value): void {
  if (!tensor.stored) return;
  const id = String(tensor.stored.id);
  if (flag.kind !== "bool" || flag.value === undefined) {
    machine.trainable.set(id, "perhaps");
    return;
  }
  if (!flag.value && machine.trainable.get(id) !== false) machine.frozenSince.set(id, machine.record.part.now);
  machine.trainable.set(id, flag.value);
}

/**
 * `train()`, `eval()`: of a module on which neither was called, the mode is not known. A class may have a `train` of its
 * own, which keeps layers frozen as a rule; both call it, and so do those of the modules around it.
 */
function setMode(machine: Machine, self: InstanceValue, mode: Value, site: Site, seen = new Set<object>()): Value {
  seen.add(self.attributes);
  self.attributes.set("training", mode);
  for (const [, child] of namedChildren(self)) if (!seen.has(child.attributes)) train(machine, child, mode, site, seen);
  return self;
}

function train(machine: Machine, self: InstanceValue, mode: Value, site: Site, seen?: Set<object>): Value {
  const own = classAttribute(linearised(self.type), "train");
  return own?.kind === "function"
    ? machine.call(own, args(self, mode), site)
    : setMode(machine, self, mode, site, seen);
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

const register: Method = (machine, self, { positional, keywords }, site) => {
  const name = positional[0] ?? keywords.get("name");
  const value = positional[1] ?? keywords.get("module") ?? keywords.get("param") ?? keywords.get("value");
  if (name?.kind === "str" && name.value !== undefined && value) setDirectly(machine, self, name.value, value, site);
  else loseTrack(self, "a part was registered whose name is not known");
  return none;
};

const registerBuffer: Method = (machine, self, { positional, keywords }, site) => {
  const name = positional[0] ?? keywords.get("name");
  const value = positional[1] ?? keywords.get("tensor");
  if (name?.kind !== "str" || name.value === undefined || !value) {
    loseTrack(self, "a buffer was registered whose name is not known");
    return none;
  }
  const data = value.kind === "unknown" ? tensor(unknownShape(), undefined) : value;
  const [numbers, truths] = [numbersIn(data), truthsIn(data)];
  const buffer = data.kind === "tensor" ? storedTensor(data, "buffer") : data;
  if (numbers) holdNumbers(buffer, numbers);
  else if (truths) holdTruths(buffer, truths);
  if (data.kind === "tensor" && buffer.kind === "tensor") shareNumbers(data, buffer);
  const isSaved = positional[2] ?? keywords.get("persistent") ?? bool(true);
  if (buffer.kind === "tensor" && isSaved.kind === "bool" && isSaved.value === false) leaveOut(buffer);
  if (buffer.kind === "none") self.attributes.set(bufferToCome(name.value), none);
  setDirectly(machine, self, name.value, buffer, site);
  return none;
};

const unregister: Method = (_, self, { positional: [name] }) => {
  if (name?.kind === "str" && name.value !== undefined) removePart(self, name.value);
  else loseTrack(self, "a part was taken away whose name is not known");
  return none;
};

/** Buffers have other numbers then. */
const loadState: Method = (_, self) => {
  for (const [, buffer] of namedTensors(self, "buffer")) forgetNumbers(buffer);
  return unknown("which names did not fit is not known");
};

/** Adds layers behind those in a container. */
function addBehind(self: InstanceValue, added: Items): Value {
  const count = childrenOf(self)?.length;
  const before = count === 0 ? [] : openChildren(self);
  if (count !== undefined && !isOpenItems(added))
    for (const [i, child] of added.entries()) setPart(self, String(count + i), child);
  else {
    loseTrack(self, "the added layers are not known");
    if (before) holdOpen(self, extended(before, added));
  }
  return self;
}

/** What stands where among the children is not known where an attribute is not known: it may be one of them. */
function ofChildren(give: (machine: Machine, children: readonly [string, InstanceValue][]) => Value): Method {
  return (machine, self) => {
    const isOpen = self.attributes
      .items()
      .some(([name, value]) => value.kind === "unknown" && !value.isData && !isHook(name));
    return isOpen ? unknown("the children of the module are not known") : give(machine, eachOnce(namedChildren(self)));
  };
}

/** `get_submodule("layer1.0.conv")`, and the parameter or buffer of such a name. */
const getPart: Method = (machine, self, { positional, keywords }, site) => {
  const path = positional[0] ?? [...keywords.values()][0];
  if (path?.kind !== "str" || path.value === undefined) return unknown("the name of the part is not known");
  const names = path.value === "" ? [] : path.value.split(".");
  return names.reduce<Value>((value, name) => machine.attribute(value, name, site), self);
};

/** What PyTorch does about an attribute that was not found otherwise: it looks among the parts. */
const getRegistered: Method = (machine, self, { positional: [name] }) => {
  const text = name?.kind === "str" ? name.value : undefined;
  const part = text === undefined ? undefined : self.attributes.get(text);
  if (part) return part;
  const isWhole = !self.attributes.has("?") && !self.layer.has("layer");
  if (text !== undefined && isWhole) machine.record.raise("AttributeError");
  return unknown("no part of that name is known");
};

/** `named_modules(prefix="backbone", remove_duplicate=False)`. */
const modulesByName: Method = (machine, self, { positional, keywords }) => {
  const memo = positional[0] ?? keywords.get("memo") ?? none;
  if (memo.kind !== "none") return unknown("which modules are left out is not known");
  const prefix = positional[1] ?? keywords.get("prefix") ?? str("");
  const isOnce = positional[2] ?? keywords.get("remove_duplicate") ?? bool(true);
  if (prefix.kind !== "str" || prefix.value === undefined || isOnce.kind !== "bool" || isOnce.value === undefined)
    return unknown("under which names they are asked for is not known");
  const found = isOnce.value ? namedModules(self, prefix.value) : everyName(self, prefix.value);
  if (found.some(({ module }) => mayHoldModules(module))) return iterator(machine, undefined);
  return pairs(
    machine,
    found.map(({ name, module }) => [name, module]),
  );
};

/** What a container of names holds, in order. */
function namedParts(self: InstanceValue): [string, Value][] {
  const keys = (keysOf(self) ?? []).map((key) => (key.kind === "str" ? (key.value ?? "") : ""));
  return keysOf(self) ? keys.map((key) => [key, self.attributes.get(key)!]) : namedChildren(self);
}

/** The names and parts of a container of names, as far as it is known what it holds. */
const ofParts =
  (give: (parts: readonly [string, Value][]) => readonly Value[]): Method =>
  (machine, self) =>
    viewOf(machine, () => (mayHoldMore(self) ? undefined : give(namedParts(self))));

export const moduleMethods: ReadonlyMap<string, Method> = new Map<string, Method>([
  ...stateMethods,
  ["named_modules", modulesByName],
  [
    "modules",
    (machine, self) => {
      const found = namedModules(self).map(({ module }) => module);
      return iterator(machine, found.some(mayHoldModules) ? undefined : found);
    },
  ],
  ["named_children", ofChildren((machine, children) => pairs(machine, children))],
  [
    "children",
    ofChildren((machine, children) =>
      iterator(
        machine,
        children.map(([, child]) => child),
      ),
    ),
  ],
  ["items", ofParts(namedPairs)],
  ["values", ofParts((parts) => parts.map(([, child]) => child))],
  ["keys", ofParts((parts) => parts.map(([name]) => str(name)))],
  ["append", (_, self, { positional: [child] }) => addBehind(self, child ? [child] : anything())],
  ["extend", (machine, self, { positional: [more] }) => addBehind(self, more ? itemsFrom(machine, more) : anything())],
  ["__getattr__", getRegistered],
  ...["get_submodule", "get_parameter", "get_buffer"].map((name): [string, Method] => [name, getPart]),
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
  ["_named_members", namedMembers],
  ["_conv_forward", convolveWith],
  ["__setattr__", register],
  ["__delattr__", unregister],
  ...["cuda", "cpu", "share_memory"].map((name): [string, Method] => [name, itself]),
  ["type", (_, self, { positional: [type] }) => ofType(self, type?.kind === "dtype" ? type.dtype : undefined)],
  ["_apply", (_, self) => ofType(self, undefined)],
  ["to", (_, self, { positional, keywords, open }) => converted(self, [...positional, ...keywords.values()], open)],
  ...Object.entries({ float: "float32", double: "float64", half: "float16", bfloat16: "bfloat16" } as const).map(
    ([name, dtype]): [string, Method] => [name, (_, self) => ofType(self, dtype)],
  ),
  [
    "train",
    (machine, self, { positional, keywords }, site) =>
      setMode(machine, self, positional[0] ?? keywords.get("mode") ?? bool(true), site),
  ],
  ["eval", (machine, self, _, site) => train(machine, self, bool(false), site)],
  ...["zero_grad", "__init__"].map((name): [string, Method] => [name, () => none]),
  ...containerMethods,
  ["register_forward_hook", registerHook("behind")],
  ["register_forward_pre_hook", registerHook("before")],
  ["register_full_backward_hook", () => unknown("what the hook gives is not modelled")],
  ["load_state_dict", loadState],
]);
