/** What only running a file as a script makes: names of its main block, for expressions that ask for them. */
import { bindingsIn } from "../../python/bindings";
import type { Expression, If, Module } from "../../python/syntax";
import { isKind, walk } from "../../python/visit";
import { str } from "../../ops/value";
import { type Machine } from "../machine";
import { type Scope } from "../memory/scope";
import { truthOf } from "../values/truth";

/**
 * Where an expression has names that the file lacks and a main block binds: runs the main blocks whole, as a run of the
 * file does, since what comes behind may change what the names are (`freeze(model)`, `model.fc = …`).
 */
export function bindFromMain(machine: Machine, module: Module, expression: Expression, scope: Scope): void {
  const wanted = namesIn(expression).filter((name) => !scope.names.has(name));
  const blocks = module.body.filter(
    (block): block is If => block.kind === "If" && namesIn(block.test).includes("__name__"),
  );
  const isBound = ({ body }: If): boolean => {
    const { bindings } = bindingsIn({ ...module, body }).root;
    return wanted.some((name) => bindings.has(name));
  };
  if (!blocks.some(isBound)) return;
  const ownName = scope.names.get("__name__");
  scope.names.set("__name__", str("__main__"));
  for (const { test, body } of blocks)
    if (truthOf(machine.evaluate(test, scope)) === true) machine.execute(body, scope);
  if (ownName) scope.names.set("__name__", ownName);
}

function namesIn(expression: Expression): string[] {
  const names: string[] = [];
  walk(expression, (node) => {
    if (isKind(node, "Name")) names.push(node.id);
    return undefined;
  });
  return names;
}
