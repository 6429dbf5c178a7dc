/** What the tables of library functions share: how a function reads its arguments. */
import { constantValue } from "../../shape/dim";
import { type Arguments, type Machine, type Site } from "../machine";
import { type Value } from "../values/value";

/** A function outside the program, as the interpreter knows it. */
export type Builtin = (machine: Machine, args: Arguments, site: Site) => Value;

/** Functions by qualified name. */
export type Functions = readonly (readonly [name: string, run: Builtin])[];

/** An argument by position or by keyword. */
export function argument({ positional, keywords }: Arguments, position: number, name: string): Value | undefined {
  return positional[position] ?? keywords.get(name);
}

/** The text of a string that is known. */
export function textIn(value: Value | undefined): string | undefined {
  return value?.kind === "str" ? value.value : undefined;
}

/** The number of an integer that is known. */
export function numberIn(value: Value | undefined): number | undefined {
  return value?.kind === "int" ? constantValue(value.value) : undefined;
}
