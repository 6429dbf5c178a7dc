/** Hooks of modules: functions that run around `forward`, see what goes in and comes out, and may put others there. */
import { none, unknown } from "../../ops/value";
import { newInstance } from "../classes/classes";
import { type Arguments, type Machine, type Site, args } from "../machine";
import { type InstanceValue, type Value, external } from "../values/value";

type When = "before" | "behind";

/** The attributes in which a module keeps its hooks; no name of a program is like them. */
const names: Readonly<Record<When, string>> = { before: "?hooked before", behind: "?hooked behind" };

/** Whether an attribute's name is such a place. */
export const isHook = (name: string): boolean => name === names.before || name === names.behind;

const handleType = "torch.utils.hooks.RemovableHandle";

/** `register_forward_hook` and `register_forward_pre_hook`: the handle knows what it takes off again. */
export const registerHook =
  (when: When) =>
  (machine: Machine, self: InstanceValue, { positional, keywords, open }: Arguments, site: Site): Value => {
    const hook = positional[0] ?? keywords.get("hook");
    const isPlain = hook && !open && positional.length + keywords.size === 1;
    const others = self.attributes.get(names[when]) ?? { kind: "tuple", items: [] };
    const handle = newInstance(machine, external(handleType), site);
    handle.attributes.set("module", self);
    if (isPlain && others.kind === "tuple") {
      // Each registration is an entry of its own, even of the same function.
      const entry: Value = { kind: "tuple", items: [hook] };
      handle.attributes.set(names[when], entry);
      self.attributes.set(names[when], { kind: "tuple", items: [...others.items, entry] });
    } else self.attributes.set(names[when], unknown("which hooks the module has is not known"));
    return handle;
  };

const removeHook = (_: Machine, { positional: [handle] }: Arguments): Value => {
  const self = handle?.kind === "instance" ? handle.attributes.get("module") : undefined;
  if (handle?.kind !== "instance" || self?.kind !== "instance") return none;
  for (const name of Object.values(names)) {
    const [entry, hooks] = [handle.attributes.get(name), self.attributes.get(name)];
    if (!entry || hooks?.kind !== "tuple") continue;
    self.attributes.set(name, { kind: "tuple", items: hooks.items.filter((other) => other !== entry) });
  }
  return none;
};

export const hookFunctions = [[`${handleType}.remove`, removeHook]] as const;

function hooksOf({ attributes }: InstanceValue, when: When): readonly Value[] | undefined {
  const hooks = attributes.get(names[when]);
  if (!hooks) return [];
  return hooks.kind === "tuple"
    ? hooks.items.map((entry) => (entry.kind === "tuple" ? entry.items[0]! : entry))
    : undefined;
}

/** The arguments that `forward` gets; undefined where a hook may have changed them. */
export function runHooksBefore(
  machine: Machine,
  module: InstanceValue,
  given: Arguments,
  site: Site,
): Arguments | undefined {
  const hooks = hooksOf(module, "before");
  let now: Arguments | undefined = given;
  for (const hook of hooks ?? []) {
    const result: Value = machine.call(hook, args(module, { kind: "tuple", items: now.positional }), site);
    if (result.kind === "unknown") return undefined;
    if (result.kind === "tuple") now = { ...now, positional: result.items };
    else if (result.kind !== "none") now = { ...now, positional: [result] };
  }
  return hooks && now;
}

/** What a call gives after its hooks have seen it. */
export function runHooksBehind(
  machine: Machine,
  module: InstanceValue,
  given: Arguments,
  output: Value,
  site: Site,
): Value {
  const hooks = hooksOf(module, "behind");
  if (!hooks) return unknown("a hook may change the output");
  return hooks.reduce((now, hook) => {
    const result = machine.call(hook, args(module, { kind: "tuple", items: given.positional }, now), site);
    return result.kind === "none" ? now : result;
  }, output);
}
