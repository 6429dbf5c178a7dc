/** Built-in functions that look at objects and classes, or change them by name. */
import { bool, none, str, unknown } from "../../ops/value";
import { findOperation } from "../../ops/registry";
import { unknownNames } from "../statements/boundNames";
import { type AnyClass, classLacks, has } from "../classes/absence";
import { objectMaker } from "../classes/classMembers";
import {
  classAttribute,
  forgetObject,
  hasUnknownBase,
  isModuleClass,
  linearised,
  loseTrack,
  newInstance,
  typeOfTensor,
} from "../classes/classes";
import { setBeside } from "../classes/directWrites";
import { enumerationOf } from "../classes/enumMembers";
import { newClass, typeNew } from "../classes/madeClasses";
import { namesOfObject } from "../values/kindNames";
import { isNameOfLayerClass } from "../modules/layerClasses";
import { type Machine, type Site } from "../machine";
import { Raised } from "../statements/raising";
import { type Scope, moduleScope } from "../memory/scope";
import { isPerhapsNone } from "../tensors/gradients";
import { truthOf } from "../values/truth";
import { type DictEntry, type Value, external } from "../values/value";
import { type Builtin, type Functions, textIn } from "./given";
import { classesOf, isInstance, isOfClass, typeNames } from "./kindsOfObjects";

const isSubclass: Builtin = (_, { positional: [own, type] }) => {
  const types = type?.kind === "tuple" ? type.items : [type];
  const answers = types.map((one) => (isClass(own) && isClass(one) ? isOfClass(own, one) : undefined));
  return bool(answers.includes(true) ? true : answers.includes(undefined) ? undefined : false);
};

const isClass = (value: Value | undefined): value is AnyClass => value?.kind === "class" || value?.kind === "external";

const getAttribute: Builtin = (machine, { positional: [value, name, otherwise] }, site) => {
  const text = textIn(name);
  if (!value || text === undefined) return unknown("the attribute's name is not known");
  if (!otherwise) return machine.attribute(value, text, site);
  if (isClass(value) && classLacks(value, text)) return otherwise;
  const found = machine.record.attempting(
    (error) => error === "AttributeError",
    () => machine.attribute(value, text, site),
  );
  return found instanceof Raised ? otherwise : found;
};

const hasAttribute: Builtin = (_, { positional: [value, name] }) => {
  const text = textIn(name);
  return bool(value && text !== undefined ? has(value, text) : undefined);
};

/** `dir(value)`: whether a name is in it is what `hasattr` says. */
const namesOf: Builtin = (_, { positional: [value] }) =>
  value
    ? { kind: "partial", callee: external(namesOfObject), positional: [value], keywords: new Map() }
    : unknown("the names are not known");

const setAttribute: Builtin = (machine, { positional: [target, name, value] }, site) => {
  const text = textIn(name);
  if (text !== undefined && target && value) machine.setAttribute(target, text, value, site);
  else if (target?.kind === "instance") forgetObject(target);
  return none;
};

/** What `super().__setattr__(name, value)` does: the class's own way of setting attributes is left out. */
const storeDirectly: Builtin = (_, { positional: [target, name, value] }) => {
  const text = textIn(name);
  if (target?.kind === "instance" && text !== undefined && value) setBeside(target, text, value);
  else if (target?.kind === "instance") forgetObject(target);
  return none;
};

const deleteAttribute: Builtin = (_, { positional: [target, name] }) => {
  const text = textIn(name);
  if (target?.kind === "instance" && text !== undefined) target.attributes.delete(text);
  else if (target?.kind === "instance") loseTrack(target, "an attribute was deleted whose name is not known");
  return none;
};

const superObject: Builtin = (_, { positional: [type, receiver] }, { scope }) => {
  const method = scope.frame.method;
  const after = type ?? method?.owner;
  const self = receiver ?? method?.receiver;
  if (after?.kind !== "class" || (self?.kind !== "instance" && self?.kind !== "class"))
    return unknown("super is not known here");
  return { kind: "super", after, receiver: self };
};

const typeOf: Builtin = (machine, { positional }, site) => {
  const [value] = positional;
  if (positional.length === 3) return newClass(machine, positional, site);
  const enumeration = value && enumerationOf(value);
  if (enumeration) return enumeration;
  if (value?.kind === "instance") return value.type;
  if (value?.kind === "partial") return external(typeNames.partial![0]!);
  if (value?.kind === "external" && isNameOfLayerClass(value.name)) return external("builtins.type");
  if (value?.kind === "tensor" && !isPerhapsNone(value)) return typeOfTensor(value);
  const [name] =
    value && value.kind !== "class" && value.kind !== "tensor" && !(value.kind === "list" && value.reading)
      ? (classesOf(value) ?? [])
      : [];
  const isExact =
    /^(builtins|collections)\.\w+$/.test(name ?? "") &&
    value?.kind !== "none" &&
    !(value?.kind === "tuple" && value.names);
  return isExact ? external(name!) : unknown("the type is not known");
};

