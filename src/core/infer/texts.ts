/** Values as texts: keys of dicts, and what `str()` gives. */
import { type Value } from "./value";

/** A text by which two equal keys are the same. */
export function dictKey(key: Value): string | undefined {
  if (key.kind === "str") return key.value === undefined ? undefined : `s${key.value}`;
  if (key.kind === "int") return /^-?\d+$/.test(key.value.key) ? `n${key.value.key}` : undefined;
  if (key.kind === "bool") return key.value === undefined ? undefined : `n${Number(key.value)}`;
  if (key.kind === "none") return "none";
  return undefined;
}

/** What `str()` gives for simple values. */
export function textOf(value: Value): string | undefined {
  if (value.kind === "str") return value.value;
  if (value.kind === "int") return /^-?\d+$/.test(value.value.key) ? value.value.key : undefined;
  if (value.kind === "bool" && value.value !== undefined) return value.value ? "True" : "False";
  return value.kind === "none" ? "None" : undefined;
}
