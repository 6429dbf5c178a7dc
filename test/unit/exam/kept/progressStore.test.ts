/** Progress in a folder that windows share: nothing that was confirmed is ever lost. */
import { assert } from "chai";
import type { KeptFolder } from "../../../../src/core/exam/kept/folder";
import { createProgressStore } from "../../../../src/core/exam/kept/progressStore";
import { readLog, type Attempt } from "../../../../src/core/exam/progress";
import { fill, fullDisk, memoryFolder, type MemoryFolder } from "./folders";

const attempt = (question: string, second = 0): Attempt => ({
  version: 1,
  at: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
  ...{ bank: "exam", question, response: { text: "1" }, fraction: 1, points: 2 },
});

/** A folder in memory whose changes take their time. */
function disk(): MemoryFolder {
  const folder = memoryFolder();
  folder.before = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
  return folder;
}

const windowOn = (folder: KeptFolder, name: string, changed = (): void => undefined) =>
  createProgressStore(folder, name, changed);

/** What a window that is opened now knows. */
async function knownIn(folder: KeptFolder): Promise<string[]> {
  const store = windowOn(folder, "reader");
  await store.load();
  return store.log().map((line) => line.attempt?.question ?? line.text);
}

describe("the store of the progress", () => {
  it("keeps answers for the next window", async () => {
    const folder = disk();
    const store = windowOn(folder, "a");
    await store.add(attempt("one", 1));
    await store.add(attempt("two", 2));
    assert.deepEqual(await knownIn(folder), ["one", "two"]);
  });

  it("loses nothing of two windows that write at the same time", async () => {
    const folder = disk();
    const [a, b] = [windowOn(folder, "a"), windowOn(folder, "b")];
    const names = Array.from({ length: 20 }, (_none, place) => String(place).padStart(2, "0"));
    await Promise.all(names.map((name, place) => (place % 2 === 0 ? a : b).add(attempt(name, place))));
    assert.deepEqual(await knownIn(folder), names);
  });

  it("shows the answers of another window after loading, and says so once", async () => {
    const folder = disk();
    let changes = 0;
    const a = windowOn(folder, "a", () => changes++);
    await windowOn(folder, "b").add(attempt("theirs"));
    await a.load();
    await a.load();
    assert.deepEqual(a.log().map((line) => line.attempt?.question), ["theirs"]); // prettier-ignore
    assert.equal(changes, 1);
  });

  it("knows an answer at once, before it is written", () => {
    const store = windowOn(disk(), "a");
    void store.add(attempt("one"));
    assert.equal(store.log()[0]?.attempt?.question, "one");
  });

  it("says when it cannot write, and writes everything at the next chance", async () => {
    const folder = disk();
    const store = windowOn(folder, "a");
    const empty = fill(folder);
    const problem = await store.add(attempt("one", 1)).catch((error: unknown) => error);
    assert.equal(problem, fullDisk);
    assert.isEmpty([...folder.files], "no half of a file takes up the room");
    empty();
    await store.add(attempt("two", 2));
    assert.deepEqual(await knownIn(folder), ["one", "two"]);
  });

  it("writes again when it is asked to", async () => {
    const folder = disk();
    const store = windowOn(folder, "a");
    const empty = fill(folder);
    await store.add(attempt("one")).catch(() => undefined);
    empty();
    await store.save();
    assert.deepEqual(await knownIn(folder), ["one"]);
  });

  it("reads what a crash, a newer version and a foreign hand have left", async () => {
    const folder = disk();
    await windowOn(folder, "a").add(attempt("one"));
    folder.files.set("newer.jsonl", '{"version":9,"kind":"future"}\n');
    folder.files.set("torn.jsonl", '{"version":1,"at":"2026-');
    const list = async (): Promise<readonly string[]> => [...(await folder.list()), "vanished.jsonl"];
    const known = await knownIn({ ...folder, list });
    assert.include(known, "one");
    assert.include(known, '{"version":9,"kind":"future"}');
  });

  it("takes in what was kept elsewhere, once, for the next window as well", async () => {
    const folder = disk();
    const store = windowOn(folder, "a");
    await store.add(attempt("one", 1));
    await store.merge(readLog([attempt("one", 1), attempt("two", 2)].map((each) => JSON.stringify(each)).join("\n")));
    assert.lengthOf(store.log(), 2);
    assert.deepEqual(await knownIn(folder), ["one", "two"]);
  });

  it("looks again where a file was merged into another one while it was reading", async () => {
    const folder = disk();
    await windowOn(folder, "a").add(attempt("one"));
    let first = true;
    const read = async (name: string): Promise<string> => {
      if (first) await folder.rename(name, "merged.jsonl");
      first = false;
      return folder.read(name);
    };
    assert.deepEqual(await knownIn({ ...folder, read }), ["one"]);
  });

  it("starts empty where there is no folder yet", async () => {
    const none = { ...disk(), list: () => Promise.reject(new Error("There is no folder.")) };
    assert.deepEqual(await knownIn(none), []);
  });
});
