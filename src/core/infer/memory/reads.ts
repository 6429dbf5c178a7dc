/** Which places of the memory a part of the run has read: where none of them has changed, it would run alike again. */
import { type Place } from "./changes";

/** Which entries of a table somebody looks for. */
export type Test = (item: [string, unknown]) => boolean;

export class Reads {
  private readonly whole = new Set<object>();
  private readonly byKey = new Map<object, Set<string>>();
  private readonly byTest = new Map<object, Test[]>();

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

  /** All entries that pass a test. */
  noteTest(table: object, test: Test): void {
    const tests = this.byTest.get(table);
    if (tests) tests.push(test);
    else this.byTest.set(table, [test]);
  }

  /** The keys that were read of each table; undefined for all of them. */
  *tables(): Iterable<[object, ReadonlySet<string> | undefined]> {
    for (const table of this.whole) yield [table, undefined];
    for (const [table, keys] of this.byKey) if (!this.whole.has(table)) yield [table, keys];
  }

  has({ table, key }: Place): boolean {
    return this.whole.has(table) || (this.byKey.get(table)?.has(key) ?? false);
  }

  /** Whether somebody has looked for what a place holds, with one of these values. */
  looksFor({ table, key }: Place, ...values: readonly unknown[]): boolean {
    const tests = this.byTest.get(table) ?? [];
    return tests.some((test) => values.some((value) => value !== undefined && test([key, value])));
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
