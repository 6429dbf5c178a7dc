/** `collections`, named tuples, dicts and the objects that only hold names. */
import { none, str, unknown } from "../../ops/value";
import type { ClassDef } from "../../python/syntax";
import { namedTupleMaker, newInstance } from "../classes/classes";
import { attributeDict, dictIn, namespaces } from "../classes/dictObjects";
import { type Arguments, type Machine, type Site, args } from "../machine";
import { elementsOf } from "../collections/elements";
import { dictKey } from "../values/texts";
import { asBounded, knownItems } from "../collections/lists";
import {
  type ClassValue,
  type DictEntry,
  type ListValue,
  type PartialValue,
  type Value,
  external,
} from "../values/value";
import { type Builtin, type Functions, argument, numberIn, textIn } from "./given";

/** `dict(…)`: of a dict, of pairs, and of keywords. */
const dict: Builtin = (machine, { positional: [given], keywords }) => {
  const from = dictIn(given) ?? given;
  const entries = machine.newTable<DictEntry>();
  if (from?.kind === "dict") for (const [name, entry] of from.entries.items()) entries.set(name, entry);
  else if (from) {
    const pairs = elementsOf(machine, from)?.map((pair) => elementsOf(machine, pair));
    if (!pairs) return unknown("the dict is not known");
    for (const pair of pairs) {
      const [key, value] = pair ?? [];
      const name = key && dictKey(key);
      if (name === undefined || !value) return unknown("the dict is not known");
      entries.set(name, { key: key!, value });
    }
  }
  for (const [name, value] of keywords) entries.set(`s${name}`, { key: str(name), value });
  return { kind: "dict", entries };
};

const ordered: Builtin = (machine, given, site) => {
  const made = dict(machine, given, site);
  return made.kind === "dict" ? { ...made, type: "collections.OrderedDict" } : made;
};

/** `defaultdict(list, …)`: as a dict, with what makes the values that are missing. */
const defaultDict: Builtin = (machine, { positional: [missing, ...positional], ...others }, site) => {
  const made = dict(machine, { positional, ...others }, site);
  const isCalled = missing && missing.kind !== "none";
  return made.kind === "dict" ? { ...made, ...(isCalled && { missing }), type: "collections.defaultdict" } : made;
};

/** `ChainMap(a, b)`: what the first does not have is looked up in the next one. */
const chain: Builtin = (machine, { positional }, site) => {
  const entries = machine.newTable<DictEntry>();
  for (const one of [...positional].reverse()) {
    const copy = dict(machine, { positional: [one], keywords: new Map(), open: false }, site);
    if (copy.kind !== "dict") return unknown("the dict is not known");
    for (const [name, entry] of copy.entries.items()) entries.set(name, entry);
  }
  return { kind: "dict", entries };
};

const fromKeys: Builtin = (machine, { positional: [keys, value] }) => {
  const entries = machine.newTable<DictEntry>();
  for (const key of (keys && elementsOf(machine, keys)) ?? [unknown("the keys are not known")]) {
    const name = dictKey(key);
    if (name === undefined) return unknown("the dict is not known");
    entries.set(name, { key, value: value ?? none });
  }
  return { kind: "dict", entries };
};

/** `namedtuple("Point", "x y", defaults=[0])`: what makes such tuples. */
const namedTuple: Builtin = (machine, given) => {
  const listed = argument(given, 1, "field_names");
  const text = textIn(listed);
  const names =
    text === undefined ? (listed && elementsOf(machine, listed))?.map(textIn) : text.split(/[\s,]+/).filter(Boolean);
  if (!names || names.includes(undefined) || given.keywords.has("rename")) return unknown("the fields are not known");
  const last = given.keywords.get("defaults");
  const defaults = last && last.kind !== "none" ? elementsOf(machine, last) : [];
  if (!defaults) return unknown("the defaults of the fields are not known");
  const fields = (names as string[]).map((name): Value => str(name));
  return {
    kind: "partial",
    callee: external(namedTupleMaker),
    positional: [
      { kind: "tuple", items: fields },
      { kind: "tuple", items: defaults },
    ],
    keywords: new Map(),
  };
};

