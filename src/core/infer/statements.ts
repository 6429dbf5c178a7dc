/** Executes statements: blocks, branches, and what ends them. */
import { none, unknown } from "../ops/value";
import type { Pattern } from "../python/patternSyntax";
import type { Assign, Expression, If, Import, ImportFrom, Match, Statement, Try, With } from "../python/syntax";
import { assignTo, augmented, deleteTarget } from "./assignments";
import { decorated, defineClass, functionOf } from "./definitions";
import { executeFor, executeWhile } from "./loops";
import { type Machine } from "./machine";
import { type Completion, type Scope, ends, moduleScope } from "./scope";
import { truthOf } from "./truth";
import { external } from "./value";

/** Runs statements one after the other until one of them surely leaves the block. */
export function executeBlock(machine: Machine, body: readonly Statement[], scope: Scope): Completion {
  let left = 0;
  for (const [index, statement] of body.entries()) {
    machine.step();
    const completion = executeStatement(machine, statement, scope);
    left |= completion & ~ends.normally;
    if (!(completion & ends.normally)) return left;
    if (completion & leaving && index < body.length - 1)
      return left | restOfBlock(machine, body.slice(index + 1), scope);
  }
  return left | ends.normally;
}

const leaving = ends.byReturn | ends.byBreak | ends.byContinue;

/** Behind a statement that may have left the block, nothing is certain to run. */
function restOfBlock(machine: Machine, body: readonly Statement[], scope: Scope): Completion {
  machine.record.uncertainty++;
  const completion = executeBlock(machine, body, scope);
  machine.record.uncertainty--;
  return completion;
}

function executeStatement(machine: Machine, node: Statement, scope: Scope): Completion {
  switch (node.kind) {
    case "ExpressionStatement":
      machine.evaluate(node.value, scope);
      return ends.normally;
    case "Assign":
      return assignment(machine, node, scope);
    case "AugAssign":
      augmented(machine, node, scope);
      return ends.normally;
    case "AnnAssign":
      if (node.value) assignTo(machine, node.target, machine.evaluate(node.value, scope), scope);
      return ends.normally;
    case "Return":
      scope.frame.returns.push(node.value ? machine.evaluate(node.value, scope) : none);
      return ends.byReturn;
    case "If":
      return executeIf(machine, node, scope);
    case "For":
      return executeFor(machine, node, scope);
    case "While":
      return executeWhile(machine, node, scope);
    case "With":
      return executeWith(machine, node, scope);
    case "Try":
      return executeTry(machine, node, scope);
    case "FunctionDef":
      scope.names.set(node.name.name, decorated(machine, node, functionOf(machine, node, scope), scope));
      return ends.normally;
    case "ClassDef":
      defineClass(machine, node, scope);
      return ends.normally;
    case "Import":
    case "ImportFrom":
      return executeImport(node, scope);
    case "Raise":
      return ends.byRaise;
    case "Break":
      return ends.byBreak;
    case "Continue":
      return ends.byContinue;
    case "Assert":
      return executeAssert(machine, node.test, scope);
    case "Global":
      for (const { name } of node.names) scope.elsewhere.set(name, moduleScope(scope));
      return ends.normally;
    case "Nonlocal":
      for (const { name } of node.names) declareNonlocal(scope, name);
      return ends.normally;
    case "Delete":
      for (const target of node.targets) deleteTarget(machine, target, scope);
      return ends.normally;
    case "Match":
      return executeMatch(machine, node, scope);
    case "TypeAlias":
    case "Pass":
    case "InvalidStatement":
      return ends.normally;
  }
}

function declareNonlocal(scope: Scope, name: string): void {
  for (let outer = scope.parent; outer; outer = outer.parent) {
    if (outer.kind === "function" && outer.names.has(name)) {
      scope.elsewhere.set(name, outer);
      return;
    }
  }
}

function assignment(machine: Machine, node: Assign, scope: Scope): Completion {
  const value = machine.evaluate(node.value, scope);
  for (const target of node.targets) assignTo(machine, target, value, scope);
  return ends.normally;
}

