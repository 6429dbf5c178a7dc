/** Functions with `@lru_cache`: called with the same arguments again, they give the same object, and do nothing else. */
import { none } from "../../ops/value";
import { onOneSide } from "../values/choices";
import { forgetPatches, patch, patchOf, patchesOf } from "../classes/patches";
import { type Arguments, type Machine } from "../machine";
import { type FunctionValue, type Value } from "../values/value";
import { textOf } from "./plainCalls";

/** What it gave for the same arguments, where they are known to be the same; else the call is run. */
export function onceCached(machine: Machine, callee: FunctionValue, given: Arguments, run: () => Value): Value {
  const key = keyOf(given);
  if (key === undefined) return run();
  const before = patchOf(machine, callee, key);
  const isThere = before && !(before.kind === "unknown" && before.reason === onOneSide);
  const result = isThere ? before : run();
  keep(machine, callee, key, result);
  return result;
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
  return parts.includes(undefined) ? undefined : `(${parts.join(",")})`;
}

const named = (name: string, text: string | undefined): string | undefined => text && `${name}=${text}`;

function identityOf(value: Value): string | undefined {
  if (value.kind === "instance" || value.kind === "class") return `@${value.attributes.count}`;
  return value.kind === "external" ? value.name : textOf(value, true);
}
