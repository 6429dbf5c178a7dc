/**
 * The interpreter's memory: tables whose changes are written to a trail, so that the two sides of a branch can be run
 * from the same state, and what they changed can be joined.
 */

/**
 * What a table is for. A `local` one belongs to one call: nobody sees it any more when the call has returned. `members`
 * are an object's attributes, which count even if nobody reads them.
 */
export type TableUse = "shared" | "local" | "members";

/** A mutable mapping that remembers the order of its keys. */
export class Table<Value> {
  private readonly entries = new Map<string, Value>();
  /** Tables count up: those made inside a branch have a higher number than it began with. */
  readonly born: number;
  /** How often something was written. */
  version = 0;

  constructor(
    private readonly trail: Trail,
    readonly use: TableUse = "shared",
  ) {
    this.born = trail.birth();
    trail.tables.add(this);
  }

  get(key: string): Value | undefined {
    return this.entries.get(key);
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  get size(): number {
    return this.entries.size;
  }

  keys(): string[] {
    return [...this.entries.keys()];
  }

  values(): Value[] {
    return [...this.entries.values()];
  }

  items(): [string, Value][] {
    return [...this.entries];
  }

  set(key: string, value: Value): void {
    this.version++;
    this.trail.note(this, key, this.entries.get(key));
    this.entries.set(key, value);
  }

  delete(key: string): void {
    if (!this.entries.has(key)) return;
    this.version++;
    this.trail.note(this, key, this.entries.get(key));
    this.entries.delete(key);
  }

  /** Writes without noting it; only the trail does so. */
  restore(key: string, value: Value | undefined): void {
    this.version++;
    if (value === undefined) this.entries.delete(key);
    else this.entries.set(key, value);
  }
}

interface Note {
  readonly table: Table<unknown>;
  readonly key: string;
  readonly before: unknown;
}

/** One place in memory and what it holds at the end of a branch; `undefined` for nothing. */
export interface Change {
  readonly table: Table<unknown>;
  readonly key: string;
  readonly value: unknown;
}

export class Trail {
  private readonly notes: Note[] = [];
  births = 0;
  private apartness = 0;
  /** All memory that there is. */
  readonly tables = new Set<Table<unknown>>();

  note(table: Table<unknown>, key: string, before: unknown): void {
    this.notes.push({ table, key, before });
  }

  get mark(): number {
    return this.notes.length;
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
      const { table, key, before } = this.notes.pop()!;
      // Notes come backwards: the first one met for a place tells its last value.
      if (!ends.has(table, key)) ends.put({ table, key, value: table.get(key) });
      table.restore(key, before);
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

/** Changes by place, each place once. */
export class Places {
  private readonly byTable = new Map<Table<unknown>, Map<string, Change>>();

  has(table: Table<unknown>, key: string): boolean {
    return this.byTable.get(table)?.has(key) ?? false;
  }

  get(table: Table<unknown>, key: string): Change | undefined {
    return this.byTable.get(table)?.get(key);
  }

  put(change: Change): void {
    const own = this.byTable.get(change.table);
    if (own) own.set(change.key, change);
    else this.byTable.set(change.table, new Map([[change.key, change]]));
  }

  all(): Change[] {
    return [...this.byTable.values()].flatMap((own) => [...own.values()]);
  }
}
