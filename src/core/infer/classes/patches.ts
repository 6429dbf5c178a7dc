/** What a program sets on functions and on things of libraries: `forward.calls = 0`, `math.floor = mine`. */
import { unknown } from "../../ops/value";
import { onOneSide } from "../values/choices";
import { type Machine } from "../machine";
import { type ExternalValue, type FunctionValue, type Value } from "../values/value";

type Patched = FunctionValue | ExternalValue;

/** A function's own number: by its defaults, which every definition makes anew and all its copies share. */
const numbers = new WeakMap<FunctionValue["defaults"], number>();
let functions = 0;

function nameOf(owner: Patched): string {
  if (owner.kind === "external") return owner.name;
  const number = numbers.get(owner.defaults) ?? ++functions;
  numbers.set(owner.defaults, number);
  return `#${number}`;
}

export function patch({ patches }: Machine, owner: Patched, name: string, stored: Value): void {
  patches.set(`${nameOf(owner)}.*`, stored);
  patches.set(`${nameOf(owner)}.${name}`, stored);
}

/** What was set under a name; undefined where nothing was. */
export function patchOf({ patches }: Machine, owner: Patched, name: string): Value | undefined {
  const own = patches.size > 0 ? patches.get(`${nameOf(owner)}.${name}`) : undefined;
  // The other side of a test has left what was there.
  return own?.kind === "unknown" && own.reason === onOneSide ? unknown(onOneSide) : own;
}

/** The names under which something was set, in the order in which it was. */
export function patchesOf({ patches }: Machine, owner: Patched): string[] {
  if (patches.size === 0) return [];
  const start = `${nameOf(owner)}.`;
  return patches.keys().flatMap((key) => (key.startsWith(start) ? [key.slice(start.length)] : []));
}

/** Takes back what was set under some names. */
export function forgetPatches(machine: Machine, owner: Patched, test: (name: string) => boolean): void {
  for (const name of patchesOf(machine, owner)) if (test(name)) machine.patches.delete(`${nameOf(owner)}.${name}`);
}

/** Whether anything was set. */
export function isPatched({ patches }: Machine, owner: Patched): boolean {
  return patches.size > 0 && patches.has(`${nameOf(owner)}.*`);
}

/** Whether a call of the function does something else than its text says. */
export function isRemade(machine: Machine, callee: FunctionValue): boolean {
  return ["__defaults__", "__kwdefaults__", "__code__"].some((name) => patchOf(machine, callee, name) !== undefined);
}
