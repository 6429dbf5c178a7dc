/** `sys.modules[__name__]`: the module that a program is, whose attributes are its names. */
import { unknown } from "../../ops/value";
import { newInstance } from "../classes/classes";
import { type Machine, type Site } from "../machine";
import { moduleScope } from "../memory/scope";
import { type Value, external } from "../values/value";

export const allModules = "sys.modules";
export const moduleType = "types.ModuleType";

/** The module under a name, where it is one of the program's files. */
export function moduleNamed(machine: Machine, name: Value, site: Site): Value {
  const { main, opened } = machine.imports;
  const others = [...(main ? [main] : []), ...opened.values()].map(({ scope }) => scope);
  const names = [moduleScope(site.scope), ...others]
    .map((scope) => scope.names)
    .find((held) => {
      const own = held.get("__name__");
      return name.kind === "str" && own?.kind === "str" && name.value !== undefined && name.value === own.value;
    });
  if (!names) return unknown("the module is not known");
  return { ...newInstance(machine, external(moduleType), site), attributes: names };
}
