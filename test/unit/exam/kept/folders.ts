/** Folders for the tests of what is kept: on the disk, in memory, full, and such that end with the process that writes in them. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, renameSync, unlinkSync, writeFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import type { KeptFolder } from "../../../../src/core/exam/kept/folder";

/** A folder on the disk, as the editor's is. */
export function diskFolder(path: string): KeptFolder {
  const attempt = async <Value>(work: () => Value): Promise<Value> => {
    await new Promise((resolve) => setImmediate(resolve));
    return work();
  };
  const file = (name: string): string => join(path, name);
  return {
    list: () => attempt(() => readdirSync(path)),
    read: (name) => attempt(() => readFileSync(file(name), "utf8")),
    create: async (name, text) => {
      // In two pieces, so that it can be killed between them.
      await attempt(() => { writeFileSync(file(name), text.slice(0, text.length / 2)); }); // prettier-ignore
      await attempt(() => { writeFileSync(file(name), text.slice(text.length / 2), { flag: "a" }); }); // prettier-ignore
    },
    rename: (name, to) =>
      attempt(() => {
        if (existsSync(file(to))) throw new Error(`There is a ${to} already.`);
        renameSync(file(name), file(to));
      }),
    remove: (name) => attempt(() => { unlinkSync(file(name)); }), // prettier-ignore
  };
}

export interface MemoryFolder extends KeptFolder {
  readonly files: Map<string, string>;
  /** Is called before each change; what it throws is what the disk says. A promise that stays open is a death. */
  before: () => Promise<void> | void;
}

/** A folder in memory. A file is created in two changes: half of it, and all of it. */
export function memoryFolder(files = new Map<string, string>()): MemoryFolder {
  const textOf = (name: string): string => {
    const text = files.get(name);
    if (text === undefined) throw new Error(`There is no ${name}.`);
    return text;
  };
  const change = async (work: () => void): Promise<void> => {
    await Promise.resolve();
    await made.before();
    work();
  };
  const made: MemoryFolder = {
    files,
    before: () => undefined,
    list: () => Promise.resolve([...files.keys()]),
    read: (name) => Promise.resolve().then(() => textOf(name)),
    create: async (name, text) => {
      await change(() => files.set(name, text.slice(0, text.length / 2)));
      await change(() => files.set(name, text));
    },
    rename: (name, to) =>
      change(() => {
        const text = textOf(name);
        if (files.has(to)) throw new Error(`There is a ${to} already.`);
        files.set(to, text);
        files.delete(name);
      }),
    remove: (name) =>
      change(() => {
        textOf(name);
        files.delete(name);
      }),
  };
  return made;
}

/** What a full disk says; it still removes files. */
export const fullDisk = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });

/** A disk that is full from the next half of a file on. */
export function fill(folder: MemoryFolder): () => void {
  const { create } = folder;
  const full = async (name: string, text: string): Promise<void> => {
    folder.files.set(name, text.slice(0, text.length / 3));
    await Promise.reject(fullDisk);
  };
  Object.assign(folder, { create: full });
  return () => Object.assign(folder, { create });
}

export interface Killing {
  /** What is there before. */
  readonly past?: Readonly<Record<string, string>>;
  /** Works in the folder, and confirms what it was told that is kept. */
  readonly work: (folder: KeptFolder, confirm: (what: string) => void) => Promise<void>;
  /** What a window that opens afterwards knows; throws where it cannot know that. */
  readonly known: (folder: KeptFolder, confirmed: readonly string[]) => Promise<readonly string[]>;
}

/**
 * Kills some work after its first change, after its second, and so on to its end, and returns what was confirmed and
 * is not known afterwards, with the number of changes.
 */
export async function killedAnywhere({ past = {}, work, known }: Killing): Promise<{ lost: string[]; deaths: number }> {
  const lost: string[] = [];
  for (let deaths = 0; deaths < 400; deaths++) {
    const folder = memoryFolder(new Map(Object.entries(past)));
    let changes = 0;
    const dead = new Promise<void>((resolve) => {
      folder.before = () => {
        if (changes++ < deaths) return undefined;
        resolve();
        return new Promise(() => undefined);
      };
    });
    const confirmed: string[] = [];
    const ended = await Promise.race([work(folder, (what) => confirmed.push(what)).then(() => true), dead.then(() => false)]); // prettier-ignore
    // What works beside it comes to its next change, which is its last.
    await new Promise((resolve) => setImmediate(resolve));
    const there = await known(memoryFolder(new Map(folder.files)), confirmed);
    lost.push(...confirmed.filter((what) => !there.includes(what)).map((what) => `${what}, after ${deaths} changes`));
    if (ended) return { lost, deaths };
  }
  throw new Error("The work does not come to an end.");
}

/** The arguments of this process, where it is a window that a test has started to kill it. */
export const windowArguments = (): readonly string[] | undefined =>
  process.argv[2] === "until-killed" ? process.argv.slice(3) : undefined;

/** Starts a test file as a window, kills it some time after its first line, and returns the lines that it has said. */
export function lifeOf(file: string, given: readonly string[], milliseconds: number): Promise<string[]> {
  const window = spawn(process.execPath, [file, "until-killed", ...given], { stdio: ["ignore", "pipe", "inherit"] });
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
