/** What names stand for through imports: `F.relu` is `torch.nn.functional.relu`. */
import { type Binding, bindingsOf, type Scopes } from "./scopes";
import type { Expression, ImportFrom } from "./syntax";

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
function importedName(binding: Binding): string | undefined {
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
function moduleName(statement: ImportFrom): string {
  return ".".repeat(statement.level) + statement.module;
}
