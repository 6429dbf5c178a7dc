/** Functions with `@lru_cache`: called with the same arguments again, they give the same object, and do nothing else. */
import { none, unknown } from "../../ops/value";
import { onOneSide } from "../values/choices";
import { ownMethod } from "../classes/specialMethods";
import { forgetPatches, patch, patchOf, patchesOf } from "../classes/patches";
import { type Arguments, type Machine } from "../machine";
import { fieldNames } from "../classes/fields";
import { asNumber } from "../values/truth";
import { type FunctionValue, type InstanceValue, type Value } from "../values/value";
import { textOf } from "./plainCalls";

/** What it gave for the same arguments, where they are known to be the same; else the call is run. */
export function onceCached(machine: Machine, callee: FunctionValue, given: Arguments, run: () => Value): Value {
  const key = keyOf(given);
  if (key === undefined) return given.positional.some(hasOwnEquality) ? perhapsCached(machine, callee, run) : run();
  const before = patchOf(machine, callee, key);
  const isThere = before && !(before.kind === "unknown" && before.reason === onOneSide);
  const result = isThere ? before : run();
  keep(machine, callee, key, result);
  return result;
}

const unknownKey = "?(";

/** An object that its class compares may be equal to one before it. */
function perhapsCached(machine: Machine, callee: FunctionValue, run: () => Value): Value {
  const isFirst = !patchesOf(machine, callee).some((name) => name.startsWith("(") || name === unknownKey);
  patch(machine, callee, unknownKey, none);
  const result = run();
  return isFirst ? result : unknown("what was kept for an equal object may be given again");
}

/** The one that nobody has asked for the longest makes room. */
function keep(machine: Machine, callee: FunctionValue, key: string, result: Value): void {
  const kept = patchesOf(machine, callee).filter((name) => name.startsWith("(") && name !== key);
  const [first] = kept;
  forgetPatches(machine, callee, (name) => name === key || (name === first && kept.length >= (callee.keeps ?? 0)));
  if (callee.keeps) patch(machine, callee, key, result);
}

export const cacheClearer = "functools.<cached>.cache_clear";

/** `cache_clear()`. */
export function clearCache(machine: Machine, callee: FunctionValue): Value {
  forgetPatches(machine, callee, (name) => name.startsWith("("));
  return none;
}

/** The arguments as Python compares them: by what they are, or by which object it is. */
function keyOf({ positional, keywords, open }: Arguments): string | undefined {
  if (open) return undefined;
  const parts = [
    ...positional.map(identityOf),
    ...[...keywords].map(([name, value]) => named(name, identityOf(value))),
  ];
  if (parts.includes(undefined)) return undefined;
  // One whole number or text alone is its own key, and is not compared with other kinds of numbers.
  const isAlone = positional.length === 1 && keywords.size === 0 && /^(int|str)$/.test(positional[0]!.kind);
  return `(${isAlone ? "only " : ""}${parts.join(",")})`;
}

const named = (name: string, text: string | undefined): string | undefined => text && `${name}=${text}`;

const hasOwnEquality = (value: Value): boolean =>
  value.kind === "instance" && (ownMethod(value, "__eq__") !== undefined || fieldNames(value) !== undefined);

/** Objects of one dataclass are equal where their fields are. */
function contentsOf(object: InstanceValue, fields: readonly string[]): string | undefined {
  const parts = fields.map((name) => {
    const value = object.attributes.get(name);
    return value && identityOf(value);
  });
  const { type } = object;
  return parts.includes(undefined) || type.kind !== "class"
    ? undefined
    : `@${type.attributes.count}(${parts.join(",")})`;
}

function identityOf(value: Value): string | undefined {
  if (value.kind === "instance" && ownMethod(value, "__eq__")) return undefined;
  const fields = fieldNames(value);
  if (fields && value.kind === "instance") return contentsOf(value, fields);
  if (value.kind === "instance" || value.kind === "class") return `@${value.attributes.count}`;
  if (value.kind === "external") return value.name;
  // 1, 1.0 and True are equal.
  const number = value.kind === "float" || value.kind === "bool" ? asNumber(value) : undefined;
  return number === undefined ? textOf(value, true) : String(number);
}
