/** Definitions of functions and classes: what a name means behind `def` and `class`. */
import { unknown } from "../../ops/value";
import { classAttribute, decoratedUnknown, linearised, metaclassName } from "../classes/classes";
import { finishClass } from "../library/enum";
import { isFollowed, madeByMetaclass } from "../classes/madeClasses";
import type { ClassDef, FunctionDef } from "../../python/syntax";
import { type Machine, type Site, args } from "../machine";
import { type Scope } from "../memory/scope";
import { type ClassValue, type FunctionValue, type Value } from "../values/value";

export function functionOf(machine: Machine, node: FunctionDef, scope: Scope): FunctionValue {
  const defaults = new Map<string, Value>();
  for (const parameter of node.parameters) {
    if (parameter.default) defaults.set(parameter.name.name, machine.evaluate(parameter.default, scope));
  }
  const owner = scope.kind === "class" ? (): ClassValue | undefined => ownerOf(scope) : (): undefined => undefined;
  return { kind: "function", node, name: node.name.name, scope, defaults, owner, decorator: undefined };
}

const owners = new WeakMap<Scope, ClassValue>();

function ownerOf(scope: Scope): ClassValue | undefined {
  return owners.get(scope);
}

/** Applies the decorators, the lowest first: each is called with what the one below it gave. */
export function decorated(machine: Machine, node: FunctionDef | ClassDef, value: Value, scope: Scope): Value {
  const decorators = node.decorators.map((decorator) => machine.evaluate(decorator, scope));
  return decorators.reduceRight((below, decorator, i) => {
    const site: Site = { node: node.decorators[i]!, scope };
    return below.kind === "unknown" ? below : machine.call(decorator, args(below), site);
  }, value);
}

export function defineClass(machine: Machine, node: ClassDef, scope: Scope): void {
  const bases = node.bases.map((base) => machine.evaluate(base, scope));
  const attributes = machine.newTable<Value>("members");
  const inner: Scope = { kind: "class", names: attributes, parent: scope, frame: scope.frame, elsewhere: undefined };
  const meta = node.keywords.find(({ name }) => name?.name === "metaclass");
  const metaclass = meta && machine.evaluate(meta.value, scope);
  const value: ClassValue = { kind: "class", name: node.name.name, node, bases, attributes };
  owners.set(inner, value);
  machine.execute(node.body, inner);
  finishClass(machine, value);
  tellBases(machine, value, scope);
  const inherited = metaclass ?? classAttribute(linearised(value), metaclassName);
  const made = madeByMetaclass(machine, inherited, value, scope);
  const result = made === value ? decorated(machine, node, value, scope) : made;
  // A class decorator that is not known mostly registers the class; what it adds to it is not known.
  if (result.kind === "unknown") attributes.set(decoratedUnknown, result);
  if (metaclass?.kind === "class") attributes.set(metaclassName, metaclass);
  if (metaclass && !isFollowed(metaclass))
    attributes.set(decoratedUnknown, unknown("what the metaclass does is not known"));
  scope.names.set(node.name.name, result.kind === "unknown" ? value : result);
}

/** The `__init_subclass__` of a base is told of the class, with the words in its parentheses. */
function tellBases(machine: Machine, value: ClassValue, scope: Scope): void {
  const hook = classAttribute(linearised(value).slice(1), "__init_subclass__");
  if (hook?.kind !== "function") return;
  const keywords = new Map<string, Value>();
  for (const { name, value: given } of value.node.keywords)
    if (name && name.name !== "metaclass") keywords.set(name.name, machine.evaluate(given, scope));
  const open = value.node.keywords.some(({ name }) => !name);
  machine.call(hook, { positional: [value], keywords, open }, { node: value.node, scope });
}
