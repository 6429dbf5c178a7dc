/** Lists that every round of a loop makes longer by as much: how long they are behind it. */
import { type Dim, add, multiply, newestSymbol, subtract, symbolsOf } from "../shape/dim";
import { type Change } from "./changes";
import { type Items, countOf, loosened } from "./lists";
import { isItems } from "./places";
import { type Table } from "./table";

interface Growing {
  /** How long it is in front of the loop. */
  readonly start: Dim;
  /** What each round adds; undefined where that differs. */
  step: Dim | undefined;
}

export class Growth {
  private readonly lists = new Map<Table<unknown>, Growing>();
  private readonly since = newestSymbol();
  private isFirst = true;

  /** What a round has changed that began with what the tables hold now. */
  note(changes: readonly Change[]): void {
    const steps = new Map<Table<unknown>, Dim | undefined>();
    for (const { table, key, value } of changes) {
      const before = table.peek(key);
      if (!isItems(before) || !isItems(value)) continue;
      steps.set(table, this.stepBetween(before, value));
      if (this.isFirst) this.lists.set(table, { start: countOf(before), step: steps.get(table) });
    }
    for (const [table, list] of this.lists) if (list.step?.key !== steps.get(table)?.key) list.step = undefined;
    this.isFirst = false;
  }

  /** A number of items that is the same for each round: it contains nothing that a round has brought up. */
  private stepBetween(before: Items, after: Items): Dim | undefined {
    const step = subtract(countOf(after), countOf(before));
    return [...symbolsOf(step)].every(({ id }) => id <= this.since) ? step : undefined;
  }

  /** Writes down how long the lists are behind so many rounds. */
  settle(rounds: Dim): void {
    for (const [table, { start, step }] of this.lists) {
      const items = table.peek("items");
      if (step && isItems(items)) table.set("items", { ...loosened(items), count: add(start, multiply(step, rounds)) });
    }
  }
}
