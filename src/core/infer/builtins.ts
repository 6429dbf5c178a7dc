/** Python's built-in functions, as far as model code uses them. */
import { type Dim, add, constantValue, floorDivide, maximum, minimum, unknownSize } from "../shape/dim";
import { bool, int, none, str, unknown } from "../ops/value";
import { classAttribute, hasUnknownBase, isModuleClass, linearised, loseTrack, sameClass } from "./classes";
import { textOf } from "./texts";
import { type Arguments, type Machine, type Site, args } from "./machine";
import { elementsOf } from "./sequences";
import { type Scope } from "./scope";
import { asNumber, truthOf } from "./truth";
import { type ClassValue, type ExternalValue, type InstanceValue, type Value, external } from "./value";

export type Builtin = (machine: Machine, args: Arguments, site: Site) => Value;

const mostNumbers = 20_000;

const range: Builtin = (machine, { positional }) => {
  const bounds = positional.map((value) => (value.kind === "int" ? constantValue(value.value) : undefined));
  if (bounds.includes(undefined) || bounds.length === 0) return machine.newList(undefined);
  const [first, second, step = 1] = bounds as [number, number | undefined, number | undefined];
  const [start, stop] = second === undefined ? [0, first] : [first, second];
  const count = step === 0 ? 0 : Math.max(0, Math.ceil((stop - start) / step));
  return machine.newList(
    count > mostNumbers ? undefined : Array.from({ length: count }, (_, i) => int(start + i * step)),
  );
};

const len: Builtin = (machine, { positional: [value] }) => {
  const items = value && elementsOf(machine, value);
  if (items) return int(items.length);
  if (value?.kind === "tensor") {
    const [first] = machine.facts.resolveShape(value.shape);
    if (first && !("kind" in first)) return { kind: "int", value: first, measured: true };
  }
  return int(unknownSize());
};

/** The list of what an iterable gives, transformed. */
function listing(transform: (items: readonly Value[], machine: Machine) => readonly Value[]): Builtin {
  return (machine, { positional: [value] }) => {
    if (!value) return machine.newList([]);
    const items = elementsOf(machine, value);
    return machine.newList(items && transform(items, machine));
  };
}

const zip: Builtin = (machine, { positional }) => {
  const lists = positional.map((value) => elementsOf(machine, value));
  if (lists.some((list) => !list)) return machine.newList(undefined);
  const known = lists as (readonly Value[])[];
  const shortest = known.length > 0 ? Math.min(...known.map((list) => list.length)) : 0;
  return machine.newList(
    Array.from({ length: shortest }, (_, i) => ({ kind: "tuple", items: known.map((list) => list[i]!) })),
  );
};

const enumerate: Builtin = (machine, { positional: [value, start], keywords }) => {
  const items = value && elementsOf(machine, value);
  const first = asNumber(start ?? keywords.get("start") ?? int(0));
  return machine.newList(
    first === undefined ? undefined : items?.map((item, i) => ({ kind: "tuple", items: [int(first + i), item] })),
  );
};

const toInteger: Builtin = (_, { positional: [value, base] }) => {
  if (base) return unknown("the integer is not known");
  if (value?.kind === "int") return value;
  const number = value && asNumber(value);
  if (number !== undefined) return int(Math.trunc(number));
  return value?.kind === "str" && /^\s*-?\d+\s*$/.test(value.value ?? "")
    ? int(Number(value.value))
    : unknown("the integer is not known");
};

const toFloat: Builtin = (_, { positional: [value] }) => ({ kind: "float", value: value && asNumber(value) });

/** Combines integers; anything else is not known. */
function folding(fold: (a: Dim, b: Dim) => Dim): Builtin {
  return (machine, { positional, keywords }) => {
    if (keywords.size > 0) return unknown("the numbers are not known");
    const values = positional.length === 1 && positional[0] ? elementsOf(machine, positional[0]) : positional;
    const sizes = values?.map((value) => (value.kind === "int" ? value.value : undefined));
    if (!sizes || sizes.length === 0 || sizes.includes(undefined)) return unknown("the numbers are not known");
    return int((sizes as Dim[]).reduce(fold));
  };
}

