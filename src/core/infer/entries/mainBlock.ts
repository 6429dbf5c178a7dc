/** What only running a file as a script makes: names of its main block, for expressions that ask for them. */
import { bindingsIn } from "../../python/bindings";
import type { Expression, If, Module, Statement } from "../../python/syntax";
import { isKind, walk } from "../../python/visit";
import { str } from "../../ops/value";
import { type Machine } from "../machine";
import { type Scope } from "../memory/scope";
import { truthOf } from "../values/truth";

/**
 * Runs main blocks, statement by statement, until they have bound the names in an expression that the file lacks, and
 * then those that change what these are: `model.fc = nn.Linear(512, 2)`.
 */
export function bindFromMain(machine: Machine, module: Module, expression: Expression, scope: Scope): void {
  const isMissing = (name: string): boolean => !scope.names.has(name);
  const wanted = namesIn(expression).filter(isMissing);
  if (wanted.length === 0) return;
  const ownName = scope.names.get("__name__");
  scope.names.set("__name__", str("__main__"));
  for (const block of module.body) {
    if (block.kind !== "If" || !isMainBlock(machine, block, scope)) continue;
    const bound = namesBoundIn(module, block.body);
    const isBound = (): boolean => !wanted.some((name) => bound.has(name) && isMissing(name));
    const behind = block.body.findIndex((statement) => {
      if (!isBound()) machine.execute([statement], scope);
      return isBound();
    });
    if (behind >= 0) machine.execute(changesIn(module, block.body.slice(behind + 1), new Set(wanted)), scope);
  }
  if (ownName) scope.names.set("__name__", ownName);
}

const namesBoundIn = (module: Module, body: readonly Statement[]): { has(name: string): boolean } =>
  bindingsIn({ ...module, body }).root.bindings;

/** The statements that change parts of what has one of the names, with those that bind what they need. */
function changesIn(module: Module, body: readonly Statement[], names: ReadonlySet<string>): Statement[] {
  const chosen = new Set(body.filter((statement) => changes(statement, names)));
  for (let before = -1; before < chosen.size;) {
    before = chosen.size;
    const used = [...chosen].flatMap(namesIn).filter((name) => !names.has(name));
    for (const statement of body) {
      const bound = namesBoundIn(module, [statement]);
      if (used.some((name) => bound.has(name))) chosen.add(statement);
    }
  }
  return body.filter((statement) => chosen.has(statement));
}

/** Methods after which a model has the layers that it had before. */
const keeping = /^(train|eval|to|cuda|cpu|float|half|zero_grad|load_state_dict|share_memory|forward)$/;

function changes(statement: Statement, names: ReadonlySet<string>): boolean {
  if (statement.kind === "Assign") return statement.targets.some((target) => isPartOf(target, names));
  if (statement.kind === "Delete") return statement.targets.some((target) => isPartOf(target, names));
  if (statement.kind === "For") return namesIn(statement.iterable).some((name) => names.has(name));
  const call = statement.kind === "ExpressionStatement" ? statement.value : undefined;
  if (call?.kind !== "Call") return false;
  const { callee } = call;
  if (callee.kind === "Attribute") return isPartOf(callee, names) && !keeping.test(callee.attribute.name);
  const [first] = call.args;
  return callee.kind === "Name" && callee.id === "setattr" && first !== undefined && names.has(rootOf(first) ?? "");
}

const isPartOf = (target: Expression, names: ReadonlySet<string>): boolean =>
  target.kind !== "Name" && names.has(rootOf(target) ?? "");

/** The name that `model.layers[0].weight` begins with. */
function rootOf(expression: Expression): string | undefined {
  if (expression.kind === "Name") return expression.id;
  return expression.kind === "Attribute" || expression.kind === "Subscript" ? rootOf(expression.value) : undefined;
}

/** `if __name__ == "__main__":`. */
function isMainBlock(machine: Machine, { test }: If, scope: Scope): boolean {
  return namesIn(test).includes("__name__") && truthOf(machine.evaluate(test, scope)) === true;
}

function namesIn(expression: Expression | Statement): string[] {
  const names: string[] = [];
  walk(expression, (node) => {
    if (isKind(node, "Name")) names.push(node.id);
    return undefined;
  });
  return names;
}
