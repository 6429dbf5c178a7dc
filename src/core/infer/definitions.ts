/** Definitions of functions and classes: what a name means behind `def` and `class`. */
import { unknown } from "../ops/value";
import type { ClassDef, FunctionDef } from "../python/syntax";
import { type Machine } from "./machine";
import { type Scope } from "./scope";
import { type ClassValue, type FunctionValue, type Value } from "./value";

export function functionOf(machine: Machine, node: FunctionDef, scope: Scope): FunctionValue {
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

export function decorated(machine: Machine, node: FunctionDef, value: FunctionValue, scope: Scope): Value {
  for (const decorator of node.decorators) {
    const callee = machine.evaluate(decorator.kind === "Call" ? decorator.callee : decorator, scope);
    const name = callee.kind === "external" ? callee.name : "";
    if (!transparent.has(name) && !understood.has(name)) return unknown("a decorator may change the function");
  }
  return value;
}

export function defineClass(machine: Machine, node: ClassDef, scope: Scope): void {
  const bases = node.bases.map((base) => machine.evaluate(base, scope));
  const attributes = machine.newTable<Value>();
  const inner: Scope = { kind: "class", names: attributes, parent: scope, frame: scope.frame, elsewhere: new Map() };
  const value: ClassValue = { kind: "class", name: node.name.name, node, bases, attributes };
  owners.set(inner, value);
  machine.execute(node.body, inner);
  scope.names.set(node.name.name, value);
}
