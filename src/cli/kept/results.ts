/**
 * Results of earlier runs. One is said again where the same program is asked the same and every file that it read, or
 * looked for in vain, is as it was: so nothing is ever out of date. What cannot be read or written is computed.
 */
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { type SourceFiles } from "../../core/python/modules";
import { keptFolder } from "./folder";
import { type Noted, digestOfText, digests } from "./noted";

export interface KeptResults<Result> {
  /** The result of this subject; undefined where there is none that still holds. */
  recall(subject: string): Result | undefined;
  /** `read` is all that the result was computed from, beside what the results are about. */
  keep(subject: string, result: Result, read: readonly Noted[]): void;
}

interface Entry<Result> {
  readonly about: string;
  readonly read: readonly Noted[];
  readonly result: Result;
}

/** `command` names the kind of result; `words` are plain data that every result depends on, such as settings. */
export function keptResults<Result>(command: string, words: unknown, files: SourceFiles): KeptResults<Result> {
  const folder = keptFolder();
  const about = digestOfText(program(), JSON.stringify([files.roots, words]));
  const digestOf = digests(files);
  // One file a subject: what another program or other settings have left is written over.
  const place = (subject: string): string => join(folder, digestOfText(command, process.cwd(), subject).slice(0, 32));
  return {
    recall: (subject) => {
      const entry = readEntry<Result>(place(subject));
      const holds = entry?.about === about && entry.read.every(([path, digest]) => digestOf(path) === digest);
      return holds ? entry.result : undefined;
    },
    keep: (subject, result, read) => {
      writeEntry<Result>(folder, place(subject), { about, read, result });
    },
  };
}

/** What tells this build of the program from others: the names of its parts, which its beginnings load, are their digests. */
function program(): string {
  const beginnings = ["cli.js", "thread.js"].map((name) => readFileSync(join(__dirname, name), "utf8"));
  const grammar = statSync(join(__dirname, "tree-sitter-python.wasm"));
  return [...beginnings, process.version, grammar.size, grammar.mtimeMs].join("\n");
}

function readEntry<Result>(path: string): Entry<Result> | undefined {
  try {
    return deserialize(readFileSync(path)) as Entry<Result>;
  } catch {
    return undefined;
  }
}

/** Written beside its place and then moved there: another process that reads meanwhile finds it whole or not at all. */
function writeEntry<Result>(folder: string, path: string, entry: Entry<Result>): void {
  try {
    // Results quote the code that they are about, which is nobody else's to read.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const draft = `${path}.${process.pid}.draft`;
    writeFileSync(draft, serialize(entry));
    renameSync(draft, path);
    sweep(folder);
  } catch {
    // A disk that is full or may not be written to: the result has been said, and is computed again next time.
  }
}

const day = 24 * 60 * 60 * 1000;
const longestKept = 30 * day;
let isSwept = false;

/** Once a day takes away what was kept a month ago. */
function sweep(folder: string): void {
  if (isSwept) return;
  isSwept = true;
  const mark = join(folder, "swept");
  const ageOf = (path: string): number =>
    Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity);
  if (ageOf(mark) < day) return;
  writeFileSync(mark, "");
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (ageOf(path) > longestKept) rmSync(path, { force: true });
  }
}
