/** `eval`, `exec` and `ast.literal_eval`: texts that are code; and `suppress`, which often stands around them. */
import { none, unknown } from "../../ops/value";
import type { Expression, Module } from "../../python/syntax";
import { forgetObject } from "../classes/classes";
import { type Machine, type Site } from "../machine";
import { outsidePath } from "../record/record";
import { type Frame, type Scope } from "../memory/scope";
import { type Value, external, forget } from "../values/value";
import { type Builtin, type Functions, textIn } from "./given";

/** The tree of a text that is known, and nothing else given: names of its own would be looked up elsewhere. */
function codeIn(machine: Machine, given: readonly Value[], hasOthers: boolean): Module | undefined {
  const text = textIn(given[0]);
  const tree = text === undefined || given.length !== 1 || hasOthers ? undefined : machine.parse(text.trim());
  return tree?.errors.length === 0 ? tree : undefined;
}

/** Where the text runs: among the names of the place that asks for it, called from there. */
function scopeOfText({ node, scope }: Site): Scope {
  const { frame: caller } = scope;
  const frame: Frame = { ...caller, path: outsidePath, caller, calledAt: { path: caller.path, span: node } };
  return { ...scope, frame };
}

const evaluate: Builtin = (machine, { positional, keywords }, site) => {
  const [statement, ...others] = codeIn(machine, positional, keywords.size > 0)?.body ?? [];
  // Statements that were compiled before leave their names there.
  for (const names of [...positional.slice(1), ...keywords.values()]) changeHeld(names);
  return statement?.kind === "ExpressionStatement" && others.length === 0
    ? machine.evaluate(statement.value, scopeOfText(site))
    : unknown("what a text computes is not known");
};

/** `ast.literal_eval`: a text that is no literal is an error, for which programs wait. */
const literal: Builtin = (machine, given, site) => {
  const text = textIn(given.positional[0]);
  const tree = text === undefined ? undefined : machine.parse(text.trim());
  const [statement] = tree?.body ?? [];
  if (tree && tree.errors.length > 0) machine.record.raise("SyntaxError");
  if (statement?.kind === "ExpressionStatement" && statement.value.kind === "Name") machine.record.raise("ValueError");
  const isPlain = statement?.kind === "ExpressionStatement" && isLiteral(statement.value);
  return isPlain ? evaluate(machine, given, site) : unknown("what a text computes is not known");
};

function isLiteral(node: Expression): boolean {
  if (node.kind === "Constant") return true;
  if (node.kind === "UnaryOperation") return isLiteral(node.operand);
  if (node.kind === "Tuple" || node.kind === "List" || node.kind === "SetDisplay")
    return node.elements.every(isLiteral);
  return (
    node.kind === "Dict" &&
    node.entries.every(({ key, value }) => key !== undefined && isLiteral(key) && isLiteral(value))
  );
}

/** Names that a text binds are those of the module only where it runs there; in a function it sets attributes. */
const execute: Builtin = (machine, { positional, keywords }, site) => {
  const code = codeIn(machine, positional, keywords.size > 0);
  const held = new Set(site.scope.kind === "module" ? ["Name", "Attribute", "Subscript"] : ["Attribute", "Subscript"]);
  const isPlain = code?.body.every(
    (statement) =>
      statement.kind === "ExpressionStatement" ||
      (statement.kind === "Assign" && statement.targets.every(({ kind }) => held.has(kind))),
  );
  if (isPlain) machine.execute(code!.body, scopeOfText(site));
  else changeAnything(site.scope);
  return none;
};

/** A text that is run may change every name of the program that does not stand for code, and what is behind it. */
function changeAnything(scope: Scope): void {
  const code = new Set(["external", "function", "class", "import", "file"]);
  const changed = unknown("a text was run that may change it");
  for (let current: Scope | undefined = scope; current; current = current.parent) {
    for (const [name, value] of current.names.items()) {
      changeHeld(value);
      if (!code.has(value.kind)) current.names.set(name, changed);
    }
  }
}

function changeHeld(value: Value): void {
  if (value.kind === "instance") forgetObject(value);
  else if (value.kind === "list" || value.kind === "dict") forget(value);
}

/** The callee of what `suppress(…)` gives; its positional arguments are the errors. */
export const suppressing = "contextlib.suppress.<entered>";

/** Likewise of what `nullcontext(value)` gives, which is entered and left as if it were not there. */
export const givingBack = "contextlib.nullcontext.<entered>";

const entered =
  (callee: string): Builtin =>
  (_, { positional, keywords }) => ({
    kind: "partial",
    callee: external(callee),
    positional: [...positional, ...keywords.values()],
    keywords: new Map(),
  });

export const evaluationFunctions: Functions = [
  ["builtins.eval", evaluate],
  ["ast.literal_eval", literal],
  ["builtins.exec", execute],
  ["contextlib.suppress", entered(suppressing)],
  ["contextlib.nullcontext", entered(givingBack)],
];
