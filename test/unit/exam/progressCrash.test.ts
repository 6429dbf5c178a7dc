/**
 * Progress that is written while windows are killed: what was confirmed is there afterwards. This file is also the
 * program of such a window: started with a folder, it answers and merges files until somebody kills it.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync, unlinkSync } from "node:fs"; // prettier-ignore
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { readLog, writeLog, type Attempt } from "../../../src/core/exam/progress";
import { compactProgress, mostFiles } from "../../../src/core/exam/progressCompaction";
import { createProgressStore, type ProgressFolder } from "../../../src/core/exam/progressStore";

const answer = (question: string): Attempt => ({
  version: 1,
  at: new Date(Date.UTC(2026, 0, 1)).toISOString(),
  ...{ bank: "exam", question, response: { text: "1" }, fraction: 1, points: 2 },
});

/** A folder on the disk, as the editor's is. */
function folderAt(path: string): ProgressFolder {
  const attempt = async <Value>(work: () => Value): Promise<Value> => {
    await new Promise((resolve) => setImmediate(resolve));
    return work();
  };
  const file = (name: string): string => join(path, name);
  return {
    list: () => attempt(() => readdirSync(path).filter((name) => name.endsWith(".jsonl"))),
    read: (name) => attempt(() => readFileSync(file(name), "utf8")),
    replace: async (name, text) => {
      await attempt(() => { writeFileSync(file(`${name}.part`), text); }); // prettier-ignore
      await attempt(() => { renameSync(file(`${name}.part`), file(name)); }); // prettier-ignore
    },
    rename: (name, to) => attempt(() => { renameSync(file(name), file(to)); }), // prettier-ignore
    remove: (name) => attempt(() => { unlinkSync(file(name)); }), // prettier-ignore
  };
}

async function known(folder: ProgressFolder): Promise<Set<string>> {
  const store = createProgressStore(folder, "reader.jsonl", () => undefined);
  await store.load();
  return new Set(store.log().map(({ attempt, text }) => attempt?.question ?? text));
}

const fill = (folder: ProgressFolder, name: string, count: number): Promise<unknown> =>
  Promise.all(
    Array.from({ length: count }, (_none, place) =>
      folder.replace(`${name}-${place}.jsonl`, writeLog(readLog(JSON.stringify(answer(`${name}-${place}`))))),
    ),
  );

/** A window: says each answer that was confirmed, one a line. */
async function answerUntilKilled(path: string, name: string): Promise<void> {
  const folder = folderAt(path);
  const own = `${name}.jsonl`;
  const store = createProgressStore(folder, own, () => undefined);
  const tidy = async (): Promise<void> => {
    for (let round = 0; ; round++) {
      await compactProgress(folder, own, (place) => `${name}.${round}.${place}.jsonl`).catch(() => undefined);
      await fill(folder, `${name}.fill${round}`, mostFiles / 2);
    }
  };
  void tidy();
  for (let count = 0; ; count++) {
    await store.add(answer(`${name}/${count}`));
    writeSync(1, `${name}/${count}\n`);
  }
}

/** A folder in memory that fails from its k-th change on, as when the process ends there. */
function dying(after: number): {
  readonly folder: ProgressFolder;
  readonly files: Map<string, string>;
  changes: number;
} {
  const files = new Map<string, string>();
  const state = { files, changes: 0 };
  const change = async (work: () => void): Promise<void> => {
    await Promise.resolve();
    if (state.changes >= after) return new Promise(() => undefined);
    state.changes++;
    work();
  };
  const textOf = (name: string): string => {
    const text = files.get(name);
    if (text === undefined) throw new Error(`There is no ${name}.`);
    return text;
  };
  const folder: ProgressFolder = {
    list: () => Promise.resolve([...files.keys()]),
    read: (name) => Promise.resolve().then(() => textOf(name)),
    replace: (name, text) => change(() => files.set(name, text)),
    rename: (name, to) =>
      change(() => {
        files.set(to, textOf(name));
        files.delete(name);
      }),
    remove: (name) => change(() => files.delete(name)),
  };
  return Object.assign(state, { folder });
}

