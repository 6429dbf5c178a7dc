/** `sys.modules[__name__]`: the module that a program is, whose attributes are its names. */
import { unknown } from "../ops/value";
import { newInstance } from "./classes";
import { type Machine, type Site } from "./machine";
import { moduleScope } from "./scope";
import { type Value, external } from "./value";

export const allModules = "sys.modules";
export const moduleType = "types.ModuleType";

/** The module under a name, where that is the program's own. */
export function moduleNamed(machine: Machine, name: Value, site: Site): Value {
  const { names } = moduleScope(site.scope);
  const own = names.get("__name__");
  if (name.kind !== "str" || own?.kind !== "str" || name.value === undefined || name.value !== own.value)
    return unknown("the module is not known");
  return { ...newInstance(machine, external(moduleType), site), attributes: names };
}