/** `typing.NamedTuple("Output", [("x", Tensor), ("mask", Tensor)])`: the same with types. */
const typedTuple: Builtin = (machine, given, site) => {
  const listed = argument(given, 1, "fields");
  const pairs = listed ? elementsOf(machine, listed) : [...given.keywords.keys()].map((name) => str(name));
  const names = pairs?.map((pair) => (pair.kind === "str" ? pair : elementsOf(machine, pair)?.[0]));
  const [name = none] = given.positional;
  return names && !names.includes(undefined)
    ? namedTuple(machine, args(name, { kind: "tuple", items: names as Value[] }), site)
    : unknown("the fields are not known");
};

/** The names of the fields, one list for each class of such tuples. */
const fieldNames = new WeakMap<Value, readonly string[]>();

function namesIn(fields: Value | undefined): readonly string[] {
  const names = (fields && (fieldNames.get(fields) ?? knownItems(fields)?.map((name) => textIn(name)!))) ?? [];
  if (fields) fieldNames.set(fields, names);
  return names;
}

/** The names of the fields of such a class, which its tuples have as theirs; undefined for other values. */
export function namesOfMaker(type: Value): readonly string[] | undefined {
  const isMaker = type.kind === "partial" && type.callee.kind === "external" && type.callee.name === namedTupleMaker;
  return isMaker ? namesIn(type.positional[0]) : undefined;
}

const makeNamedTuple: Builtin = (_, { positional: [fields, defaults, ...given], keywords }) => {
  const names = namesIn(fields);
  const last = (defaults && knownItems(defaults)) ?? [];
  return tupleOf(names, (i) => last[i - names.length + last.length], { positional: given, keywords, open: false });
};

/** The callee of `super().__new__` in a class that derives from a named tuple, which is its first argument. */
export const namedTupleNew = "collections.<named tuple>.__new__";

function tupleOf(names: readonly string[], defaultAt: (i: number) => Value | undefined, given: Arguments): Value {
  const items = names.map((name, i) => argument(given, i, name) ?? defaultAt(i));
  return items.includes(undefined) || given.open || given.positional.length > names.length
    ? unknown("the fields of the tuple are not known")
    : { kind: "tuple", items: items as Value[], names };
}

/** Builds a tuple of a class that derives from `NamedTuple`. */
export function buildNamedTuple(type: ClassValue, given: Arguments): Value {
  const names = fieldsOf(type.node);
  const made = tupleOf(names, (i) => type.attributes.get(names[i]!), given);
  return made.kind === "tuple" ? { ...made, type } : made;
}

/** What `collections.namedtuple` made, among the bases of a class. */
export function tupleBase(type: ClassValue): PartialValue | undefined {
  return type.bases.find(
    (base): base is PartialValue =>
      base.kind === "partial" && base.callee.kind === "external" && base.callee.name === namedTupleMaker,
  );
}

/** An object of a class that derives from such a tuple. */
export function buildDerivedTuple(
  machine: Machine,
  base: PartialValue,
  type: Value,
  given: Arguments,
  site: Site,
): Value {
  const made = machine.call(base, given, site);
  return made.kind === "tuple" && type.kind === "class" ? { ...made, type } : made;
}

/** `__new__` of such a tuple: the class first, then the fields. */
const newTuple: Builtin = (machine, { positional: [base, type, ...others], keywords, open }, site) =>
  base?.kind === "partial" && type
    ? buildDerivedTuple(machine, base, type, { positional: others, keywords, open }, site)
    : unknown("the fields of the tuple are not known");

/** `_fields` of a class that derives from `NamedTuple`. */
export function fieldsOfNamedTuple(type: ClassValue): Value | undefined {
  return type.bases.some((base) => base.kind === "external" && base.name === "typing.NamedTuple")
    ? { kind: "tuple", items: fieldsOf(type.node).map(str) }
    : undefined;
}

