/** A deck for Anki (`.apkg`): one note for each answer to give, updated rather than doubled when it is imported again. */
import { strToU8, zipSync } from "fflate";
import type { Bank } from "../question";
import { noteOf } from "./ankiNote";
import { collectionRow, deckIdOf, modelId, tables } from "./ankiTables";
import { itemsOf } from "./items";

/** An empty SQLite database, as sql.js gives it. */
export interface Database {
  run(sql: string, values?: (string | number)[]): unknown;
  export(): Uint8Array;
}

/** `now` is in milliseconds: Anki takes the later of two states of a note. */
export function ankiPackage(banks: readonly Bank[], database: Database, now: number): Uint8Array {
  for (const statement of tables) database.run(statement);
  const seconds = Math.floor(now / 1000);
  database.run(`INSERT INTO col VALUES (${places(13)})`, collectionRow(banks, now));
  let due = 0;
  for (const bank of banks) {
    for (const item of itemsOf(bank)) {
      const { id, guid, tags, fields, sortField, checksum } = noteOf(item);
      due += 1;
      database.run(`INSERT INTO notes VALUES (${places(11)})`, [
        id,
        guid,
        modelId,
        seconds,
        -1,
        tags,
        fields,
        sortField,
        checksum,
        0,
        "",
      ]);
      // A new card: type and queue 0, its place in the deck as `due`, everything else not begun.
      const begun = [0, 0, due, 0, 0, 0, 0, 0, 0, 0, 0];
      database.run(`INSERT INTO cards VALUES (${places(18)})`, [id, id, deckIdOf(bank), 0, seconds, -1, ...begun, ""]);
    }
  }
  return zipSync({ "collection.anki2": database.export(), media: strToU8("{}") }, { mtime: now });
}

const places = (count: number): string => Array.from({ length: count }, () => "?").join(", ");
