/** Halves of files that killed windows have left: swept when nobody can be writing them any more, and not before. */
import { assert } from "chai";
import { huntKind } from "../../../../src/core/exam/kept/hunts";
import { createKeptValues } from "../../../../src/core/exam/kept/keptValues";
import { createProgressStore } from "../../../../src/core/exam/kept/progressStore";
import { readLog } from "../../../../src/core/exam/progress";
import { killedAnywhere, memoryFolder } from "./folders";

const minute = 60_000;
const half = "5~3-dead.json.part";
const attempt = (question: string): string =>
  JSON.stringify({ version: 1, at: "2026-01-01T08:00:00.000Z", bank: "b", question, response: {}, fraction: 1, points: 1 }); // prettier-ignore

describe("halves of files", () => {
  it("of values are removed a minute after a window has first seen them", async () => {
    const folder = memoryFolder(new Map([[half, '{"version":1,"hi']]));
    let time = 0;
    const store = createKeptValues(folder, "a", huntKind, () => time);
    await store.keep("5", { hints: [{ bug: 0, level: 0 }] });
    time = minute - 1;
    await store.find("5");
    assert.isTrue(folder.files.has(half), "somebody may still be writing it");
    time = minute;
    await store.find("5");
    await new Promise((resolve) => setImmediate(resolve));
    assert.isFalse(folder.files.has(half));
    assert.lengthOf([...folder.files], 1, "what was finished stays");
  });

  it("of values that an earlier version left for the whole are values still", async () => {
    const folder = memoryFolder(new Map([["5.json.part", '{"version":1,"hints":[{"bug":1,"level":0}]}']]));
    let time = 0;
    const store = createKeptValues(folder, "a", huntKind, () => time);
    await store.find("5");
    time = 5 * minute;
    assert.deepEqual((await store.find("5"))?.hints, [{ bug: 1, level: 0 }]);
    assert.lengthOf([...folder.files], 1);
  });

  it("of the log are removed when their whole lines stand in another file", async () => {
    const name = "dead-1.jsonl.part";
    const text = `${attempt("one")}\n${attempt("two").slice(0, 30)}`;
    const folder = memoryFolder(new Map([[name, text]]));
    let time = 0;
    const store = createProgressStore(folder, "a", () => undefined, () => time); // prettier-ignore
    await store.load();
    assert.isTrue(folder.files.has(name));
    time = minute;
    await store.load();
    assert.isFalse(folder.files.has(name));
    const kept = [...folder.files.values()].flatMap((file) => readLog(file));
    assert.deepEqual(kept.map((line) => line.attempt?.question), ["one"]); // prettier-ignore
  });

  it("of the log are known after the end at any change of the sweeping", async () => {
    const { lost, deaths } = await killedAnywhere({
      past: { "dead-1.jsonl.part": `${attempt("one")}\n` },
      work: async (folder, confirm) => {
        confirm("one");
        let time = 0;
        const store = createProgressStore(folder, "a", () => undefined, () => time); // prettier-ignore
        await store.load();
        time = minute;
        await store.load();
      },
      known: async (folder) => {
        const store = createProgressStore(folder, "reader", () => undefined);
        await store.load();
        return store.log().map((line) => line.attempt?.question ?? line.text);
      },
    });
    assert.deepEqual(lost, []);
    assert.isAtLeast(deaths, 4);
  });

  it("of the log stay while the disk is full", async () => {
    const name = "dead-1.jsonl.part";
    const folder = memoryFolder(new Map([[name, `${attempt("one")}\n`]]));
    let time = 0;
    const store = createProgressStore(folder, "a", () => undefined, () => time); // prettier-ignore
    await store.load();
    time = minute;
    Object.assign(folder, { create: () => Promise.reject(new Error("full")) });
    await store.load();
    assert.isTrue(folder.files.has(name));
  });
});
