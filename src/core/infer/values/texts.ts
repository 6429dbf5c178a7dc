/** Values as texts: keys of dicts, and what `str()` gives. */
import { type StringValue, str } from "../../ops/value";
import { isShownByName } from "../classes/enumMembers";
import { type ClassValue, type InstanceValue, type Value } from "./value";

/** A text by which two equal keys are the same. */
export function dictKey(key: Value): string | undefined {
  if (key.kind === "str") return textKey(key);
  if (key.kind === "int") return /^-?\d+$/.test(key.value.key) ? `n${key.value.key}` : undefined;
  if (key.kind === "bool") return key.value === undefined ? undefined : `n${Number(key.value)}`;
  if (key.kind === "float") return key.value === undefined ? undefined : `n${key.value}`;
  if (key.kind === "none") return "none";
  if (key.kind === "dtype") return `d${key.dtype}`;
  if (key.kind === "tuple") {
    const parts = key.items.map(keyPart);
    return parts.includes(undefined) ? undefined : `t${JSON.stringify(parts)}`;
  }
  if (key.kind === "external") return `e${key.name}`;
  if (key.kind === "class") return `c${numberOf(key)}`;
  if (key.kind === "instance" && key.attributes.has(deviceOfTensor)) return "device";
  if (key.kind === "instance") return key.type.kind === "class" ? memberKey(key.type, key) : undefined;
  return undefined;
}

/** The name of a device may be one that a table spells out; beside others, in a tuple, it is one of several parts. */
function textKey({ value, madeOf }: StringValue, isPart = false): string | undefined {
  if (value !== undefined) return `s${value}`;
  return madeOf === undefined || (!isPart && deviceNames.some((name) => name === madeOf)) ? undefined : `x${madeOf}`;
}

const keyPart = (part: Value): string | undefined => (part.kind === "str" ? textKey(part, true) : dictKey(part));

/** What marks the device of a tensor. All tensors of a model lie on one, as far as anything is said of them. */
export const deviceOfTensor = "<of a tensor>";

/** What stands for its name, and for its type, in the texts that are made of them. */
export const deviceNames = ["<device>", "<device.type>"] as const;

/** The text of a value; where that is not known, what it is made of. */
export function asText(value: Value): StringValue {
  const text = textOf(value);
  if (text !== undefined) return str(text);
  if (value.kind === "str") return isShownByName(value) ? str(undefined) : value;
  return value.kind === "instance" && value.attributes.has(deviceOfTensor)
    ? { ...str(undefined), madeOf: deviceNames[0] }
    : str(undefined);
}

/** Longer texts are not followed. */
const longest = 10_000;

/** One text behind the other. */
export function joinedTexts(parts: readonly StringValue[]): StringValue {
  const pieces = parts.map(({ value, madeOf }) => value ?? madeOf);
  if (pieces.includes(undefined)) return str(undefined);
  const whole = pieces.join("");
  if (whole.length > longest) return str(undefined);
  return parts.every(({ value }) => value !== undefined) ? str(whole) : { ...str(undefined), madeOf: whole };
}

const numbers = new WeakMap<ClassValue, number>();
let classCount = 0;

/** A class is equal to itself only. */
function numberOf(type: ClassValue): number {
  const known = numbers.get(type) ?? ++classCount;
  numbers.set(type, known);
  return known;
}

/** The key of an enumeration's member, by its name; other objects may have an equality of their own. */
function memberKey(type: ClassValue, { attributes }: InstanceValue): string | undefined {
  const name = type.attributes.has("?members") ? attributes.get("name") : undefined;
  return name?.kind === "str" ? `m${type.name}.${name.value ?? ""}` : undefined;
}

/** What `str()` gives for simple values. */
export function textOf(value: Value): string | undefined {
  if (isShownByName(value)) return undefined;
  if (value.kind === "str") return value.value;
  if (value.kind === "int") return /^-?\d+$/.test(value.value.key) ? value.value.key : undefined;
  if (value.kind === "bool" && value.value !== undefined) return value.value ? "True" : "False";
  if (value.kind === "float") return value.value === undefined ? undefined : floatText(value.value);
  return value.kind === "none" ? "None" : undefined;
}

/** As Python writes it, where that needs no exponent. */
function floatText(value: number): string | undefined {
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  if (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e16) return undefined;
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
