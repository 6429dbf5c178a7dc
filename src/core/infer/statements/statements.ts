/** Executes statements: blocks, branches, and what ends them. */
import { refuseMany } from "../tensors/gradients";
import { attempt } from "./attempts";
import { none, sizeNamed, unknown } from "../../ops/value";
import { type Dim } from "../../shape/dim";
import type { Assert, Assign, ExceptHandler, Expression, If, Statement, Try } from "../../python/syntax";
import { assignTo, augmented, deleteTarget } from "./assignments";
import { decorated, defineClass, functionOf } from "./definitions";
import { sidesOf } from "../values/choices";
import { executeFor, executeWhile } from "./loops";
import { executeImport } from "../imports/imports";
import { executeMatch } from "./matching";
import { executeWith } from "./contexts";
import { contextName } from "../library/gradMode";
import { type Machine } from "../machine";
import { isRepeatable, refuseCheck } from "./ownChecks";
import { type Completion, type Scope, ends, moduleScope, takeFrom } from "../memory/scope";
import { truthOf } from "../values/truth";
import { describeStarred, partsByName } from "./unpacking";
import { type Value } from "../values/value";

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

/** An expression that is a statement: nobody keeps what it gives. What it calls has statements of its own. */
function alone(machine: Machine, node: Expression, scope: Scope): void {
  const { record } = machine;
  const outer = record.statement;
  record.statement = node;
  const value = machine.evaluate(node, scope);
  record.statement = outer;
  switchGradients(machine, contextName(value), node, scope);
}

/** `torch.set_grad_enabled(False)` alone holds from there on, until something switches it back, which may go unseen. */
function switchGradients(machine: Machine, name: string | undefined, node: Expression, scope: Scope): void {
  const callee = node.kind === "Call" ? node.callee : undefined;
  const written = callee?.kind === "Attribute" ? callee.attribute.name : callee?.kind === "Name" ? callee.id : "";
  if (name === undefined || written !== "set_grad_enabled") return;
  const isOn = name === "torch.enable_grad";
  if (!isOn || machine.record.isGradSwitched)
    machine.record.switchGradients(isOn ? name : "torch.set_grad_enabled", node, scope.frame.path);
}

function executeStatement(machine: Machine, node: Statement, scope: Scope): Completion {
  switch (node.kind) {
    case "ExpressionStatement":
      alone(machine, node.value, scope);
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
      return machine.record.asHeld(() => executeWith(machine, node, scope));
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
      executeImport(machine, node, scope);
      return ends.normally;
    case "Raise":
      if (node.exception) machine.record.raise(nameOfError(node.exception));
      return ends.byRaise;
    case "Break":
      return ends.byBreak;
    case "Continue":
      return ends.byContinue;
    case "Assert":
      return executeAssert(machine, node, scope);
    case "Global":
      for (const { name } of node.names) takeFrom(moduleScope(scope), name, scope);
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
      takeFrom(outer, name, scope);
      return;
    }
  }
}

function assignment(machine: Machine, node: Assign, scope: Scope): Completion {
  for (const target of node.targets) describeStarred(machine, node.value, target, scope);
  const value = machine.evaluate(node.value, scope);
  const isNamed = value.kind === "unknown" && callsOwnFunction(machine, node.value, scope);
  for (const target of node.targets) assignTo(machine, target, isNamed ? partsByName(value, target) : value, scope);
  return ends.normally;
}

function callsOwnFunction(machine: Machine, node: Expression, scope: Scope): boolean {
  return (
    node.kind === "Call" && node.callee.kind === "Name" && machine.evaluate(node.callee, scope).kind === "function"
  );
}

/** PyTorch does not say whether several numbers are true. */
function askForTruth(machine: Machine, test: Value, node: Expression, scope: Scope): void {
  if (test.kind !== "tensor" || test.stored) return;
  refuseMany(machine, "if", test, { node, scope }, "one truth value, as any() and all() give it");
}

function executeIf(machine: Machine, node: If, scope: Scope): Completion {
  const test = machine.evaluate(node.test, scope);
  askForTruth(machine, test, node.test, scope);
  const truth = truthOf(test);
  const [first] = node.body;
  if (truth && first?.kind === "Raise") refuseCheck(machine, node.test, true, scope, { node: first, scope });
  if (truth !== undefined) return machine.execute(truth ? node.body : node.orelse, scope);
  return machine.either(
    scope,
    () => machine.execute(node.body, scope),
    () => machine.execute(node.orelse, scope),
    node,
    sidesOf(test),
  );
}

/** Runs a `try` with what is done at its end in any case. */
function executeTry(machine: Machine, node: Try, scope: Scope): Completion {
  const handle = ([own, ...others]: readonly ExceptHandler[]): Completion => {
    if (!own) return ends.normally;
    if (own.name) scope.names.set(own.name.name, unknown("what was raised is not known"));
    const run = (): Completion => machine.execute(own.body, scope);
    return others.length === 0 ? run() : machine.either(scope, run, () => handle(others));
  };
  const run = (): Completion => attempt(machine, node, scope, handle);
  const completion = node.finalbody.length > 0 ? machine.record.asHeld(run) : run();
  const finished = machine.execute(node.finalbody, scope);
  return finished & ends.normally ? completion | (finished & ~ends.normally) : finished;
}

/** `KeyError` of `KeyError("no such layer")`. */
function nameOfError(raised: Expression): string {
  const type = raised.kind === "Call" ? raised.callee : raised;
  return type.kind === "Name" ? type.id : "";
}

function executeAssert(machine: Machine, node: Assert, scope: Scope): Completion {
  const { test } = node;
  const truth = truthOf(machine.evaluate(test, scope));
  if (truth === undefined) believe(machine, test, scope);
  if (truth === false) refuseCheck(machine, test, false, scope, { node, scope });
  return truth === false ? ends.byRaise : ends.normally;
}

/** Behind an `assert a == b` the two are equal. */
function believe(machine: Machine, test: Expression, scope: Scope): void {
  if (test.kind === "BooleanOperation" && test.operator === "and")
    for (const part of test.values) believe(machine, part, scope);
  if (test.kind !== "Compare" || test.operators.some((operator) => operator !== "==") || !isRepeatable(test)) return;
  const values = [test.left, ...test.comparators].map((side) => sizeIn(machine.evaluate(side, scope)));
  for (const [i, right] of values.entries()) {
    const left = values[i - 1];
    if (left && right) machine.facts.equate(left, right);
  }
}

function sizeIn(value: Value): Dim | undefined {
  if (value.kind === "unknown" && value.name !== undefined) return sizeNamed(value);
  return value.kind === "int" ? value.value : undefined;
}
