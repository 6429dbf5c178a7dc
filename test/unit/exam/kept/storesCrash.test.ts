/**
 * What is kept beside the progress, written while windows are killed: sittings of exams, drafts, programs, hunts. This
 * file is also the program of such a window: started with a folder, it sits an exam until somebody kills it.
 */
import { mkdtempSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { draftKind, type Drafts } from "../../../../src/core/exam/kept/drafts";
import { examKind } from "../../../../src/core/exam/kept/exams";
import type { KeptFolder } from "../../../../src/core/exam/kept/folder";
import { huntKind, type HuntProgress } from "../../../../src/core/exam/kept/hunts";
import { createKeptValues, type KeptKind, type KeptValues } from "../../../../src/core/exam/kept/keptValues";
import { programKind } from "../../../../src/core/exam/kept/programs";
import { answerPart, type MockExam } from "../../../../src/core/exam/mock";
import { diskFolder, fill, fullDisk, killedAnywhere, lifeOf, memoryFolder, windowArguments } from "./folders";

const begun: MockExam = {
  ...{ version: 1, id: "e", bank: "b", minutes: 60, begun: "2026-01-01T08:00:00.000Z", used: 0, at: 0 },
  ...{ responses: {}, flagged: [] },
};
let clock = Date.UTC(2026, 0, 1, 9);
const now = (): Date => new Date((clock += 1000));

/** How a store is tried: each change adds something that can be found again. */
interface Trial<Value> {
  readonly kind: KeptKind<Value>;
  /** The file of the days when each value had one. */
  readonly old: readonly [name: string, text: string];
  readonly id: string;
  /** The value with one thing more in it, `window/3`. */
  readonly add: (before: Value | undefined, what: string) => Value;
  readonly whatIsIn: (value: Value) => readonly string[];
  /** Where two windows write the same value, the last one counts, as with files. */
  readonly lastCounts?: true;
}

const exams: Trial<MockExam> = {
  kind: examKind,
  old: ["e.json", JSON.stringify({ ...begun, responses: { old: { answer: { text: "yes" } } } })],
  id: "e",
  add: (before = begun, what) => answerPart(before, what, "answer", { text: what }, now()),
  whatIsIn: ({ responses }) => Object.keys(responses),
};

const drafts: Trial<Drafts> = {
  kind: draftKind,
  old: ["exam%2Fone.json", JSON.stringify({ version: 1, parts: { old: { at: "2026-01-01", response: {} } } })],
  id: "exam/one",
  add: (before, what) => ({ ...before, [what]: { at: now().toISOString(), response: { text: what } } }),
  whatIsIn: (parts) => Object.keys(parts),
};

const hunts: Trial<HuntProgress> = {
  kind: huntKind,
  old: ["5.json", JSON.stringify({ version: 1, hints: [{ bug: 0, level: 0 }] })],
  id: "5",
  add: (before, what) => ({ hints: [...(before?.hints ?? []), { bug: what.startsWith("a") ? 1 : 2, level: Number(what.slice(2)) as 0 }] }), // prettier-ignore
  whatIsIn: ({ hints }) => hints.map(({ bug, level }) => (bug === 0 ? "old" : `${bug === 1 ? "a" : "b"}/${level}`)),
};

const programs: Trial<string> = {
  kind: programKind,
  old: ["code%2Fmend%2Fanswer.py", "old\n"],
  id: "code/mend/answer",
  add: (before = "", what) => `${before}${what}\n`,
  whatIsIn: (text) => text.split("\n").slice(0, -1),
  lastCounts: true,
};

/** Changes a value three times, one after the other. */
async function write<Value>(
  store: KeptValues<Value>,
  { id, add }: Trial<Value>,
  name: string,
  confirm: (what: string) => void,
): Promise<void> {
  let value = await store.find(id);
  for (let count = 0; count < 3; count++) {
    const what = `${name}/${count}`;
    value = await store.keep(id, add(value, what));
    confirm(what);
  }
}

function itIsKept<Value>(title: string, trial: Trial<Value>): void {
  const { kind, old, id, add, whatIsIn } = trial;
  const open = (folder: KeptFolder, name: string) => createKeptValues(folder, name, kind);
  const known = async (folder: KeptFolder): Promise<readonly string[]> => {
    const value = await open(folder, "reader").find(id);
    return value === undefined ? [] : whatIsIn(value);
  };

  describe(title, () => {
    it("have everything that was confirmed after the end at any change, of an older version's file as well", async () => {
      const { lost, deaths } = await killedAnywhere({
        past: { [old[0]]: old[1] },
        work: async (folder, confirm) => {
          confirm("old");
          await write(open(folder, "a"), trial, "a", confirm);
        },
        known,
      });
      assert.deepEqual(lost, []);
      assert.isAbove(deaths, 10);
    });

    it(`lose nothing of two windows at once${trial.lastCounts ? " but what one of them has saved over" : ""}`, async () => {
      const { lost } = await killedAnywhere({
        past: { [old[0]]: old[1] },
        work: async (folder, confirm) => {
          confirm("old");
          const names = ["a", "b"];
          await Promise.all(names.map((name) => write(open(folder, name), trial, name, confirm)));
        },
        known: async (folder, confirmed) => {
          const there = await known(folder);
          const last = ["a", "b"].map((name) => confirmed.filter((what) => what.startsWith(name)).at(-1) ?? "old");
          return trial.lastCounts && last.some((what) => there.includes(what)) ? confirmed : there;
        },
      });
      assert.deepEqual(lost, []);
    });

    it("leave one file, when no window was killed", async () => {
      const folder = memoryFolder(new Map([old]));
      await write(open(folder, "a"), trial, "a", () => undefined);
      assert.lengthOf([...folder.files], 1);
    });

    it("say that the disk is full, keep what was confirmed, and write the rest at the next chance", async () => {
      const folder = memoryFolder();
      const store = open(folder, "a");
      const first = await store.keep(id, add(undefined, "a/0"));
      const empty = fill(folder);
      const problem = await store.keep(id, add(first, "a/1")).catch((error: unknown) => error);
      assert.equal(problem, fullDisk);
      assert.deepEqual([...(await known(folder))], ["a/0"]);
      assert.deepEqual(whatIsIn((await store.find(id))!), ["a/0", "a/1"], "this window knows it all the same");
      assert.lengthOf([...folder.files], 1, "no half of a file takes up the room");
      empty();
      await store.keep(id, add(await store.find(id), "a/2"));
      assert.deepEqual([...(await known(folder))], ["a/0", "a/1", "a/2"]);
    });

    if (kind.ending === ".json")
      it("leave alone what a newer version has written, and do not read it for their own", async () => {
        const [newer, text] = [`${encodeURIComponent(id)}~9-tomorrow.json`, '{"version":9}'];
        const folder = memoryFolder(new Map([[newer, text]]));
        const store = open(folder, "a");
        await store.keep(id, add(undefined, "a/0"));
        assert.deepEqual(await known(folder), ["a/0"]);
        await store.remove(id);
        assert.deepEqual([...folder.files], [[newer, text]]);
      });

    it("are gone when they were removed, and not before", async () => {
      const { lost } = await killedAnywhere({
        work: async (folder, confirm) => {
          const store = open(folder, "a");
          await store.keep(id, add(undefined, "a/0"));
          confirm("a/0");
          await store.remove(id);
          assert.isUndefined(await store.find(id));
          await store.keep(id, add(undefined, "a/1"));
          confirm("a/1");
        },
        known: async (folder, confirmed) => {
          const there = await known(folder);
          // Removed on demand.
          return there.length === 0
            ? confirmed.filter((what) => what === "a/0")
            : [...there, ...(there.includes("a/1") ? ["a/0"] : [])];
        },
      });
      assert.deepEqual(lost, []);
    });
  });
}

/** A window: says each answer that was confirmed, one a line. */
async function sitUntilKilled(path: string, name: string): Promise<void> {
  const store = createKeptValues(diskFolder(path), name, examKind);
  let exam = (await store.find("e")) ?? begun;
  for (let count = 0; ; count++) {
    exam = await store.keep("e", exams.add(exam, `${name}/${count}`));
    writeSync(1, `${name}/${count}\n`);
  }
}

const child = windowArguments();
if (child) void sitUntilKilled(child[0]!, child[1]!);
else
  describe("what is kept under a crash", () => {
    itIsKept("sittings of exams", exams);
    itIsKept("drafts", drafts);
    itIsKept("hunts", hunts);
    itIsKept("programs", programs);

    it("has every confirmed answer of two windows that sit the same exam and are killed", async function () {
      this.timeout(60_000);
      const path = mkdtempSync(join(tmpdir(), "forward-pass-exams-"));
      const said: string[] = [];
      try {
        for (let round = 0; round < 6; round++) {
          const lives = ["a", "b"].map((name) => lifeOf(__filename, [path, `${name}${round}`], 40 + round * 40));
          said.push(...(await Promise.all(lives)).flat());
          const exam = await createKeptValues(diskFolder(path), "reader", examKind).find("e");
          assert.deepEqual(said.filter((what) => !exam?.responses[what]), [], `round ${round}`); // prettier-ignore
        }
      } finally {
        rmSync(path, { recursive: true, force: true });
      }
      assert.isAbove(said.length, 50);
    });
  });
