/** What only running a file as a script makes: names of its main block, for expressions that ask for them. */
import { bindingsIn } from "../../python/bindings";
import type { Expression, If, Module } from "../../python/syntax";
import { isKind, walk } from "../../python/visit";
import { str } from "../../ops/value";
import { type Machine } from "../machine";
import { type Scope } from "../memory/scope";
import { truthOf } from "../values/truth";

/** Runs main blocks, statement by statement, until they have bound the names in an expression that the file lacks. */
export function bindFromMain(machine: Machine, module: Module, expression: Expression, scope: Scope): void {
  const isMissing = (name: string): boolean => !scope.names.has(name);
  const wanted = namesIn(expression).filter(isMissing);
  if (wanted.length === 0) return;
  const ownName = scope.names.get("__name__");
  scope.names.set("__name__", str("__main__"));
  for (const block of module.body) {
    if (block.kind !== "If" || !isMainBlock(machine, block, scope)) continue;
    const bound = bindingsIn({ ...module, body: block.body }).root.bindings;
    for (const statement of block.body)
      if (wanted.some((name) => bound.has(name) && isMissing(name))) machine.execute([statement], scope);
  }
  if (ownName) scope.names.set("__name__", ownName);
}

/** `if __name__ == "__main__":`. */
function isMainBlock(machine: Machine, { test }: If, scope: Scope): boolean {
  return namesIn(test).includes("__name__") && truthOf(machine.evaluate(test, scope)) === true;
}

function namesIn(expression: Expression): string[] {
  const names: string[] = [];
  walk(expression, (node) => {
    if (isKind(node, "Name")) names.push(node.id);
    return undefined;
  });
  return names;
}
