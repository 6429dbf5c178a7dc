/** The tree of modules below a module. */
import { isModule } from "../classes/classes";
import { type InstanceValue, type Value } from "../values/value";

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
    ...namedChildren(module).flatMap(([key, child]) => namedModules(child, joinedName(name, key), seen)),
  ];
}

const joinedName = (name: string, key: string): string => (name ? `${name}.${key}` : key);

/** Likewise under all of their names, where a module stands in several places. */
export function everyName(module: InstanceValue, name = "", above: readonly object[] = []): NamedModule[] {
  if (above.includes(module.attributes)) return [];
  const within = [...above, module.attributes];
  const below = namedChildren(module).flatMap(([key, child]) => everyName(child, joinedName(name, key), within));
  return [{ name, module }, ...below];
}

export function namedChildren(module: InstanceValue): [string, InstanceValue][] {
  return module.attributes.itemsThat(isChild);
}

/** Of modules that stand there under several names only the first. */
export function eachOnce(children: readonly [string, InstanceValue][]): [string, InstanceValue][] {
  const seen = new Set<object>();
  return children.filter(([, { attributes }]) => !seen.has(attributes) && seen.add(attributes));
}

function isChild(item: [string, Value]): item is [string, InstanceValue] {
  return isModule(item[1]) && !item[0].startsWith("?");
}
