/**
 * What generators and `map` do: it happens when somebody takes their items, which may be later or never. What they write may
 * have been written or not until then; who takes all items at once knows that it has. And where something has changed that
 * they read, the items are others.
 */
import { unknown } from "../../ops/value";
import { type Change } from "../memory/changes";
import { isValue } from "../memory/places";
import { type Table } from "../memory/table";
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

/** What places held that the items depend on, by table; of tables that were read whole there are all keys. */
type Basis = ReadonlyMap<Table<unknown>, { readonly held: Map<string, unknown>; readonly isWhole: boolean }>;

const bases = new WeakMap<ListValue["contents"], Basis>();

/** Runs what gives the items of an iterator; what it writes elsewhere waits for whoever takes them. */
export function runLater(machine: Machine, scope: Scope, run: () => ListValue | undefined): ListValue | undefined {
  let made: ListValue | undefined;
  let changes: readonly Change[] = [];
  const reads = machine.trail.watch(() => {
    changes = perhapsWritten(machine, scope, () => {
      made = run();
    });
  });
  if (!made) return undefined;
  const waiting = changes.map((change) => ({ change, joined: change.table.peek(change.key) }));
  if (waiting.length > 0) pending.set(made.contents, waiting);
  const basis = new Map(
    [...reads.tables()]
      .map(([table, keys]) => [table as Table<unknown>, keys] as const)
      .filter(([table]) => table.use !== "notes" && table !== made!.contents)
      .map(([table, keys]) => [
        table,
        { held: new Map([...(keys ?? table.peekKeys())].map((key) => [key, table.peek(key)])), isWhole: !keys },
      ]),
  );
  if (basis.size > 0) bases.set(made.contents, basis);
  return made;
}

/** The items depend on what another iterator holds that nobody else should take from. */
export function dependOn({ contents }: ListValue, other: ListValue): void {
  const held = new Map(other.contents.peekKeys().map((key) => [key, other.contents.peek(key)]));
  bases.set(contents, new Map([[other.contents, { held, isWhole: true }]]));
}

/** Whether the items are still those that were computed: nobody has changed what they were computed from. */
export function isCurrent({ contents }: ListValue): boolean {
  for (const [table, { held, isWhole }] of bases.get(contents) ?? []) {
    // What is computed from these items depends on the same places.
    if (isWhole && table.keys().length !== held.size) return false;
    for (const [key, value] of held) if (table.get(key) !== value) return false;
  }
  return true;
}

/** Some items are taken: what it leaves behind the last of them was not done. */
export function begin(list: ListValue): void {
  for (const { change, joined } of pending.get(list.contents) ?? []) {
    const { table, key } = change;
    if (!isValue(joined) || table.get(key) !== joined) continue;
    table.set(key, unknown("how much of what an iterator does has been done is not known"));
    // It is its own change.
    const basis = bases.get(list.contents)?.get(table);
    if (basis?.held.has(key)) basis.held.set(key, table.peek(key));
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