function fieldsOf(node: ClassDef): string[] {
  return node.body.flatMap((statement) =>
    statement.kind === "AnnAssign" && statement.target.kind === "Name" ? [statement.target.id] : [],
  );
}

const replaceFields: Builtin = (_, { positional: [tuple], keywords }) =>
  tuple?.kind === "tuple" && tuple.names
    ? { ...tuple, items: tuple.items.map((item, i) => keywords.get(tuple.names![i]!) ?? item) }
    : unknown("the tuple is not known");

const fieldsAsDict: Builtin = (machine, { positional: [tuple] }) => {
  if (tuple?.kind !== "tuple" || !tuple.names) return unknown("the tuple is not known");
  const entries = machine.newTable<DictEntry>();
  for (const [i, name] of tuple.names.entries()) entries.set(`s${name}`, { key: str(name), value: tuple.items[i]! });
  return { kind: "dict", entries };
};

/** An object with the names of the keywords. */
const namespace =
  (type: string): Builtin =>
  (machine, { positional, keywords }, site) => {
    if (positional.length > 0) return unknown("the names of the object are not known");
    const made = newInstance(machine, external(type), site);
    for (const [name, value] of keywords) made.attributes.set(name, value);
    return made;
  };

/** What a class that derives from a namespace does with the keywords of its constructor. */
const fillNamespace: Builtin = (_, { positional: [made, ...others], keywords }) => {
  if (made?.kind !== "instance" || others.length > 0) return unknown("the names of the object are not known");
  for (const [name, value] of keywords) made.attributes.set(name, value);
  return none;
};

/** Dicts whose keys are attributes, too. Most make such of the dicts that are given to them inside of another. */
const deepDicts =
  "easydict.EasyDict addict.Dict box.Box ml_collections.ConfigDict ml_collections.config_dict.ConfigDict " +
  "omegaconf.OmegaConf.create omegaconf.DictConfig munch.munchify munch.Munch.fromDict";
const flatDicts = "munch.Munch";

const attributeDictOf =
  (isDeep: boolean): Builtin =>
  (machine, given, site) => {
    const from = dict(machine, given, site);
    if (from.kind !== "dict") return unknown("the names of the object are not known");
    const made = attributeDict(machine, external("easydict.EasyDict"), site);
    const { entries } = dictIn(made)!;
    for (const [name, entry] of from.entries.items())
      entries.set(name, isDeep ? { ...entry, value: deepened(machine, entry.value, site) } : entry);
    return made;
  };

const deepened = (machine: Machine, value: Value, site: Site): Value =>
  value.kind === "dict" ? attributeDictOf(true)(machine, args(value), site) : value;

export const collectionFunctions: Functions = [
  ["builtins.dict", dict],
  ["builtins.dict.fromkeys", fromKeys],
  ["dict.fromkeys", fromKeys],
  ["collections.OrderedDict", ordered],
  ["typing.OrderedDict", ordered],
  ["collections.namedtuple", namedTuple],
  ["typing.NamedTuple", typedTuple],
  [namedTupleMaker, makeNamedTuple],
  [namedTupleNew, newTuple],
  ["tuple._replace", replaceFields],
  ["tuple._asdict", fieldsAsDict],
  ["collections.ChainMap", chain],
  ["collections.defaultdict", defaultDict],
  ["types.SimpleNamespace", namespace("types.SimpleNamespace")],
  ["argparse.Namespace", namespace("argparse.Namespace")],
  ...[...namespaces].map((name) => [`${name}.__init__`, fillNamespace] as const),
  ...deepDicts.split(" ").map((name) => [name, attributeDictOf(true)] as const),
  [flatDicts, attributeDictOf(false)],
  [
    "collections.deque",
    (machine, given) => {
      const [from, most] = [argument(given, 0, "iterable"), argument(given, 1, "maxlen") ?? none];
      const items = machine.newList(from ? elementsOf(machine, from) : []);
      const queue: ListValue = { ...items, type: "collections.deque" };
      return most.kind === "none" ? queue : asBounded(queue, numberIn(most));
    },
  ],
];
