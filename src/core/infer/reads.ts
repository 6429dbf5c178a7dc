/** Which places of the memory a part of the run has read: where none of them has changed, it would run alike again. */
import { type Place } from "./table";

export class Reads {
  private readonly whole = new Set<object>();
  private readonly byKey = new Map<object, Set<string>>();

  /** One key of a table, or all of it. */
  note(table: object, key?: string): void {
    if (key === undefined) {
      this.whole.add(table);
      return;
    }
    const keys = this.byKey.get(table);
    if (keys) keys.add(key);
    else this.byKey.set(table, new Set([key]));
  }

  has({ table, key }: Place): boolean {
    return this.whole.has(table) || (this.byKey.get(table)?.has(key) ?? false);
  }
}

/** What a round of a loop reads before it has written it itself. */
export class Round {
  readonly reads = new Reads();

  /** The how many-th round of all it is, how many tables there are when it begins, and where the trail stands. */
  constructor(
    readonly count: number,
    readonly since: number,
    readonly mark: number,
  ) {}
}
