/** Whether some code raises a `NameError`: what a `try` around `eval` of a word finds out, `nearest` or `nn.ReLU`. */
import { children, isKind, walk, type AnyNode } from "../../python/visit";
import type { Module, Statement } from "../../python/syntax";
import { builtinNames } from "../expressions/builtins";
import { type Machine } from "../machine";
import { lookup, moduleScope, type Scope } from "../memory/scope";
import { truthOf } from "../values/truth";

type Outcome = "fails" | "succeeds" | undefined;

/** Of one assignment or expression; what it calls beside `eval` is taken to know its own names. */
export function nameOutcome(machine: Machine, body: readonly Statement[], scope: Scope): Outcome {
  const [tried, ...others] = body;
  if (others.length > 0 || !tried) return undefined;
  if (tried.kind !== "Assign" && tried.kind !== "ExpressionStatement") return undefined;
  return outcomeOfNode(machine, tried.value, scope);
}

function outcomeOfNode(machine: Machine, node: AnyNode, scope: Scope): Outcome {
  if (isKind(node, "Name")) return isBound(node.id, scope) ? "succeeds" : undefined;
  if (isKind(node, "Lambda") || isKind(node, "Comprehension")) return undefined;
  if (isKind(node, "Conditional")) {
    const test = outcomeOfNode(machine, node.test, scope);
    const truth = test === "succeeds" ? truthOf(machine.evaluate(node.test, scope)) : undefined;
    return truth === undefined ? undefined : outcomeOfNode(machine, truth ? node.body : node.orelse, scope);
  }
  if (isKind(node, "Call") && node.callee.kind === "Name" && node.callee.id === "eval") {
    const [argument, ...others] = node.args;
    if (argument?.kind !== "Name" || others.length > 0) return undefined;
    const text = machine.evaluate(argument, scope);
    const code = text.kind === "str" && text.value !== undefined ? machine.parse(text.value.trim()) : undefined;
    return code?.errors.length === 0 ? outcomeOfText(code, scope) : undefined;
  }
  return together(children(node).map((child) => outcomeOfNode(machine, child, scope)));
}

/** A text fails at the first name that nothing binds, unless names came from a module that is not known. */
function outcomeOfText(code: Module, scope: Scope): Outcome {
  let result: Outcome = "succeeds";
  walk(code, (node) => {
    if (isKind(node, "Lambda") || isKind(node, "Comprehension")) result = undefined;
    else if (isKind(node, "Name") && !isBound(node.id, scope) && result)
      result = moduleScope(scope).names.has(unknownNames) ? undefined : "fails";
    return undefined;
  });
  return result;
}

function together(parts: readonly Outcome[]): Outcome {
  const stops = parts.findIndex((part) => part !== "succeeds");
  return stops < 0 ? "succeeds" : parts[stops];
}

function isBound(name: string, scope: Scope): boolean {
  return lookup(scope, name) !== undefined || builtinNames.has(name);
}

/** Under this name a module has what it imported with a star from a module that is not known. */
export const unknownNames = "*";