const callables = new Set<Value["kind"]>(["function", "method", "class", "partial"]);

const isCallable: Builtin = (_, { positional: [value] }) => {
  if (!value) return bool(undefined);
  if (callables.has(value.kind) || (value.kind === "external" && findOperation(value.name))) return bool(true);
  if (value.kind === "instance" && (isModuleClass(value.type) || classAttribute(linearised(value.type), "__call__")))
    return bool(true);
  if (value.kind === "instance" && value.type.kind === "class" && !hasUnknownBase(value.type)) return bool(false);
  return bool(
    ["int", "float", "bool", "str", "none", "tuple", "list", "dict", "tensor"].includes(value.kind) ? false : undefined,
  );
};

/** `vars(object)`: whoever has it can change the object, so that a plain one is copied and any other forgotten. */
const variables: Builtin = (machine, { positional: [value] }, site) =>
  value ? machine.attribute(value, "__dict__", site) : unknown("the names here are not modelled");

/** The names of a scope with their values; what is written there changes no name. */
function namesIn(machine: Machine, scope: Scope): Value {
  const entries = machine.newTable<DictEntry>();
  for (const [name, value] of scope.names.items()) {
    if (name === unknownNames) continue;
    const held = value.kind === "import" ? unknown("an imported name is not looked up here") : value;
    entries.set(`s${name}`, { key: str(name), value: held });
  }
  return { kind: "dict", entries };
}

/** `locals()`: with the class, where the function has it for its `super()`. */
const locals: Builtin = (machine, _, { scope }) => {
  if (scope.kind !== "function") return namesIn(machine, scope);
  // Names of a function around this one are among them where they are used.
  if (scope.parent?.kind === "function") return unknown("which names there are is not known");
  const names = namesIn(machine, scope);
  const { method, node } = scope.frame;
  const type = method?.owner;
  if (type && node && names.kind === "dict" && namesSuper(node))
    names.entries.set("s__class__", { key: str("__class__"), value: type });
  return names;
};

function namesSuper(part: unknown): boolean {
  if (typeof part !== "object" || part === null) return false;
  if (Array.isArray(part)) return part.some(namesSuper);
  const { kind, id } = part as { kind?: unknown; id?: unknown };
  return (kind === "Name" && (id === "super" || id === "__class__")) || Object.values(part).some(namesSuper);
}

const table: Record<string, Builtin> = {
  isinstance: (_, { positional: [value, type] }) => bool(value && type && isInstance(value, type)),
  issubclass: isSubclass,
  hasattr: hasAttribute,
  getattr: getAttribute,
  setattr: setAttribute,
  delattr: deleteAttribute,
  type: typeOf,
  callable: isCallable,
  vars: variables,
  globals: (machine, _, { scope }: Site) => namesIn(machine, moduleScope(scope)),
  locals,
  dir: namesOf,
  super: superObject,
  bool: (_, { positional: [value] }) => bool(value ? truthOf(value) : false),
  object: (machine, _, site) => newInstance(machine, external("builtins.object"), site),
  print: () => none,
};

/** `types.MethodType(function, object)`: the function as a method of that object. */
const bindTo: Builtin = (_, { positional: [callee, receiver] }) =>
  receiver && (callee?.kind === "function" || callee?.kind === "external")
    ? { kind: "method", receiver, callee }
    : unknown("the method is not known");

/** `pydoc.locate("torch.nn.Conv2d")`: what PyTorch has under that name. */
const locate: Builtin = (_, { positional: [path] }) => {
  const name = textIn(path);
  return name !== undefined && findOperation(name) ? external(name) : unknown("what has that name is not known");
};

/** What a weak reference gives when it is called: its object, which is there as long as anybody asks. */
const referent = "weakref.<referent>";

const itself: Builtin = (_, { positional: [value] }) => value ?? none;

export const objectFunctions: Functions = [
  ["torch.Generator", (machine, _, site) => newInstance(machine, external("torch.Generator"), site)],
  ["torch.Generator.manual_seed", itself],
  ["pydoc.locate", locate],
  ["types.MethodType", bindTo],
  [
    "weakref.ref",
    (_, { positional }) => ({ kind: "partial", callee: external(referent), positional, keywords: new Map() }),
  ],
  [referent, itself],
  ["weakref.proxy", itself],
  ...Object.entries(table).map(([name, run]): [string, Builtin] => [`builtins.${name}`, run]),
  ["builtins.object.__init__", () => none],
  ["builtins.object.__init_subclass__", () => none],
  [
    objectMaker,
    (machine, { positional: [type] }, site) =>
      type?.kind === "class" ? newInstance(machine, type, site) : unknown("the class is not known"),
  ],
  ["builtins.object.__getattribute__", getAttribute],
  ["builtins.object.__delattr__", deleteAttribute],
  ["builtins.object.__setattr__", storeDirectly],
  ["builtins.type.__new__", typeNew],
  ["builtins.type.__init__", (): Value => none],
];
