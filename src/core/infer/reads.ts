/** Which places of the memory a stretch of the run has read: where none of them has changed, it would run alike again. */
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
