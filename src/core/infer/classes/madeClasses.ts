/** How classes come about beside their own statement: `type(name, bases, namespace)`, and what a metaclass does (https://docs.python.org/3/reference/datamodel.html#metaclasses). */
import { str, unknown } from "../../ops/value";
import { classAttribute, hasUnknownBase, linearised } from "./classes";
import { type Arguments, type Machine, type Site, withReceiver } from "../machine";
import { knownItems } from "../collections/lists";
import { type Scope } from "../memory/scope";
import { type ClassValue, type DictEntry, type Value, knownEntries } from "../values/value";

/** What a metaclass would have to define to change how its classes are asked. */
const meddling = ["__prepare__", "__getattribute__", "__getattr__"];

/** One of Python's, or one of which it is followed what it does. */
export function isFollowed(metaclass: Value): boolean {
  if (metaclass.kind === "external") return /^(abc\.ABC|enum\.Enum)Meta$|^builtins\.type$/.test(metaclass.name);
  if (metaclass.kind !== "class" || hasUnknownBase(metaclass)) return false;
  return linearised(metaclass).every((type) =>
    type.kind === "class" ? !meddling.some((name) => type.attributes.has(name)) : isFollowed(type),
  );
}

/** The classes that metaclasses are making, the innermost last. */
const pending: ClassValue[] = [];

/** Runs what the program's metaclass does when a class is made; gives the class, or what is made in its place. */
export function madeByMetaclass(machine: Machine, metaclass: Value | undefined, made: ClassValue, scope: Scope): Value {
  const own = metaclass?.kind === "class" ? linearised(metaclass) : [];
  const [maker, initialise] = ["__new__", "__init__"].map((name) => classAttribute(own, name));
  if (metaclass?.kind !== "class" || (maker?.kind !== "function" && initialise?.kind !== "function")) return made;
  const site: Site = { node: made.node, scope };
  const given = argumentsOf(machine, made, scope);
  const result =
    maker?.kind === "function" ? making(made, () => machine.call(maker, withReceiver(metaclass, given), site)) : made;
  if (result === made && initialise?.kind === "function") machine.call(initialise, withReceiver(made, given), site);
  return result;
}

function making(made: ClassValue, run: () => Value): Value {
  pending.push(made);
  try {
    return run();
  } finally {
    pending.pop();
  }
}

/** A name, the bases, what the body has defined, and the words in the parentheses. */
function argumentsOf(machine: Machine, made: ClassValue, scope: Scope): Arguments {
  const entries = machine.newTable<DictEntry>();
  for (const [name, value] of made.attributes.items()) entries.set(`s${name}`, { key: str(name), value });
  const keywords = new Map<string, Value>();
  for (const { name, value } of made.node.keywords)
    if (name && name.name !== "metaclass") keywords.set(name.name, machine.evaluate(value, scope));
  const positional: Value[] = [str(made.name), { kind: "tuple", items: made.bases }, { kind: "dict", entries }];
  return { positional, keywords, open: made.node.keywords.some(({ name }) => !name) };
}

/**
 * `super().__new__(metaclass, name, bases, namespace)`: the class, with what the metaclass has changed in its namespace. One
 * that it calls otherwise is another class.
 */
export function typeNew(_: Machine, { positional: [, name, , namespace] }: Arguments): Value {
  const made = pending.at(-1);
  const entries = namespace?.kind === "dict" ? knownEntries(namespace) : undefined;
  if (!made || !entries || name?.kind !== "str" || name.value !== made.name)
    return unknown("which class is made is not known");
  for (const { key, value } of entries)
    if (key.kind === "str" && key.value !== undefined) made.attributes.set(key.value, value);
  return made;
}

/** `type("Swish", (nn.Module,), {"forward": …})`. */
export function newClass(machine: Machine, [name, bases, namespace]: readonly Value[], site: Site): Value {
  const [items, entries] = [bases && knownItems(bases), namespace?.kind === "dict" && knownEntries(namespace)];
  if (name?.kind !== "str" || name.value === undefined || !items || !entries) return unknown("the class is not known");
  const { start, end } = site.node;
  const node: ClassValue["node"] = {
    kind: "ClassDef",
    name: { name: name.value, start, end },
    typeParameters: [],
    bases: [],
    keywords: [],
    body: [],
    decorators: [],
    start,
    end,
  };
  const attributes = machine.newTable<Value>();
  const made: ClassValue = { kind: "class", name: name.value, node, bases: items, attributes };
  for (const { key, value } of entries) {
    if (key.kind !== "str" || key.value === undefined) return unknown("the class is not known");
    attributes.set(key.value, value.kind === "function" ? { ...value, owner: (): ClassValue => made } : value);
  }
  return made;
}