const sum: Builtin = (machine, { positional: [value, start], keywords }, site) => {
  const items = value && elementsOf(machine, value);
  if (!items) return unknown("what is added up is not known");
  const first = start ?? keywords.get("start") ?? int(0);
  return items.reduce((total, item) => {
    if (total.kind === "int" && item.kind === "int") return int(add(total.value, item.value));
    if (total.kind === "int" && constantValue(total.value) === 0) return item;
    return total.kind === "tensor" || item.kind === "tensor"
      ? machine.call(external("torch.add"), args(total, item), site)
      : unknown("what is added up is not known");
  }, first);
};

/** Whether the value is an object of one of the classes; undefined where that is not known. */
function isInstance(value: Value, type: Value): boolean | undefined {
  if (type.kind === "tuple") {
    const answers = type.items.map((item) => isInstance(value, item));
    return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
  }
  if (value.kind === "unknown" || (type.kind !== "class" && type.kind !== "external")) return undefined;
  if (value.kind === "instance") return isOfClass(value.type, type);
  const names = typeNames[value.kind];
  if (!names || type.kind === "class") return names ? false : undefined;
  if (names.includes(type.name)) return true;
  return decided.test(type.name) && !type.name.endsWith("Parameter") ? false : undefined;
}

/** Types of which it is known what belongs to them; a named tuple may be a tuple, a size of a tensor is one. */
const decided = /^(builtins\.(int|float|bool|str|tuple|list|dict)|torch\.Tensor|torch\.nn\.\w+)$/;

const typeNames: Partial<Record<Value["kind"], readonly string[]>> = {
  int: ["builtins.int", "numbers.Number", "numbers.Integral", "builtins.object"],
  float: ["builtins.float", "numbers.Number", "builtins.object"],
  bool: ["builtins.bool", "builtins.int", "numbers.Number", "builtins.object"],
  str: ["builtins.str", "builtins.object"],
  tuple: ["builtins.tuple", "typing.Tuple", "collections.abc.Iterable", "collections.abc.Sequence", "builtins.object"],
  list: ["builtins.list", "typing.List", "collections.abc.Iterable", "collections.abc.Sequence", "builtins.object"],
  dict: ["builtins.dict", "typing.Dict", "collections.abc.Mapping", "builtins.object"],
  tensor: ["torch.Tensor", "builtins.object"],
  none: ["builtins.object"],
};

function isOfClass(own: ClassValue | ExternalValue, type: ClassValue | ExternalValue): boolean | undefined {
  if (linearised(own).some((base) => sameClass(base, type))) return true;
  if (own.kind === "class" && hasUnknownBase(own)) return undefined;
  if (type.kind === "external" && type.name === "torch.nn.Module") return isModuleClass(own);
  // Which classes of PyTorch derive from which is not modelled, but two layers of different names are different.
  const layers = type.kind === "external" && /^torch\.nn\.\w+$/.test(type.name) && !type.name.includes("_");
  return type.kind === "class" || layers ? false : undefined;
}

function surelyLacks(value: InstanceValue, name: string): boolean {
  const { type, attributes } = value;
  if (attributes.has(name) || attributes.has("?") || classAttribute(linearised(type), name)) return false;
  return type.kind === "class" && !hasUnknownBase(type);
}

const getAttribute: Builtin = (machine, { positional: [value, name, otherwise] }, site) => {
  if (!value || name?.kind !== "str" || name.value === undefined) return unknown("the attribute's name is not known");
  const found = machine.attribute(value, name.value, site);
  const isMissing = value.kind === "instance" && found.kind === "unknown" && surelyLacks(value, name.value);
  return isMissing && otherwise ? otherwise : found;
};

const hasAttribute: Builtin = (_, { positional: [value, name] }) => {
  if (value?.kind !== "instance" || name?.kind !== "str" || name.value === undefined) return bool(undefined);
  return bool(
    value.attributes.has(name.value) || classAttribute(linearised(value.type), name.value) !== undefined || undefined,
  );
};

const superObject: Builtin = (_, { positional: [type, receiver] }, { scope }) => {
  const method = scope.frame.method;
  const after = type ?? method?.owner;
  const self = receiver ?? method?.receiver;
  if (after?.kind !== "class" || (self?.kind !== "instance" && self?.kind !== "class"))
    return unknown("super is not known here");
  return { kind: "super", after, receiver: self };
};

const every: (wanted: boolean) => Builtin =
  (wanted) =>
  (machine, { positional: [value] }) => {
    const truths = (value && elementsOf(machine, value))?.map(truthOf);
    if (!truths) return bool(undefined);
    if (truths.includes(!wanted)) return bool(!wanted);
    return bool(truths.includes(undefined) ? undefined : wanted);
  };

