/** Members of enumerations: objects of their class, or the texts and numbers that a mixed enumeration is made of. */
import { str } from "../../ops/value";
import { linearised } from "./classes";
import { type ClassValue, type Value } from "../values/value";

interface Membership {
  readonly type: ClassValue;
  readonly name: string;
  readonly value: Value;
}

const texts = new WeakMap<Value, Membership>();

/** A text or a number of its own is a member of a mixed enumeration. */
export function keepMember(member: Value, own: Membership): void {
  texts.set(member, own);
}

export function membership(value: Value): Membership | undefined {
  if (value.kind !== "instance") return texts.get(value);
  const { type, attributes } = value;
  const [name, own] = [attributes.get("name"), attributes.get("value")];
  if (type.kind !== "class" || name?.kind !== "str" || name.value === undefined || !own) return undefined;
  return type.attributes.get(name.value) === value ? { type, name: name.value, value: own } : undefined;
}

/** The class of a text or a number that is a member. */
export const enumerationOf = (value: Value): ClassValue | undefined => texts.get(value)?.type;

/** `.name` and `.value` of a text or a number that is a member. */
export function attributeOfMember(value: Value, name: string): Value | undefined {
  const own = texts.get(value);
  if (!own) return undefined;
  if (name === "__class__") return own.type;
  if (name === "name" || name === "_name_") return str(own.name);
  return name === "value" || name === "_value_" ? own.value : undefined;
}

/** Whether `str()` and formats show such a member in a way that differs between the versions of Python. */
export function isShownByName(value: Value): boolean {
  const type = enumerationOf(value);
  return (
    type !== undefined && !linearised(type).some((base) => base.kind === "external" && base.name === "enum.StrEnum")
  );
}
