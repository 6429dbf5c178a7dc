/** What names stand for through imports: `F.relu` is `torch.nn.functional.relu`. */
import { type Binding, bindingsOf, type Scopes } from "./scopes";
import type { Expression, Import, ImportFrom, Module } from "./syntax";
import { isKind, walk } from "./visit";

/**
 * The dotted name of a name or attribute chain that an import begins: `nn.Linear` gives `torch.nn.Linear` after
 * `import torch.nn as nn`. A relative import keeps its dots: `.models.Net`. Undefined when anything else binds the name
 * as well, or imports disagree.
 */
export function qualifiedName(scopes: Scopes, expression: Expression): string | undefined {
  const attributes: string[] = [];
  let at = expression;
  while (at.kind === "Attribute") {
    attributes.push(at.attribute.name);
    at = at.value;
  }
  if (at.kind !== "Name") return undefined;
  const sources = bindingsOf(scopes, at).map(importedName);
  const source = sources[0];
  if (source === undefined || sources.some((other) => other !== source)) return undefined;
  return [source, ...attributes.reverse()].join(".");
}

/** The module or member that an import binds to its name; undefined for any other binding. */
export function importedName(binding: Binding): string | undefined {
  if (binding.kind !== "import") return undefined;
  const { node, alias } = binding;
  if (node.kind === "ImportFrom") return memberName(node, alias.name);
  // `import a.b` binds `a`; `import a.b as c` binds `a.b`.
  return alias.alias ? alias.name : binding.name;
}

function memberName(statement: ImportFrom, name: string): string {
  const module = moduleName(statement);
  return module === "" || module.endsWith(".") ? `${module}${name}` : `${module}.${name}`;
}

/** The module of `from … import`, its dots included. */
export function moduleName(statement: ImportFrom): string {
  return ".".repeat(statement.level) + statement.module;
}

/** The modules whose every name is imported by `from … import *`, in order. */
export function starImports(module: Module): string[] {
  return importsIn(module).flatMap((statement) =>
    statement.kind === "ImportFrom" && statement.names.some((alias) => alias.name === "*")
      ? [moduleName(statement)]
      : [],
  );
}

/** Every import statement, wherever it stands. */
export function importsIn(module: Module): (Import | ImportFrom)[] {
  const result: (Import | ImportFrom)[] = [];
  walk(module, (node) => {
    if (isKind(node, "Import") || isKind(node, "ImportFrom")) result.push(node);
    return undefined;
  });
  return result;
}
