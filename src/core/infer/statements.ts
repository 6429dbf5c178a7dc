/** Executes statements: assignments, branches, loops, definitions. */
import { none, unknown } from "../ops/value";
import type {
  Assign,
  AugAssign,
  ClassDef,
  Expression,
  For,
  FunctionDef,
  If,
  Import,
  ImportFrom,
  Statement,
  Try,
  While,
  With,
} from "../python/syntax";
import { constantValue } from "../shape/dim";
import { binary } from "./operators";
import { endRound, leaveLoop, runUntilStable } from "./branches";
import { type Machine } from "./machine";
import { type Completion, type Scope, ends, moduleScope } from "./scope";
import { elementsOf, unpackSize } from "./sequences";
import { dictKey } from "./texts";
import { truthOf } from "./truth";
import { type ClassValue, type FunctionValue, type Value, external, knownItems } from "./value";

/** Runs statements one after the other until one of them surely leaves the block. */
export function executeBlock(machine: Machine, body: readonly Statement[], scope: Scope): Completion {
  let left = 0;
  for (const statement of body) {
    machine.step();
    const completion = executeStatement(machine, statement, scope);
    left |= completion & ~ends.normally;
    if (!(completion & ends.normally)) return left;
  }
  return left | ends.normally;
}

function executeStatement(machine: Machine, node: Statement, scope: Scope): Completion {
  switch (node.kind) {
    case "ExpressionStatement":
      machine.evaluate(node.value, scope);
      return ends.normally;
    case "Assign":
      return assignment(machine, node, scope);
    case "AugAssign":
      return augmented(machine, node, scope);
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
      for (const target of node.targets) if (target.kind === "Name") scope.names.delete(target.id);
      return ends.normally;
    case "Match":
      machine.evaluate(node.subject, scope);
      return node.cases.reduce<Completion>(
        (before, { body }) =>
          before |
          machine.either(
            scope,
            () => machine.execute(body, scope),
            () => ends.normally,
          ),
        ends.normally,
      );
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

function augmented(machine: Machine, node: AugAssign, scope: Scope): Completion {
  const before = machine.evaluate(node.target, scope);
  const change = machine.evaluate(node.value, scope);
  const list = before.kind === "list" && node.operator === "+" ? before : undefined;
  const value = binary(machine, node.operator, before, change, { node, scope });
  if (list) {
    list.contents.set("items", knownItems(value));
    return ends.normally;
  }
  assignTo(machine, node.target, value, scope);
  return ends.normally;
}

/** Stores a value under a target: a name, an attribute, an item, or several targets that take it apart. */
export function assignTo(machine: Machine, target: Expression, value: Value, scope: Scope): void {
  machine.remember(target, value, scope);
  switch (target.kind) {
    case "Name":
      (scope.elsewhere.get(target.id) ?? scope).names.set(target.id, value);
      return;
    case "Attribute":
      machine.setAttribute(machine.evaluate(target.value, scope), target.attribute.name, value);
      return;
    case "Subscript":
      assignItem(machine.evaluate(target.value, scope), machine.evaluate(target.index, scope), value);
      return;
    case "Tuple":
    case "List":
      unpack(machine, target.elements, value, scope);
      return;
    case "Starred":
      assignTo(machine, target.value, value, scope);
      return;
    default:
      return;
  }
}

function assignItem(container: Value, index: Value, value: Value): void {
  if (container.kind === "dict") {
    const key = dictKey(index);
    if (key !== undefined) container.entries.set(key, { key: index, value });
    else
      for (const known of container.entries.keys())
        container.entries.set(known, { key: index, value: unknown("a key of the dict is not known") });
  } else if (container.kind === "list") {
    const items = container.contents.get("items");
    const at = index.kind === "int" ? constantValue(index.value) : undefined;
    const place = at !== undefined && items ? (at < 0 ? at + items.length : at) : undefined;
    container.contents.set(
      "items",
      place === undefined ? undefined : items?.map((item, i) => (i === place ? value : item)),
    );
  } else if (container.kind === "instance" && index.kind === "str" && index.value !== undefined) {
    container.attributes.set(index.value, value);
  } else if (container.kind === "instance" && index.kind === "int" && container.attributes.has(index.value.key)) {
    container.attributes.set(index.value.key, value);
  }
}

function unpack(machine: Machine, targets: readonly Expression[], value: Value, scope: Scope): void {
  const names = targets.map((target) => (target.kind === "Name" ? target.id : "D"));
  const star = targets.findIndex((target) => target.kind === "Starred");
  const items = value.kind === "size" && star < 0 ? unpackSize(machine, value.of, names) : elementsOf(machine, value);
  for (const [i, target] of targets.entries()) {
    if (!items || items.length < targets.length - (star < 0 ? 0 : 1)) {
      assignTo(machine, target, partOf(value), scope);
    } else if (i === star) {
      assignTo(machine, target, machine.newList(items.slice(star, items.length - (targets.length - 1 - star))), scope);
    } else assignTo(machine, target, items[star >= 0 && i > star ? items.length - (targets.length - i) : i]!, scope);
  }
}

/** A part of something that is not known. */
function partOf(value: Value): Value {
  return value.kind === "unknown" ? value : unknown("what is unpacked is not known");
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

/** Loops over what is known are run item by item. */
function executeFor(machine: Machine, node: For, scope: Scope): Completion {
  const iterable = machine.evaluate(node.iterable, scope);
  const items = elementsOf(machine, iterable);
  const exits = scope.frame.exits.length;
  if (!items) {
    const completion = runUntilStable(machine, () => {
      assignTo(machine, node.target, elementOf(iterable), scope);
      return machine.execute(node.body, scope);
    });
    leaveLoop(machine, scope, exits);
    return completion | machine.execute(node.orelse, scope);
  }
  let left = 0;
  for (const item of items) {
    machine.step();
    assignTo(machine, node.target, item, scope);
    const completion = machine.execute(node.body, scope);
    endRound(machine, scope, exits);
    left |= completion & (ends.byReturn | ends.byRaise | ends.byBreak);
    if (!(completion & (ends.normally | ends.byContinue))) {
      leaveLoop(machine, scope, exits);
      const leaves = left & ~ends.byBreak;
      return left & ends.byBreak ? leaves | ends.normally : leaves;
    }
  }
  leaveLoop(machine, scope, exits);
  return (left & ~ends.byBreak) | machine.execute(node.orelse, scope);
}

/** What a loop over something unknown meets. */
function elementOf(iterable: Value): Value {
  return iterable.kind === "unknown"
    ? { kind: "unknown", reason: iterable.reason }
    : unknown("what is iterated over is not known");
}

const mostRounds = 300;

function executeWhile(machine: Machine, node: While, scope: Scope): Completion {
  const exits = scope.frame.exits.length;
  let left = 0;
  for (let round = 0; round < mostRounds; round++) {
    const truth = truthOf(machine.evaluate(node.test, scope));
    if (truth === false) {
      leaveLoop(machine, scope, exits);
      return left | machine.execute(node.orelse, scope);
    }
    if (truth === undefined) break;
    const completion = machine.execute(node.body, scope);
    endRound(machine, scope, exits);
    left |= completion & (ends.byReturn | ends.byRaise);
    if (!(completion & (ends.normally | ends.byContinue))) {
      leaveLoop(machine, scope, exits);
      return completion & ends.byBreak ? left | ends.normally : left;
    }
  }
  const completion = runUntilStable(machine, () => machine.execute(node.body, scope));
  leaveLoop(machine, scope, exits);
  return left | completion | ends.normally;
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
    const handlers = (): Completion =>
      node.handlers.reduce<Completion>((all, handler) => all | machine.execute(handler.body, scope), 0);
    completion = machine.either(scope, body, handlers);
  }
  const finished = machine.execute(node.finalbody, scope);
  return finished & ends.normally ? completion | (finished & ~ends.normally) : finished;
}

function executeAssert(machine: Machine, test: Expression, scope: Scope): Completion {
  const truth = truthOf(machine.evaluate(test, scope));
  return truth === false ? ends.byRaise : ends.normally;
}

// Definitions

function functionOf(machine: Machine, node: FunctionDef, scope: Scope): FunctionValue {
  const defaults = new Map<string, Value>();
  for (const parameter of node.parameters) {
    if (parameter.default) defaults.set(parameter.name.name, machine.evaluate(parameter.default, scope));
  }
  const owner = scope.kind === "class" ? (): ClassValue | undefined => ownerOf(scope) : (): undefined => undefined;
  return { kind: "function", node, name: node.name.name, scope, defaults, owner, decorator: decoratorOf(node) };
}

const owners = new WeakMap<Scope, ClassValue>();

function ownerOf(scope: Scope): ClassValue | undefined {
  return owners.get(scope);
}

function decoratorOf(node: FunctionDef): FunctionValue["decorator"] {
  const names = node.decorators.map((decorator) =>
    decorator.kind === "Name" ? decorator.id : decorator.kind === "Attribute" ? decorator.attribute.name : "",
  );
  if (names.includes("staticmethod")) return "static";
  if (names.includes("classmethod")) return "class";
  return names.includes("property") || names.includes("cached_property") ? "property" : undefined;
}

/** Decorators that leave the function what it is. Behind any other the function is not known. */
const transparent = new Set([
  "torch.no_grad",
  "torch.inference_mode",
  "torch.enable_grad",
  "torch.jit.export",
  "torch.jit.ignore",
  "torch.jit.unused",
  "torch.jit.script",
  "torch.compile",
  "functools.wraps",
  "functools.lru_cache",
  "abc.abstractmethod",
  "typing.overload",
]);
const understood = new Set([
  "builtins.staticmethod",
  "builtins.classmethod",
  "builtins.property",
  "functools.cached_property",
]);

function decorated(machine: Machine, node: FunctionDef, value: FunctionValue, scope: Scope): Value {
  for (const decorator of node.decorators) {
    const callee = machine.evaluate(decorator.kind === "Call" ? decorator.callee : decorator, scope);
    const name = callee.kind === "external" ? callee.name : "";
    if (!transparent.has(name) && !understood.has(name)) return unknown("a decorator may change the function");
  }
  return value;
}

function defineClass(machine: Machine, node: ClassDef, scope: Scope): void {
  const bases = node.bases.map((base) => machine.evaluate(base, scope));
  const attributes = machine.newTable<Value>();
  const inner: Scope = { kind: "class", names: attributes, parent: scope, frame: scope.frame, elsewhere: new Map() };
  const value: ClassValue = { kind: "class", name: node.name.name, node, bases, attributes };
  owners.set(inner, value);
  machine.execute(node.body, inner);
  scope.names.set(node.name.name, value);
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
