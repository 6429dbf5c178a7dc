/** The interpreter's memory: tables, which write down on a trail what changes in them, and note who reads them. */
import { type Round, type Test } from "./reads";
import { type Trail } from "./trail";

/**
 * What a table is for. A `local` one belongs to one call: nobody sees it any more when the call has returned. `names`
 * are those of a module. `members` are an object's attributes, which count even if nobody reads them. `notes` are what is
 * known of many things at once: who reads one of them depends on no other.
 */
export type TableUse = "shared" | "local" | "names" | "members" | "notes" | "flags";

/** A mutable mapping that remembers the order of its keys. */
export class Table<Value> {
  private readonly entries = new Map<string, Value>();
  /** Tables count up: those made inside a branch have a higher number than it began with. */
  readonly born: number;
  /** The how many-th of all tables it is. */
  readonly count: number;
  /** Nobody sees it any more: the call that it belongs to has returned, and no function keeps its names. */
  isOver = false;
  /** How often something was written. */
  version = 0;
  /** The round of a loop since which it is written down what rounds read; most tables are never written in one. */
  private followedSince: number | undefined;
  /** Where on the trail each place was written last, while rounds were followed. */
  private writes: Map<string, number> | undefined;

  constructor(
    private readonly trail: Trail,
    readonly use: TableUse = "shared",
  ) {
    this.born = trail.birth();
    this.count = trail.add(this);
    this.followedSince = use === "local" || use === "names" ? 0 : undefined;
  }

  /** An empty one of the same memory, for the same use. */
  beside(): Table<Value> {
    return new Table(this.trail, this.use);
  }

  /** Notes about values, by keys of their own: flags are notes that one side of a test alone may have set. */
  get holdsNotes(): boolean {
    return this.use === "notes" || this.use === "flags";
  }

  get(key: string): Value | undefined {
    this.noteRead(key);
    return this.entries.get(key);
  }

  has(key: string): boolean {
    this.noteRead(key);
    return this.entries.has(key);
  }

  get size(): number {
    this.noteRead();
    return this.entries.size;
  }

  keys(): string[] {
    this.noteRead();
    return [...this.entries.keys()];
  }

  values(): Value[] {
    this.noteRead();
    return [...this.entries.values()];
  }

  items(): [string, Value][] {
    this.noteRead();
    return [...this.entries];
  }

  /** Those that pass a test, which is asked again when something has changed. */
  itemsThat<Part extends Value>(test: (item: [string, Value]) => item is [string, Part]): [string, Part][] {
    const { reads, since, rounds } = this.trail;
    if (reads !== undefined && this.isOlderThan(since)) reads.note(this);
    if (this.followedSince !== undefined)
      for (const round of rounds) if (this.isOlderThan(round.since)) round.reads.noteTest(this, test as Test);
    return [...this.entries].filter(test);
  }

  /** What a place holds, for those who keep books of it. */
  peek(key: string): Value | undefined {
    return this.entries.get(key);
  }

  /** All keys, likewise. */
  peekKeys(): string[] {
    return [...this.entries.keys()];
  }

  private noteRead(key?: string): void {
    const { reads, since } = this.trail;
    if (reads !== undefined && this.isOlderThan(since)) reads.note(this, this.holdsNotes ? key : undefined);
    const isFollowed = this.followedSince !== undefined || this.trail.isWatched;
    if (isFollowed && this.trail.rounds.length > 0) this.noteReadInRounds(key);
  }

  /** `anyhow` where what is read may be what was there before the round has written it. */
  noteReadInRounds(key: string | undefined, anyhow = false): void {
    for (const round of this.trail.rounds) {
      const isOwn = !anyhow && key !== undefined && this.isWrittenSince(round.mark, key);
      if (!isOwn && this.isOlderThan(round.since)) round.reads.note(this, key);
    }
  }

  /** Whether what a place holds was written behind a mark, and not taken back. */
  private isWrittenSince(mark: number, key: string): boolean {
    const at = this.writes?.get(key);
    return at !== undefined && at >= mark && this.trail.isAt(at, this, key);
  }

  private noteWriteInRounds(key: string): void {
    this.followedSince ??= this.trail.roundsBegun;
    this.writes ??= new Map();
    this.writes.set(key, this.trail.mark - 1);
  }

  /** Whether a round may depend on what a place held when it began; it would hold `value` at the next one's beginning. */
  isReadIn({ count, reads }: Round, key: string, value: Value | undefined): boolean {
    const isFollowed = this.followedSince !== undefined && this.followedSince < count;
    const place = { table: this, key };
    return !isFollowed || reads.has(place) || reads.looksFor(place, this.peek(key), value);
  }

  /** Whether it is one of the first `count` tables, or made apart: those are there for every stretch of the run. */
  isOlderThan(count: number): boolean {
    return this.count <= count || this.born < 0;
  }

  /** Whether it was made behind the first `count` tables, apart or not. */
  isMadeBehind(count: number): boolean {
    return this.count > count;
  }

  set(key: string, value: Value): void {
    this.version++;
    this.trail.note(this, key, this.entries.get(key));
    if (this.trail.rounds.length > 0) this.noteWriteInRounds(key);
    this.entries.set(key, value);
  }

  delete(key: string): void {
    if (!this.entries.has(key)) return;
    this.version++;
    this.trail.note(this, key, this.entries.get(key), [...this.entries.keys()]);
    if (this.trail.rounds.length > 0) this.noteWriteInRounds(key);
    this.entries.delete(key);
  }

  /** Writes without noting it; only the trail does so. */
  restore(key: string, value: Value | undefined, order?: readonly string[]): void {
    this.version++;
    if (value === undefined) this.entries.delete(key);
    else this.entries.set(key, value);
    if (order) this.sort(order);
  }

  private sort(order: readonly string[]): void {
    const held = new Map(this.entries);
    this.entries.clear();
    for (const key of [...order, ...held.keys()]) if (held.has(key)) this.entries.set(key, held.get(key)!);
  }
}
