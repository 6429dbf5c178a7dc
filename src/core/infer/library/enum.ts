/** What a class statement makes of its body where a base says so: the members of an enumeration. */
import { bareObject } from "../classes/bareObjects";
import { int, str, unknown } from "../../ops/value";
import { constantValue } from "../../shape/dim";
import { type Facts } from "../../shape/facts";
import { linearised, membersName, newInstance } from "../classes/classes";
import { type Machine } from "../machine";
import { compare } from "../values/comparing";
import { keepMember, membership } from "../classes/enumMembers";
import { type ClassValue, type InstanceValue, type Value, external } from "../values/value";
import { type Functions } from "./given";

/** Enumerations whose members are not numbers or texts themselves. */
const plain = new Set(["enum.Enum", "enum.Flag"]);
/** Those whose members are, and what else makes them so: `class Norm(str, Enum)`. */
const mixed = new Set(["enum.IntEnum", "enum.StrEnum"]);
const kinds: ReadonlyMap<string, Value["kind"]> = new Map([
  ["builtins.str", "str"],
  ["builtins.int", "int"],
  ["enum.StrEnum", "str"],
  ["enum.IntEnum", "int"],
]);

/** The members of an enumeration get a name and a value, and are objects or else texts or numbers. */
export function finishClass(machine: Machine, type: ClassValue): void {
  const bases = linearised(type).flatMap((base) => (base.kind === "external" ? [base.name] : []));
  if (bases.some((name) => counted.has(name))) numberAutomatic(type);
  const isKnown = (name: string): boolean => name === "builtins.object" || plain.has(name) || kinds.has(name);
  if (!bases.some((name) => plain.has(name) || mixed.has(name)) || !bases.every(isKnown)) return;
  const kind = bases.map((name) => kinds.get(name)).find((own) => own !== undefined);
  let count = 0;
  for (const [name, value] of type.attributes.items()) {
    if (name.startsWith("_") || value.kind === "function") continue;
    count++;
    const answers = membersOf(type).map((other) => other.value === value || isEqual(other, value, machine.facts));
    const same = answers.findIndex((answer) => answer !== false);
    if (same >= 0) {
      // Another name for a member, where that is known.
      const again = answers[same] ? membersOf(type)[same]!.member : unknown("which member it is is not known");
      type.attributes.set(name, again);
      continue;
    }
    const member = kind ? likeItsValue(type, name, value, kind) : memberObject(machine, type, name, value);
    type.attributes.set(name, member);
  }
  if (count > 0) type.attributes.set(membersName, str(""));
}

function memberObject(machine: Machine, type: ClassValue, name: string, value: Value): InstanceValue {
  const member = bareObject(machine, type, { path: "", span: type.node });
  member.attributes.set("name", str(name));
  member.attributes.set("_name_", str(name));
  member.attributes.set("value", value);
  return member;
}

/** What a class may define so that its members are no texts or numbers like others. */
const operators =
  /^__(new|eq|ne|lt|le|gt|ge|hash|bool|len|getitem|contains|iter|add|radd|sub|mul|rmul|mod|int|index)__$/;

/** A text or a number that is a member; `auto()` among texts is not known, and what makes one of a tuple is not either. */
function likeItsValue(type: ClassValue, name: string, value: Value, kind: Value["kind"]): Value {
  if (value.kind !== kind || type.attributes.keys().some((own) => operators.test(own)))
    return unknown("what the member is like is not known");
  const member = { ...value };
  keepMember(member, { type, name, value });
  return member;
}

/** Enumerations in which `auto()` counts on from the member before. */
const counted = new Set(["enum.Enum", "enum.IntEnum"]);

/** `auto()` is one more than the value before, unless the class has an idea of its own. */
function numberAutomatic(type: ClassValue): void {
  if (type.attributes.has("_generate_next_value_")) return;
  let last: number | undefined = 0;
  for (const [name, value] of type.attributes.items()) {
    if (name.startsWith("_") || value.kind === "function") continue;
    const isAutomatic = value.kind === "instance" && value.type.kind === "external" && value.type.name === "enum.auto";
    if (isAutomatic) last = last === undefined ? undefined : last + 1;
    else {
      const given = value.kind === "int" ? constantValue(value.value) : undefined;
      // Behind a smaller number the versions of Python differ.
      last = given !== undefined && last !== undefined && given >= last ? given : undefined;
    }
    if (isAutomatic) type.attributes.set(name, last === undefined ? unknown("the value is not known") : int(last));
  }
}

export const enumFunctions: Functions = [
  [
    "enum.auto",
    (machine, { positional }, site) =>
      positional.length === 0 ? newInstance(machine, external("enum.auto"), site) : unknown("auto takes no arguments"),
  ],
];

/** A member, and the value that it was given. */
interface Member {
  readonly member: Value;
  readonly value: Value;
}

/** The members of an enumeration in order; another name for one is none. */
function membersOf(type: ClassValue): readonly Member[] {
  const members = new Map<Value, Member>();
  for (const member of type.attributes.values()) {
    const own = membership(member);
    if (own?.type === type) members.set(member, { member, value: own.value });
  }
  return [...members.values()];
}

/** What a loop over an enumeration meets; undefined where one of the members is not known. */
export function itemsOfEnumeration(type: ClassValue): readonly Value[] | undefined {
  const isOpen = type.attributes.items().some(([name, value]) => !name.startsWith("_") && value.kind === "unknown");
  return isOpen ? undefined : membersOf(type).map(({ member }) => member);
}

function isEqual({ value }: Member, other: Value, facts: Facts): boolean | undefined {
  return compare("==", value, other, facts);
}

/** `Color("red")`: the member with that value. */
export function memberWith(type: ClassValue, wanted: Value | undefined, facts: Facts): Value {
  const members = membersOf(type);
  const own = wanted && members.find(({ member }) => member === wanted);
  if (own) return own.member;
  const answers = members.map((member) => wanted && isEqual(member, wanted, facts));
  const place = answers.findIndex((answer) => answer !== false);
  return answers[place] ? members[place]!.member : unknown("which member it is is not known");
}

/** `Color["RED"]`. */
export function memberNamed(type: ClassValue, name: Value): Value {
  const found = name.kind === "str" && name.value !== undefined ? type.attributes.get(name.value) : undefined;
  return found ?? unknown("which member it is is not known");
}