/** Which case matches is not known, nor what its pattern binds. */
function executeMatch(machine: Machine, node: Match, scope: Scope): Completion {
  machine.evaluate(node.subject, scope);
  const from = (index: number): Completion => {
    const found = node.cases[index];
    if (!found) return ends.normally;
    return machine.either(
      scope,
      () => {
        for (const name of boundBy(found.pattern)) scope.names.set(name, unknown("what a pattern binds is not known"));
        return machine.execute(found.body, scope);
      },
      () => from(index + 1),
    );
  };
  return from(0);
}

/** The names that a pattern binds. */
function boundBy(pattern: Pattern): string[] {
  switch (pattern.kind) {
    case "MatchAs":
    case "MatchStar": {
      const inner = pattern.kind === "MatchAs" && pattern.pattern ? boundBy(pattern.pattern) : [];
      return pattern.name ? [...inner, pattern.name.name] : inner;
    }
    case "MatchSequence":
    case "MatchOr":
      return pattern.patterns.flatMap(boundBy);
    case "MatchMapping":
      return [
        ...pattern.entries.flatMap((entry) => boundBy(entry.pattern)),
        ...(pattern.rest ? [pattern.rest.name] : []),
      ];
    case "MatchClass":
      return [...pattern.patterns, ...pattern.keywords.map((keyword) => keyword.pattern)].flatMap(boundBy);
    default:
      return [];
  }
}

function executeIf(machine: Machine, node: If, scope: Scope): Completion {
  const truth = truthOf(machine.evaluate(node.test, scope));
  if (truth !== undefined) return machine.execute(truth ? node.body : node.orelse, scope);
  return machine.either(
    scope,
    () => machine.execute(node.body, scope),
    () => machine.execute(node.orelse, scope),
  );
}

function executeWith(machine: Machine, node: With, scope: Scope): Completion {
  for (const item of node.items) {
    const context = machine.evaluate(item.context, scope);
    if (item.target)
      assignTo(
        machine,
        item.target,
        context.kind === "external" ? unknown("what a context gives is not known") : context,
        scope,
      );
  }
  return machine.execute(node.body, scope);
}

/** Either the whole body runs, or a handler does after a part of it. */
function executeTry(machine: Machine, node: Try, scope: Scope): Completion {
  const body = (): Completion => {
    machine.record.guarded++;
    const completion = machine.execute(node.body, scope);
    machine.record.guarded--;
    return completion & ends.normally
      ? (completion & ~ends.normally) | machine.execute(node.orelse, scope)
      : completion;
  };
  let completion = node.handlers.length === 0 ? body() : 0;
  if (node.handlers.length > 0) {
    const handler = (index: number): Completion => {
      const own = node.handlers[index]!;
      if (own.name) scope.names.set(own.name.name, unknown("what was raised is not known"));
      const run = (): Completion => machine.execute(own.body, scope);
      return index === node.handlers.length - 1 ? run() : machine.either(scope, run, () => handler(index + 1));
    };
    completion = machine.either(scope, body, () => handler(0));
  }
  const finished = machine.execute(node.finalbody, scope);
  return finished & ends.normally ? completion | (finished & ~ends.normally) : finished;
}

function executeAssert(machine: Machine, test: Expression, scope: Scope): Completion {
  const truth = truthOf(machine.evaluate(test, scope));
  return truth === false ? ends.byRaise : ends.normally;
}

// Imports

function executeImport(node: Import | ImportFrom, scope: Scope): Completion {
  for (const { name, alias } of node.names) {
    if (node.kind === "Import") {
      const [first] = name.split(".") as [string];
      scope.names.set(alias?.name ?? first, external(alias ? name : first));
    } else if (name !== "*") {
      const module = `${".".repeat(node.level)}${node.module}`;
      const bound = node.level > 0 ? unknown(`the module ${module} is not read`) : external(`${module}.${name}`);
      scope.names.set(alias?.name ?? name, bound);
    }
  }
  return ends.normally;
}
