/**
 * What was written into the interpreter's memory, in order, so that the two sides of a branch can be run from the same
 * state and what they changed can be joined, and so that a stretch of a run can be taken back and repeated.
 */
import { type Change, type Effects, Places } from "./changes";
import { Reads, Round } from "./reads";
import { type Table } from "./table";

interface Note {
  readonly table: Table<unknown>;
  readonly key: string;
  readonly before: unknown;
  /** Of what was taken out, the keys there were: it goes back to its place among them. */
  readonly order: readonly string[] | undefined;
}

export class Trail {
  private readonly notes: Note[] = [];
  births = 0;
  private apartness = 0;
  /** All memory that there is, and how many tables there ever were. */
  tables: Table<unknown>[] = [];
  private count = 0;
  /** Those of imported files that a stretch was the first to ask for. */
  private readonly lasting = new Set<Table<unknown>>();
  /** Whether a stretch is running, how many tables there were before it, and what it reads of them if anybody asks. */
  isInStretch = false;
  since = 0;
  reads: Reads | undefined = undefined;
  /** The rounds of loops that are running, the innermost last, and how many were begun so far. */
  readonly rounds: Round[] = [];
  roundsBegun = 0;
  /** Whether one of them wants to know all that is read, not only what loops write. */
  isWatched = false;
  /** Whether stretches can be taken back: nothing that stays has come of what one of them wrote, or has written into it. */
  isRepeatable = true;
  /** How many tables there were before what is run once and for all, and may write only into its own. */
  private ownSince: number | undefined = undefined;

  note(table: Table<unknown>, key: string, before: unknown, order?: readonly string[]): void {
    this.notes.push({ table, key, before, order });
    if (this.ownSince !== undefined && table.count <= this.ownSince) this.isRepeatable = false;
  }

  /** The number of a new table among all. */
  add(table: Table<unknown>): number {
    this.tables.push(table);
    if (this.ownSince !== undefined) this.lasting.add(table);
    return ++this.count;
  }

  /** How many tables there were so far. */
  get made(): number {
    return this.count;
  }

  get mark(): number {
    return this.notes.length;
  }

  /** Whether a note is about such a place. */
  isAt(mark: number, table: Table<unknown>, key: string): boolean {
    const note = this.notes[mark];
    return note?.table === table && note.key === key;
  }

  /** Runs something as a round of a loop. */
  inRound(run: () => void): Round {
    const round = new Round(++this.roundsBegun, this.count, this.mark);
    this.rounds.push(round);
    try {
      run();
      return round;
    } finally {
      this.rounds.pop();
    }
  }

  /** Runs something, and says what it reads of what was there before. */
  watch(run: () => void): Reads {
    const { isWatched } = this;
    this.isWatched = true;
    try {
      return this.inRound(run).reads;
    } finally {
      this.isWatched = isWatched;
    }
  }

  /** Runs a branch, takes back all that it wrote, and says what that was. */
  branch(run: () => void): Change[] {
    const mark = this.mark;
    run();
    return this.takeBack(mark);
  }

  private takeBack(mark: number): Change[] {
    const ends = new Places();
    while (this.notes.length > mark) {
      const { table, key, before, order } = this.notes.pop()!;
      const end = ends.get(table, key);
      // Notes come backwards: the first one met for a place tells its last value, and the last one when it was put in.
      if (!end) ends.put({ table, key, value: table.peek(key) });
      else if (order && end.value !== undefined) ends.put({ ...end, isMoved: true });
      else if (!end.isMoved) ends.putLast(end);
      table.restore(key, before, order);
    }
    return ends.all().reverse();
  }

  /** The number of a new table; what is made apart is there for every branch. */
  birth(): number {
    return this.apartness > 0 ? -1 : this.births++;
  }

  /** Runs something whose writes are not taken back with the branch that it happens to run in. */
  apart<T>(run: () => T): T {
    const { mark } = this;
    this.apartness++;
    try {
      return run();
    } finally {
      this.apartness--;
      this.notes.length = mark;
    }
  }

  /** Runs something once and for all, such as an imported file, whichever stretch asks for it first. */
  once<T>(run: () => T): T {
    const { ownSince, isInStretch, since } = this;
    if (isInStretch && this.notes.some(({ table }) => !table.holdsNotes && table.isOlderThan(since)))
      this.isRepeatable = false;
    if (isInStretch) this.ownSince = this.count;
    try {
      return this.apart(run);
    } finally {
      this.ownSince = ownSince;
    }
  }

  /**
   * Runs something that starts from what is there now, and that no branch is around. What it writes stays; if `isKept`,
   * it is said what that was and what it has read, so that it can be taken back and written again.
   */
  stretch(run: () => void, isKept: boolean): Effects | undefined {
    this.notes.length = 0;
    const first = this.tables.length;
    const since = this.count;
    const reads = new Reads();
    this.reads = isKept ? reads : undefined;
    this.since = since;
    this.isInStretch = true;
    try {
      run();
    } finally {
      this.reads = undefined;
      this.isInStretch = false;
    }
    if (!isKept) return undefined;
    const changes = this.valuesAt(0)
      .filter(({ table, key, value }) => table.isOlderThan(since) && table.peek(key) !== value)
      .map(({ table, key, value: before }) => ({ table, key, before, value: table.peek(key) }));
    this.notes.length = 0;
    const tables = this.tables.slice(first).filter((table) => !this.lasting.has(table));
    return { reads, changes, tables };
  }

  /** Takes stretches back, the last one first: of what they made nothing is there any more. */
  takeBackStretches(stretches: readonly Effects[], tables: readonly Table<unknown>[]): void {
    for (const { changes } of [...stretches].reverse())
      for (const { table, key, before } of changes) table.restore(key, before);
    this.tables = [...tables, ...this.lasting];
  }

  /** What a stretch that would run alike has changed is changed again. */
  redo({ reads, changes, tables }: Effects): Effects {
    const again = changes.map(({ table, key, value }) => ({ table, key, value, before: table.peek(key) }));
    for (const { table, key, value } of changes) table.restore(key, value);
    for (const table of tables) this.tables.push(table);
    return { reads, changes: again, tables };
  }

  /** Every place written since a mark, with what it held then. */
  valuesAt(mark: number): Change[] {
    const values = new Places();
    for (let i = mark; i < this.notes.length; i++) {
      const { table, key, before } = this.notes[i]!;
      if (!values.has(table, key)) values.put({ table, key, value: before });
    }
    return values.all();
  }
}
