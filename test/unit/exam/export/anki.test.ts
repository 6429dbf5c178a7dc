/** The Anki package: a zip with a sound SQLite collection, whose notes keep their identity from export to export. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { assert } from "chai";
import { strFromU8, unzipSync } from "fflate";
import initSqlJs from "sql.js";
import { readBank } from "../../../../src/core/exam/bank";
import { builtinBanks } from "../../../../src/core/exam/builtin";
import { ankiPackage } from "../../../../src/core/exam/export/anki";
import { sha1 } from "../../../../src/core/exam/export/sha1";
import type { Bank } from "../../../../src/core/exam/question";
import { exampleBank } from "./exampleBank";

const sql = initSqlJs({ wasmBinary: new Uint8Array(readFileSync("node_modules/sql.js/dist/sql-wasm.wasm")).buffer });

async function exported(banks: readonly Bank[], now = 1_800_000_000_000) {
  const { Database } = await sql;
  const zipped = unzipSync(ankiPackage(banks, new Database(), now));
  const database = new Database(zipped["collection.anki2"]);
  const rows = (query: string) => database.exec(query)[0]?.values ?? [];
  return { zipped, rows };
}

describe("an Anki package", () => {
  it("holds a collection of schema 11 with its five tables, and no media", async () => {
    const { zipped, rows } = await exported([exampleBank]);
    assert.sameMembers(Object.keys(zipped), ["collection.anki2", "media"]);
    assert.equal(strFromU8(zipped.media!), "{}");
    assert.deepEqual(rows("PRAGMA integrity_check"), [["ok"]]);
    assert.deepEqual(rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").flat(), [
      "cards",
      "col",
      "graves",
      "notes",
      "revlog",
    ]);
    assert.deepEqual(rows("SELECT ver, count(*) FROM col"), [[11, 1]]);
  });

  it("has a note type and a deck for every note and card", async () => {
    const { rows } = await exported([exampleBank]);
    const [models, decks] = rows("SELECT models, decks FROM col")[0]!.map(
      (json) => JSON.parse(String(json)) as Record<string, { flds?: unknown[]; name: string }>,
    );
    for (const [model, fields] of rows("SELECT mid, flds FROM notes")) {
      assert.lengthOf(String(fields).split("\u001f"), models![String(model)]!.flds!.length);
    }
    for (const [deck] of rows("SELECT did FROM cards"))
      assert.equal(decks![String(deck)]!.name, "Forward Pass::Example");
    assert.deepEqual(
      rows("SELECT count(*) FROM cards JOIN notes ON nid = notes.id"),
      rows("SELECT count(*) FROM notes"),
    );
  });

  it("writes mathematics for MathJax, options with their reasons, and the solution", async () => {
    const { rows } = await exported([exampleBank]);
    const [front, back, solution] = String(rows("SELECT flds FROM notes ORDER BY flds")[0]![0]).split("\u001f");
    assert.include(front, "\\(a &lt; b\\)");
    assert.include(front, "<ol");
    assert.notInclude(front, "✓");
    assert.include(back, "✓");
    assert.include(back, "because it is smaller");
    assert.include(solution, "\\[a - b &lt; 0\\]");
  });

  it("keeps the identity of a note when it is exported again, also in other company, and says that it is newer", async () => {
    const query = "SELECT guid, id FROM notes ORDER BY guid";
    const first = await exported([exampleBank]);
    const changed = readBank(
      "example.quiz.md",
      "---\nid: other\ntitle: Other\n---\n\n## a\n\nWhy?\n\n```rubric\n1 So\n```\n",
    ).bank;
    const second = await exported([changed, exampleBank], 1_900_000_000_000);
    const again = second.rows(query);
    for (const row of first.rows(query)) assert.deepInclude(again, row);
    assert.isAbove(
      Number(second.rows("SELECT min(mod) FROM notes")[0]![0]),
      Number(first.rows("SELECT max(mod) FROM notes")[0]![0]),
    );
  });

  it("has room for all built-in banks: every guid and id once, every checksum right, no dollar left", async () => {
    const banks = builtinBanks().map(({ bank }) => bank);
    const { rows } = await exported(banks);
    const notes = rows("SELECT guid, id, sfld, csum, flds FROM notes");
    const parts = banks.flatMap(({ questions }) => questions.flatMap((question) => question.parts));
    assert.lengthOf(notes, parts.length);
    for (const column of [0, 1]) assert.lengthOf(new Set(notes.map((row) => row[column])), notes.length);
    for (const [, , sortField, checksum, fields] of notes) {
      const digest = createHash("sha1").update(String(sortField)).digest("hex");
      assert.equal(checksum, parseInt(digest.slice(0, 8), 16));
      assert.notInclude(String(fields).replace(/<code[\s\S]*?<\/code>/g, ""), "$"); // prettier-ignore
    }
  });
});

describe("SHA-1", () => {
  it("is that of Node for texts of every length around a block", () => {
    for (let length = 0; length < 140; length++) {
      const bytes = Uint8Array.from({ length }, (_byte, place) => (place * 37 + length) & 255);
      const hex = sha1(bytes).map((word) => word.toString(16).padStart(8, "0")).join(""); // prettier-ignore
      assert.equal(hex, createHash("sha1").update(bytes).digest("hex"));
    }
  });
});
