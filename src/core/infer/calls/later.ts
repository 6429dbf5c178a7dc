/**
 * What generators and `map` do to what is there already: it happens when somebody takes their items, which may be later or
 * never. Until then it may have happened or not; who takes all items at once knows that it has.
 */
import { unknown } from "../../ops/value";
import { type Change } from "../memory/changes";
import { isValue } from "../memory/places";
import { type Machine } from "../machine";
import { type Scope } from "../memory/scope";
import { perhapsWritten } from "../statements/branches";
import { type ListValue, type Value } from "../values/value";

interface Pending {
  readonly change: Change;
  /** What the place holds as long as nobody has written there since. */
  readonly joined: unknown;
}

const pending = new WeakMap<ListValue["contents"], readonly Pending[]>();

/** Runs what gives the items of an iterator; what it writes elsewhere waits for whoever takes them. */
export function runLater(machine: Machine, scope: Scope, run: () => ListValue | undefined): ListValue | undefined {
  let made: ListValue | undefined;
  const changes = perhapsWritten(machine, scope, () => {
    made = run();
  });
  const waiting = changes.map((change) => ({ change, joined: change.table.get(change.key) }));
  if (made && waiting.length > 0) pending.set(made.contents, waiting);
  return made;
}

/** Some items are taken: what it leaves behind the last of them was not done. */
export function begin(list: ListValue): void {
  for (const { change, joined } of pending.get(list.contents) ?? []) {
    const { table, key } = change;
    if (isValue(joined) && table.get(key) === joined)
      table.set(key, unknown("how much of what an iterator does has been done is not known"));
  }
  pending.delete(list.contents);
}

/** All items are taken. */
export function settle(value: Value): void {
  if (value.kind !== "list") return;
  for (const { change, joined } of pending.get(value.contents) ?? []) {
    const { table, key } = change;
    if (table.get(key) !== joined) continue;
    if (change.value === undefined) table.delete(key);
    else table.set(key, change.value);
  }
  pending.delete(value.contents);
}
