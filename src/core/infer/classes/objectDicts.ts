/** The dicts in which an object keeps its parts: `__dict__`, `_modules` and the like, read and written. */
import { str, unknown } from "../../ops/value";
import { beside, forgetObject, isModule, isModuleClass } from "./classes";
import { isBoth, isOfDict } from "./dictObjects";
import { placeBeside } from "./directWrites";
import { type Machine } from "../machine";
import { type DictEntry, type DictValue, type InstanceValue, type Value, knownEntries, others } from "../values/value";

/** Which attributes of a module each of its dicts holds. */
const parts: Record<string, (value: Value) => boolean> = {
  _modules: isModule,
  _parameters: (value) => value.kind === "tensor" && value.stored?.kind === "parameter",
  _buffers: (value) => value.kind === "tensor" && value.stored?.kind === "buffer",
};

/** Which attributes a dict of the object holds; undefined where it has no such dict. */
function partsOf(object: InstanceValue, name: string): ((value: Value, key: string) => boolean) | undefined {
  const isModuleObject = isModuleClass(object.type);
  if (name === "__dict__") return isModuleObject ? isNoPart : isOwn;
  return isModuleObject ? parts[name] : undefined;
}

/** The entries of an object that is a dict are none of its attributes. */
const isOwn = (_: Value, key: string): boolean => !isOfDict(key);

/** What a module keeps beside its parts. */
const isNoPart = (value: Value): boolean => !Object.values(parts).some((holds) => holds(value));

const isBeside = (key: string): boolean => key.startsWith(beside(""));
const nameBeside = (key: string): string => key.slice(beside("").length);

/** The dict of that name; undefined for other names. Whoever has a dict that is not known can change the object. */
export function dictOfObject(machine: Machine, object: InstanceValue, name: string): Value | undefined {
  if (name !== "__dict__" && !(name in parts)) return undefined;
  const belongs = partsOf(object, name);
  // What `self.__dict__ = self` leaves.
  if (name === "__dict__" && isBoth(object)) return object;
  if (!belongs || object.attributes.has("?")) {
    forgetObject(object);
    return unknown("what is inside of the object is not known");
  }
  const entries = machine.newTable<DictEntry>();
  for (const [key, value] of object.attributes.items())
    if (belongs(value, key) && !isBeside(key)) entries.set(`s${key}`, { key: str(key), value });
  if (belongs === isNoPart) {
    for (const [key, value] of object.attributes.items())
      if (isBeside(key)) entries.set(`s${nameBeside(key)}`, { key: str(nameBeside(key)), value });
    for (const part of Object.keys(parts))
      entries.set(`s${part}`, { key: str(part), value: dictOfObject(machine, object, part)! });
    // What else PyTorch keeps there is its own affair.
    const own = unknown("what PyTorch keeps there is not known");
    entries.set(others, { key: own, value: own, maybe: true });
  }
  return { kind: "dict", entries, owner: { object, name } };
}

/** Writes what a dict holds now to the object that it belongs to. */
export function writeBack({ owner, ...dict }: DictValue): void {
  if (!owner) return;
  const { object, name } = owner;
  const belongs = partsOf(object, name);
  const entries = belongs === isNoPart ? ownEntries(dict) : knownEntries(dict);
  if (!entries || !belongs || entries.some(({ key }) => key.kind !== "str")) {
    forgetObject(object);
    return;
  }
  const held = new Map(entries.map(({ key, value }) => [key.kind === "str" ? (key.value ?? "") : "", value]));
  for (const [key, value] of object.attributes.items()) {
    if (belongs(value, key) && !held.has(key)) object.attributes.delete(key);
  }
  for (const [key, value] of held) {
    const place = belongs === isNoPart ? placeBeside(object, key, value) : key;
    if (object.attributes.get(place) !== value) object.attributes.set(place, value);
  }
}

/** What a module's dict holds beside PyTorch's own; undefined where that is not known any more. */
function ownEntries({ entries }: DictValue): readonly DictEntry[] | undefined {
  const own = entries.items().filter(([name]) => name !== others && !(name.slice(1) in parts));
  return own.some(([, { maybe }]) => maybe) ? undefined : own.map(([, entry]) => entry);
}
