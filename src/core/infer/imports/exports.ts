/** What `from module import *` binds: the names in the module's `__all__`, else those without a leading underscore. */
import { type ModuleFile, type ModuleName } from "../../python/modules";
import type { Expression, Module, Statement } from "../../python/syntax";
import { type Machine } from "../machine";

interface Bound {
  readonly names: readonly string[];
  readonly all: readonly string[] | undefined;
  /** Modules whose own names come along. */
  readonly stars: readonly ModuleName[];
}

const bounds = new WeakMap<Module, Bound>();

export function exportedNames(machine: Machine, module: ModuleName, from: string): readonly string[] {
  const file = machine.imports.find(module, from);
  return file ? namesOf(machine, file, new Set()) : [];
}

function namesOf(machine: Machine, { path, tree }: ModuleFile, seen: Set<string>): readonly string[] {
  if (seen.has(path)) return [];
  seen.add(path);
  const { names, all, stars } = boundIn(tree);
  if (all) return all;
  const others = stars.flatMap((star) => {
    const file = machine.imports.find(star, path);
    return file ? namesOf(machine, file, seen) : [];
  });
  return [...new Set([...others, ...names])].filter((name) => !name.startsWith("_"));
}

function boundIn(tree: Module): Bound {
  const known = bounds.get(tree);
  if (known) return known;
  const names: string[] = [];
  const stars: ModuleName[] = [];
  let all: string[] | undefined;
  const visit = (statement: Statement): void => {
    switch (statement.kind) {
      case "FunctionDef":
      case "ClassDef":
        names.push(statement.name.name);
        break;
      case "Import":
        for (const { name, alias } of statement.names) names.push(alias?.name ?? name.split(".")[0]!);
        break;
      case "ImportFrom":
        for (const { name, alias } of statement.names) {
          if (name === "*") stars.push({ name: statement.module, level: statement.level });
          else names.push(alias?.name ?? name);
        }
        break;
      case "Assign":
        for (const target of statement.targets) names.push(...targetNames(target));
        if (statement.targets.some((target) => target.kind === "Name" && target.id === "__all__"))
          all = texts(statement.value);
        break;
      case "AnnAssign":
        if (statement.value) names.push(...targetNames(statement.target));
        break;
      case "AugAssign":
        if (statement.target.kind === "Name" && statement.target.id === "__all__") {
          const more = texts(statement.value);
          all = all && more && [...all, ...more];
        }
        break;
      case "If":
      case "Try":
      case "With":
      case "For":
        for (const inner of statement.body) visit(inner);
        if (statement.kind === "If" || statement.kind === "Try") for (const inner of statement.orelse) visit(inner);
        if (statement.kind === "Try") for (const handler of statement.handlers) handler.body.forEach(visit);
        break;
      default:
    }
  };
  tree.body.forEach(visit);
  const bound = { names, all, stars };
  bounds.set(tree, bound);
  return bound;
}

function targetNames(target: Expression): string[] {
  if (target.kind === "Name") return [target.id];
  return target.kind === "Tuple" || target.kind === "List" ? target.elements.flatMap(targetNames) : [];
}

/** A display of texts; undefined for anything else. */
function texts(value: Expression): string[] | undefined {
  if (value.kind !== "List" && value.kind !== "Tuple") return undefined;
  const items = value.elements.map((item) =>
    item.kind === "Constant" && item.type === "str" ? item.value : undefined,
  );
  return items.includes(undefined) ? undefined : (items as string[]);
}
