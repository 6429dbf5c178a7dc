/**
 * What something may be of which nobody knows which one it is: `(first if flag else second).append(4)`, `buckets[i]`,
 * `models[name]`. Who changes it changes one of them.
 */
import { type Machine } from "../machine";
import { type Scope, ends } from "../memory/scope";
import { type Value } from "./value";

const candidates = new WeakMap<Value, readonly Value[]>();

/** More are not kept. */
const most = 16;

export function candidatesOf(value: Value): readonly Value[] {
  return candidates.get(value) ?? [];
}

/** A value that is one of some others: those that can be changed, or called, are kept. */
export function oneAmong<T extends Value>(value: T, others: Iterable<Value>): T {
  const found = new Set(candidatesOf(value));
  for (const one of others) for (const own of isChangeable(one) ? [one] : candidatesOf(one)) found.add(own);
  found.delete(value);
  if (found.size > 0) candidates.set(value, [...found].slice(0, most));
  return value;
}

/** Whether all that can be changed of a value is among what another may be. */
export function isAmong(value: Value, whole: Value): boolean {
  const all = candidatesOf(whole);
  return (isChangeable(value) ? [value] : candidatesOf(value)).every((one) => all.length >= most || all.includes(one));
}

function isChangeable(value: Value): boolean {
  const { kind } = value;
  if (kind === "tensor") return value.stored !== undefined;
  return ["list", "dict", "instance", "class", "function", "method", "partial"].includes(kind);
}

/** Does to each of them what is done to one of them, or not. */
export function changeOneOf(machine: Machine, value: Value, change: (one: Value) => unknown, scope: Scope): void {
  for (const one of candidatesOf(value)) {
    const run = (): number => {
      machine.record.unlessRefused(() => {
        machine.nested(() => change(one));
        return value;
      });
      return ends.normally;
    };
    machine.either(scope, run, () => ends.normally);
  }
}
