/** What a class statement makes of its body where a base says so: the members of an enumeration. */
import { int, str, unknown } from "../../ops/value";
import { constantValue } from "../../shape/dim";
import { type Facts } from "../../shape/facts";
import { linearised, membersName, newInstance } from "../classes";
import { type Machine } from "../machine";
import { compare } from "../comparing";
import { type ClassValue, type InstanceValue, type Value, external } from "../value";
import { type Functions } from "./given";

/** Enumerations whose members are not numbers or texts themselves. */
const plain = new Set(["enum.Enum", "enum.Flag"]);

/** The members of an enumeration become objects with a name and a value. */
export function finishClass(machine: Machine, type: ClassValue): void {
  const bases = linearised(type).filter((base) => base.kind === "external");
  if (bases.some(({ name }) => counted.has(name))) numberAutomatic(type);
  const others = bases.filter(({ name }) => !plain.has(name));
  const isPlain = others.length < bases.length && others.every(({ name }) => name === "builtins.object");
  if (!isPlain) return;
  let count = 0;
  for (const [name, value] of type.attributes.items()) {
    if (name.startsWith("_") || value.kind === "function") continue;
    count++;
    const earlier = membersOf(type).map(({ attributes }) => attributes.get("value")!);
    const answers = earlier.map((other) => other === value || compare("==", other, value, machine.facts));
    const same = answers.findIndex((answer) => answer !== false);
    if (same >= 0) {
      // Another name for a member, where that is known.
      const again = answers[same] ? membersOf(type)[same]! : unknown("which member it is is not known");
      type.attributes.set(name, again);
      continue;
    }
    const member: InstanceValue = {
      kind: "instance",
      type,
      attributes: machine.newTable("members"),
      layer: machine.newTable(),
      origin: { path: "", span: type.node },
    };
    member.attributes.set("name", str(name));
    member.attributes.set("_name_", str(name));
    member.attributes.set("value", value);
    type.attributes.set(name, member);
  }
  if (count > 0) type.attributes.set(membersName, str(""));
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

/** The members of an enumeration in order. */
function membersOf(type: ClassValue): readonly InstanceValue[] {
  return type.attributes
    .values()
    .filter((value): value is InstanceValue => value.kind === "instance" && value.type === type);
}

/** `Color("red")`: the member with that value. */
export function memberWith(type: ClassValue, wanted: Value | undefined, facts: Facts): Value {
  const members = membersOf(type);
  if (wanted?.kind === "instance" && members.includes(wanted)) return wanted;
  const answers = members.map(({ attributes }) => wanted && compare("==", attributes.get("value")!, wanted, facts));
  const place = answers.findIndex((answer) => answer !== false);
  return answers[place] ? members[place]! : unknown("which member it is is not known");
}

/** `Color["RED"]`. */
export function memberNamed(type: ClassValue, name: Value): Value {
  const found = name.kind === "str" && name.value !== undefined ? type.attributes.get(name.value) : undefined;
  return found ?? unknown("which member it is is not known");
}