const child = process.argv[2] === "answer-until-killed" ? process.argv.slice(3) : undefined;
if (child) void answerUntilKilled(child[0]!, child[1]!);
else
  describe("progress under a crash", () => {
    it("has every confirmed answer after the end at any of its writes", async () => {
      const before = mostFiles + 2;
      let last = 0;
      for (let after = before; ; after++) {
        const { folder, files } = dying(after);
        await fill(folder, "past", before);
        const confirmed = new Set(Array.from({ length: before }, (_none, place) => `past-${place}`));
        const [a, b] = ["a", "b"].map((name) => createProgressStore(folder, `${name}.jsonl`, () => undefined));
        const add = (store: typeof a, question: string) => store!.add(answer(question)).then(() => confirmed.add(question)); // prettier-ignore
        const run = async (): Promise<void> => {
          await add(a, "a1");
          await Promise.all([
            compactProgress(folder, "b.jsonl", (place) => `b.${place}.jsonl`),
            add(a, "a2").then(() => add(a, "a3")),
            add(b, "b1"),
          ]);
        };
        const ended = await Promise.race([run().then(() => true), new Promise((resolve) => setTimeout(() => { resolve(false); }, 8))]); // prettier-ignore
        const there = await known(folder);
        assert.deepEqual([...confirmed].filter((question) => !there.has(question)), [], `after ${after} changes`); // prettier-ignore
        last = after;
        if (ended === true) {
          assert.isBelow(files.size, 8);
          break;
        }
        assert.isBelow(last, 400);
      }
      assert.isAbove(last, before + mostFiles, "the end came in the middle as well");
    });

    it("keeps what a newer version has written, through a merge", async () => {
      const { folder, files } = dying(Infinity);
      await fill(folder, "past", mostFiles + 1);
      files.set("newer.jsonl", '{"version":9,"kind":"future"}\n');
      await compactProgress(folder, "own.jsonl", (place) => `own.${place}.jsonl`);
      assert.lengthOf([...files.keys()], 1);
      assert.include([...(await known(folder))], '{"version":9,"kind":"future"}');
    });

    it("leaves few files alone", async () => {
      const { folder, files } = dying(Infinity);
      await fill(folder, "past", mostFiles);
      await compactProgress(folder, "own.jsonl", (place) => `own.${place}.jsonl`);
      assert.lengthOf([...files.keys()], mostFiles);
    });

    it("has every confirmed answer of two windows that are killed while they write and merge", async function () {
      this.timeout(60_000);
      const path = mkdtempSync(join(tmpdir(), "forward-pass-progress-"));
      let confirmed = 0;
      try {
        for (let round = 0; round < 12; round++) {
          await fill(folderAt(path), `past${round}`, mostFiles);
          const said = await Promise.all([`a${round}`, `b${round}`].map((name) => lifeOf(path, name, 60 + round * 25)));
          const there = await known(folderAt(path));
          assert.deepEqual(said.flat().filter((question) => !there.has(question)), [], `round ${round}`); // prettier-ignore
          for (let past = 0; past <= round; past++)
            for (let place = 0; place < mostFiles; place++) assert.isTrue(there.has(`past${past}-${place}`));
          confirmed += said.flat().length;
        }
      } finally {
        rmSync(path, { recursive: true, force: true });
      }
      assert.isAbove(confirmed, 100);
    });
  });

/** Starts a window, kills it some time after its first answer, and returns what it had confirmed. */
function lifeOf(path: string, name: string, milliseconds: number): Promise<string[]> {
  const window = spawn(process.execPath, [__filename, "answer-until-killed", path, name], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  window.stdout.on("data", (text: Buffer) => {
    if (said === "") setTimeout(() => window.kill("SIGKILL"), milliseconds);
    said += text.toString();
  });
  return new Promise((resolve) =>
    window.once("close", () => {
      resolve(said.split("\n").slice(0, -1));
    }),
  );
}
