/** Names of a file resolved to what they mean in a library, and where an expression's value was written. */
import { type Inference } from "../../infer/analysis";
import type { Call, Expression, Name } from "../../python/syntax";
import { type AnyNode, isKind } from "../../python/visit";
import { ancestorsOf, enclosing, nodesOf } from "./syntax";

/** `torch.nn.functional.dropout` for `F.dropout` under the file's imports; undefined where the root is not imported. */
export function libraryPath(expression: Expression, inference: Inference): string | undefined {
  if (expression.kind === "Attribute") {
    const owner = libraryPath(expression.value, inference);
    return owner && `${owner}.${expression.attribute.name}`;
  }
  if (expression.kind !== "Name") return undefined;
  return importedNames(inference).get(expression.id);
}

const known = new WeakMap<Inference["module"], ReadonlyMap<string, string>>();

function importedNames(inference: Inference): ReadonlyMap<string, string> {
  const found = known.get(inference.module) ?? findImports(inference);
  known.set(inference.module, found);
  return found;
}

function findImports(inference: Inference): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { names: imported } of nodesOf(inference, "Import"))
    for (const { name, alias } of imported) {
      if (alias) names.set(alias.name, name);
      else names.set(name.split(".")[0]!, name.split(".")[0]!);
    }
  for (const { module, level, names: imported } of nodesOf(inference, "ImportFrom"))
    if (level === 0) for (const { name, alias } of imported) names.set(alias?.name ?? name, `${module}.${name}`);
  return names;
}

const calls = new WeakMap<Inference["module"], ReadonlyMap<string, readonly Call[]>>();

/** Calls by the qualified names of what they call, as the file's imports have it, run or not. */
export function callsNamed(inference: Inference, name: RegExp): readonly Call[] {
  const index = calls.get(inference.module) ?? indexCalls(inference);
  calls.set(inference.module, index);
  return [...index].filter(([path]) => name.test(path)).flatMap(([, found]) => found);
}

function indexCalls(inference: Inference): ReadonlyMap<string, readonly Call[]> {
  const index = new Map<string, Call[]>();
  for (const call of nodesOf(inference, "Call")) {
    const path = libraryPath(call.callee, inference);
    if (path === undefined) continue;
    const same = index.get(path);
    if (same) same.push(call);
    else index.set(path, [call]);
  }
  return index;
}

/** The last expression in front of a name that it was assigned, in the same function. */
export function assignedTo(name: Name, inference: Inference): Expression | undefined {
  const own = enclosing(inference, name, "FunctionDef");
  return nodesOf(inference, "Assign").findLast(
    ({ targets, end }) =>
      end <= name.start &&
      targets.some((target) => target.kind === "Name" && target.id === name.id) &&
      enclosing(inference, targets[0]!, "FunctionDef") === own,
  )?.value;
}

/** Whether a node stands under a test of whether the model is training. */
export function isUnderTrainingTest(inference: Inference, node: AnyNode): boolean {
  const test = /training|train\b|mc_|stochastic/;
  for (const at of ancestorsOf(inference, node))
    if ((isKind(at, "If") || isKind(at, "Conditional")) && test.test(inference.source.slice(at.test))) return true;
  return false;
}
