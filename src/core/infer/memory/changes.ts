/** Places in memory, and what becomes of them. */
import { type Reads } from "./reads";
import { type Table } from "./table";

export interface Place {
  readonly table: Table<unknown>;
  readonly key: string;
}

/** One place in memory and what it holds at the end of a branch; `undefined` for nothing. */
export interface Change extends Place {
  readonly value: unknown;
  /** It was taken out and put in again, behind all others. */
  readonly isMoved?: true;
}

/** What a stretch of the run has to do with the memory that was there before it. */
export interface Effects {
  readonly reads: Reads;
  readonly changes: readonly (Change & { readonly before: unknown })[];
  /** What it has made. */
  readonly tables: readonly Table<unknown>[];
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

  /** Puts it behind the others of its table. */
  putLast(change: Change): void {
    this.byTable.get(change.table)?.delete(change.key);
    this.put(change);
  }

  all(): Change[] {
    return [...this.byTable.values()].flatMap((own) => [...own.values()]);
  }
}