const map: Builtin = (machine, { positional: [callee, ...lists] }, site) => {
  const items = lists.length === 1 && lists[0] ? elementsOf(machine, lists[0]) : undefined;
  return machine.newList(callee && items?.map((item) => machine.call(callee, args(item), site)));
};

const divmod: Builtin = (_, { positional: [a, b] }) =>
  a?.kind === "int" && b?.kind === "int"
    ? { kind: "tuple", items: [int(floorDivide(a.value, b.value)), unknown("the remainder is not known")] }
    : unknown("the numbers are not known");

const absolute: Builtin = (machine, given, site) => {
  const [value] = given.positional;
  if (value?.kind === "tensor") return machine.call(external("torch.abs"), given, site);
  const number = value && asNumber(value);
  return number === undefined
    ? unknown("the number is not known")
    : value?.kind === "float"
      ? { kind: "float", value: Math.abs(number) }
      : int(Math.abs(number));
};

/** A text that is run may change every name of the program that does not stand for code. */
const execute: Builtin = (_, __, { scope }) => {
  const code = new Set(["external", "function", "class"]);
  const changed = unknown("a text was run that may change it");
  for (let current: Scope | undefined = scope; current; current = current.parent) {
    for (const [name, value] of current.names.items()) if (!code.has(value.kind)) current.names.set(name, changed);
  }
  return none;
};

const table: Record<string, Builtin> = {
  range,
  len,
  zip,
  enumerate,
  sum,
  map,
  divmod,
  abs: absolute,
  int: toInteger,
  float: toFloat,
  min: folding(minimum),
  max: folding(maximum),
  bool: (_, { positional: [value] }) => bool(value ? truthOf(value) : false),
  str: (_, { positional: [value] }) => str(value ? textOf(value) : ""),
  list: listing((items) => items),
  set: (machine, { positional }) => (positional.length === 0 ? machine.newList([]) : machine.newList(undefined)),
  reversed: listing((items) => [...items].reverse()),
  iter: listing((items) => items),
  tuple: (machine, { positional: [value] }) => {
    const items = value ? elementsOf(machine, value) : [];
    return items ? { kind: "tuple", items } : unknown("the tuple is not known");
  },
  dict: (machine, { positional, keywords, open }) => {
    const [from] = positional;
    if (open || (from && from.kind !== "dict")) return unknown("the dict is not known");
    const entries = machine.newTable<{ key: Value; value: Value }>();
    if (from) for (const [name, entry] of from.entries.items()) entries.set(name, entry);
    for (const [name, value] of keywords) entries.set(`s${name}`, { key: str(name), value });
    return { kind: "dict", entries };
  },
  isinstance: (_, { positional: [value, type] }) => bool(value && type && isInstance(value, type)),
  hasattr: hasAttribute,
  getattr: getAttribute,
  setattr: (machine, { positional: [target, name, value] }) => {
    if (name?.kind === "str" && name.value !== undefined && target && value)
      machine.setAttribute(target, name.value, value);
    else if (target?.kind === "instance") loseTrack(target, "an attribute was set whose name is not known");
    return none;
  },
  type: (_, { positional: [value] }) => (value?.kind === "instance" ? value.type : unknown("the type is not known")),
  callable: (_, { positional: [value] }) =>
    bool(value && ["function", "method", "class", "external"].includes(value.kind) ? true : undefined),
  super: superObject,
  all: every(true),
  any: every(false),
  print: () => none,
  exec: execute,
  eval: (machine, given, site) => (execute(machine, given, site), unknown("what a text computes is not known")),
};

export const builtins: ReadonlyMap<string, Builtin> = new Map(
  Object.entries(table).map(([name, run]) => [`builtins.${name}`, run]),
);

/** Names that mean something without an import; those without a function here give values that are not known. */
export const builtinNames: ReadonlySet<string> = new Set([
  ...Object.keys(table),
  ..."object property staticmethod classmethod round sorted filter next open input id hash repr format vars dir slice frozenset bytes complex ord chr issubclass delattr NotImplementedError ValueError TypeError RuntimeError AssertionError KeyError IndexError AttributeError ImportError Exception StopIteration Warning UserWarning NotImplemented".split(
    " ",
  ),
]);
