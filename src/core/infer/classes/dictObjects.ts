/** Objects of classes that derive from `dict` or `OrderedDict`: configurations and the outputs of models. */
import { str } from "../../ops/value";
import { bareObject } from "./bareObjects";
import { type Machine, type Site, args } from "../machine";
import { dictKey } from "../values/texts";
import {
  type ClassValue,
  type DictEntry,
  type DictValue,
  type ExternalValue,
  type InstanceValue,
  type Value,
  external,
  knownEntries,
} from "../values/value";

/** Where such an object keeps its entries. */
const entriesName = "<entries>";

/** What `self.__dict__ = self` leaves: attributes and entries are the same. */
const isBothName = "<attributes are entries>";

export const dictBases = /^(builtins\.dict|collections\.OrderedDict|typing\.(Dict|OrderedDict))$/;

/** Classes of objects that have nothing but what was set on them. */
export const namespaces = new Set(["argparse.Namespace", "types.SimpleNamespace"]);

/** Whether the attributes and the entries of an object are the same. */
export const isBoth = ({ attributes }: InstanceValue): boolean => attributes.has(isBothName);

/** Whether an attribute is one of those that keep an object's entries. */
export const isOfDict = (name: string): boolean => name === entriesName || name === isBothName;

/** Gives a new object its entries, where its class derives from a dict. */
export function prepareDict(
  machine: Machine,
  made: InstanceValue,
  order: readonly (ClassValue | ExternalValue)[],
): void {
  if (made.type.kind === "class" && order.some((base) => base.kind === "external" && dictBases.test(base.name)))
    made.attributes.set(entriesName, { kind: "dict", entries: machine.newTable() });
}

/** An object whose attributes and entries are the same, such as configurations are read from. */
export function attributeDict(machine: Machine, type: ExternalValue, site: Site): InstanceValue {
  const origin = { path: site.scope.frame.path, span: site.node };
  const made = bareObject(machine, type, origin);
  made.attributes.set(entriesName, { kind: "dict", entries: machine.newTable() });
  made.attributes.set(isBothName, { kind: "none" });
  machine.record.part.instances.push(made);
  return made;
}

/** A new dict with texts as its keys. */
export function dictOfNames(
  machine: Machine,
  values: Iterable<readonly [string, Value]>,
  perhaps: Iterable<readonly [string, Value]> = [],
): DictValue {
  const entries = machine.newTable<DictEntry>();
  for (const [name, value] of values) entries.set(`s${name}`, { key: str(name), value });
  for (const [name, value] of perhaps) entries.set(`s${name}`, { key: str(name), value, maybe: true });
  return { kind: "dict", entries };
}

/** The dict that a value is, or that it has as an object of a class that derives from one. */
export function dictIn(value: Value | undefined): DictValue | undefined {
  const held = value?.kind === "instance" ? value.attributes.get(entriesName) : value;
  return held?.kind === "dict" ? held : undefined;
}

/** The keys of such an object in order, unless its class has its own idea of what is in it. */
export function keysOfDict(value: InstanceValue, own: (name: string) => boolean): readonly Value[] | undefined {
  const held = ["__iter__", "__contains__", "keys"].some(own) ? undefined : dictIn(value);
  return held && knownEntries(held)?.map(({ key }) => key);
}

/** Methods of dicts, whether they are modelled or not. */
const methodNames = new Set(
  "clear copy fromkeys get items keys move_to_end pop popitem setdefault update values".split(" "),
);

const specialNames = /^__(getitem|setitem|delitem|contains|len|iter|init)__$/;

/** A method of the dict that an object is; undefined for other names and other objects. */
export function dictMethod(value: InstanceValue, name: string): Value | undefined {
  const held = dictIn(value);
  if (!held || !(methodNames.has(name) || specialNames.test(name))) return undefined;
  return { kind: "method", receiver: held, callee: external(`dict.${name === "__init__" ? "update" : name}`) };
}

/** An attribute that the object has among its entries, since its class says that both are the same. */
export function entryAsAttribute(
  machine: Machine,
  value: InstanceValue,
  name: string,
  fallback: Value | undefined,
  site: Site,
): Value | undefined {
  const held = dictIn(value);
  const isBoth = value.attributes.has(isBothName);
  const method = fallback?.kind === "external" ? /\.(get|__getitem__)$/.exec(fallback.name)?.[1] : undefined;
  if (!held || !(isBoth || method) || name.startsWith("__")) return undefined;
  const found: Value = { kind: "method", receiver: held, callee: external(`dict.${method ?? "__getitem__"}`) };
  return machine.call(found, args({ kind: "str", value: name }), site);
}

/** Stores an attribute among the entries where the class says so; false where it is to be stored as an attribute. */
export function storeAsEntry(value: InstanceValue, name: string, stored: Value, setter: Value | undefined): boolean {
  const held = dictIn(value);
  if (held && name === "__dict__" && stored.kind === "instance" && stored.attributes === value.attributes) {
    value.attributes.set(isBothName, { kind: "none" });
    return true;
  }
  const isEntry =
    value.attributes.has(isBothName) || (setter?.kind === "external" && setter.name.endsWith(".__setitem__"));
  if (!held || !isEntry) return false;
  const key: Value = { kind: "str", value: name };
  held.entries.set(dictKey(key)!, { key, value: stored });
  return true;
}

/** Whether the object may have the name although nothing has set it. */
export function mayHoldName(value: InstanceValue, name: string): boolean {
  return dictIn(value) !== undefined && (methodNames.has(name) || value.attributes.has(isBothName));
}
