/** Lists and containers of layers that every round of a loop makes longer by as much: how long they are behind it. */
import { int } from "../../ops/value";
import { type Dim, add, constant, multiply, newestSymbol, subtract, symbolsOf } from "../../shape/dim";
import { type Change } from "../memory/changes";
import { childCount } from "../collections/iterators";
import { countOf, loosened } from "../collections/lists";
import { isItems, isValue } from "../memory/places";
import { type Table } from "../memory/table";

interface Growing {
  /** How long it is in front of the loop. */
  readonly start: Dim;
  /** What each round adds; undefined where that differs. */
  step: Dim | undefined;
}

/** How long something is before and after a round. */
interface Lengths {
  readonly before: Dim;
  readonly after: Dim;
}

export class Growth {
  private readonly growing = new Map<Table<unknown>, Growing>();
  private readonly since = newestSymbol();
  private isFirst = true;

  /** What a round has changed that began with what the tables hold now. */
  note(changes: readonly Change[]): void {
    const lengths = new Map<Table<unknown>, Lengths>();
    for (const change of changes) {
      const found = lengthsOf(change, lengths.get(change.table));
      if (found) lengths.set(change.table, found);
    }
    const steps = new Map([...lengths].map(([table, found]) => [table, this.stepIn(found)]));
    if (this.isFirst)
      for (const [table, { before }] of lengths) this.growing.set(table, { start: before, step: steps.get(table) });
    for (const [table, own] of this.growing) if (own.step?.key !== steps.get(table)?.key) own.step = undefined;
    this.isFirst = false;
  }

  /** A number that is the same for each round: it contains nothing that a round has brought up. */
  private stepIn({ before, after }: Lengths): Dim | undefined {
    const step = subtract(after, before);
    return [...symbolsOf(step)].every(({ id }) => id <= this.since) ? step : undefined;
  }

  /** Writes down how long everything is behind so many rounds. */
  settle(rounds: Dim): void {
    for (const [table, { start, step }] of this.growing) {
      if (!step) continue;
      const count = add(start, multiply(step, rounds));
      const items = table.peek("items");
      if (isItems(items)) table.set("items", { ...loosened(items), count });
      else if (table.has(childCount)) table.set(childCount, int(count));
    }
  }
}

/** The lengths of what a change makes longer; `soFar` is what other changes of the round have made of it. */
function lengthsOf(change: Change, soFar: Lengths | undefined): Lengths | undefined {
  const { table, key, value } = change;
  const held = table.peek(key);
  if (isItems(held) && isItems(value)) return { before: countOf(held), after: countOf(value) };
  if (key === childCount && isValue(held) && isValue(value) && held.kind === "int" && value.kind === "int")
    return { before: held.value, after: value.value };
  if (!addsPart(change)) return soFar;
  const before = soFar?.before ?? constant(table.keys().filter((name) => /^\d+$/.test(name)).length);
  return { before, after: add(soFar?.after ?? before, constant(1)) };
}

/** A container that a round adds a layer to. */
export function addsPart({ table, key, value }: Change): boolean {
  return table.use === "members" && /^\d+$/.test(key) && isValue(value) && !table.has(key);
}
