/**
 * Progress that is written while windows are killed: what was confirmed is there afterwards. This file is also the
 * program of such a window: started with a folder, it answers and merges files until somebody kills it.
 */
import { mkdtempSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { type KeptFolder, writeWhole } from "../../../../src/core/exam/kept/folder";
import { compactProgress, mostFiles } from "../../../../src/core/exam/kept/progressCompaction";
import { createProgressStore } from "../../../../src/core/exam/kept/progressStore";
import { readLog, writeLog, type Attempt } from "../../../../src/core/exam/progress";
import { diskFolder, killedAnywhere, lifeOf, memoryFolder, windowArguments } from "./folders";

const answer = (question: string): Attempt => ({
  version: 1,
  at: new Date(Date.UTC(2026, 0, 1)).toISOString(),
  ...{ bank: "exam", question, response: { text: "1" }, fraction: 1, points: 2 },
});

const lineOf = (question: string): string => writeLog(readLog(JSON.stringify(answer(question))));

async function known(folder: KeptFolder): Promise<Set<string>> {
  const store = createProgressStore(folder, "reader", () => undefined);
  await store.load();
  return new Set(store.log().map(({ attempt, text }) => attempt?.question ?? text));
}

const fill = (folder: KeptFolder, name: string, count: number): Promise<unknown> =>
  Promise.all(
    Array.from({ length: count }, (_none, place) =>
      writeWhole(folder, `${name}-${place}.jsonl`, lineOf(`${name}-${place}`)),
    ),
  );

/** A window: says each answer that was confirmed, one a line. */
async function answerUntilKilled(path: string, name: string): Promise<void> {
  const folder = diskFolder(path);
  const store = createProgressStore(folder, name, () => undefined);
  const tidy = async (): Promise<void> => {
    for (let round = 0; ; round++) {
      await compactProgress(folder, `${name}-`, (place) => `${name}.${round}.${place}.jsonl`).catch(() => undefined);
      await fill(folder, `${name}.fill${round}`, mostFiles / 2);
    }
  };
  void tidy();
  for (let count = 0; ; count++) {
    await store.add(answer(`${name}/${count}`));
    writeSync(1, `${name}/${count}\n`);
  }
}

const child = windowArguments();
if (child) void answerUntilKilled(child[0]!, child[1]!);
else
  describe("progress under a crash", () => {
    it("has every confirmed answer after the end at any of its writes", async () => {
      const names = Array.from({ length: mostFiles + 2 }, (_none, place) => `past-${place}`);
      const { lost, deaths } = await killedAnywhere({
        past: Object.fromEntries(names.map((name) => [`${name}.jsonl`, lineOf(name)])),
        work: async (folder, confirm) => {
          for (const name of names) confirm(name);
          const [a, b] = ["a", "b"].map((name) => createProgressStore(folder, name, () => undefined));
          const add = async (store: typeof a, question: string): Promise<void> => {
            await store!.add(answer(question));
            confirm(question);
          };
          await add(a, "a1");
          await Promise.all([
            compactProgress(folder, "b", (place) => `b.${place}.jsonl`),
            add(a, "a2").then(() => add(a, "a3")),
            add(b, "b1"),
          ]);
        },
        known: async (folder) => [...(await known(folder))],
      });
      assert.deepEqual(lost, []);
      assert.isAbove(deaths, mostFiles, "the end came in the middle as well");
    });

    it("finds what an earlier version was killed over, when it had removed the old file before the new one had its name", async () => {
      const folder = memoryFolder(new Map([["old.jsonl.part", `${lineOf("one")}${lineOf("two").slice(0, 40)}`]]));
      assert.deepEqual([...(await known(folder))], ["one"]);
    });

    it("keeps what a newer version has written, through a merge", async () => {
      const folder = memoryFolder();
      const { files } = folder;
      await fill(folder, "past", mostFiles + 1);
      files.set("newer.jsonl", '{"version":9,"kind":"future"}\n');
      await compactProgress(folder, "own", (place) => `own.${place}.jsonl`);
      assert.lengthOf([...files.keys()], 1);
      assert.include([...(await known(folder))], '{"version":9,"kind":"future"}');
    });

    it("leaves few files alone", async () => {
      const folder = memoryFolder();
      const { files } = folder;
      await fill(folder, "past", mostFiles);
      await compactProgress(folder, "own", (place) => `own.${place}.jsonl`);
      assert.lengthOf([...files.keys()], mostFiles);
    });

    it("has every confirmed answer of two windows that are killed while they write and merge", async function () {
      this.timeout(60_000);
      const path = mkdtempSync(join(tmpdir(), "forward-pass-progress-"));
      let confirmed = 0;
      try {
        for (let round = 0; round < 12; round++) {
          await fill(diskFolder(path), `past${round}`, mostFiles);
          const said = await Promise.all(
            [`a${round}`, `b${round}`].map((name) => lifeOf(__filename, [path, name], 60 + round * 25)),
          );
          const there = await known(diskFolder(path));
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
