/**
 * The progress of a student in a folder that several windows share. Each window writes a file of its own and reads
 * those of all, so none can overwrite another's; each state is a new file, and the last one goes when that stands there.
 */
import { mergeLogs, readLog, writeLog, type Attempt, type ProgressLog } from "../progress";
import { type KeptFolder, writeWhole } from "./folder";
import { createLeftovers } from "./leftovers";

/** The ending of the files' names. */
export const logEnding = ".jsonl";

export interface ProgressStore {
  /** Everything that is known; complete after the first `load`. */
  readonly log: () => ProgressLog;
  /** Reads what other windows have written; a file that cannot be read does not take the others along. */
  readonly load: () => Promise<void>;
  /** Takes an attempt in at once and writes it. Rejects when writing fails; the attempt is then written with the next. */
  readonly add: (attempt: Attempt) => Promise<void>;
  /** Takes in what was kept elsewhere, and writes it; nothing that is known is replaced. */
  readonly merge: (more: ProgressLog) => Promise<void>;
  /** Writes again what could not be written. */
  readonly save: () => Promise<void>;
}

/** A file that has vanished since the folder was listed may have been merged into another one: then it is listed again. */
const mostAttempts = 3;

/** Whether it is the name of a file of the log. */
export const isLog = (name: string): boolean => name.endsWith(logEnding);

/** What a window was writing when it was killed, or is writing now. */
const isLeft = (name: string): boolean => name.endsWith(`${logEnding}.part`);

/** Of what is not finished, the whole lines: earlier versions removed the old file before the new one had its name. */
const linesOf = (name: string, text: string): ProgressLog =>
  isLeft(name) ? readLog(text).filter(({ attempt }) => attempt) : readLog(text);

/** `window`: what the names of this window's files begin with, and no other's. `changed` is called when the log has grown. */
export function createProgressStore(
  folder: KeptFolder,
  window: string,
  changed: () => void,
  now?: () => number,
): ProgressStore {
  const leftovers = createLeftovers(folder, isLeft, now);
  let all: ProgressLog = [];
  let mine: ProgressLog = [];
  let writing: Promise<void> = Promise.resolve();
  let last: string | undefined;
  let count = 0;

  const take = (more: ProgressLog): void => {
    const before = all.length;
    all = mergeLogs(all, more);
    if (all.length !== before) changed();
  };

  const write = async (): Promise<void> => {
    const name = `${window}-${++count}${logEnding}`;
    await writeWhole(folder, name, writeLog(mine));
    if (last !== undefined) await folder.remove(last).catch(() => undefined);
    last = name;
  };

  const save = (): Promise<void> => {
    // One after the other, and each writes everything: the last one to end is the most complete.
    const next = writing.catch(() => undefined).then(write);
    writing = next;
    return next;
  };

  const merge = (more: ProgressLog): Promise<void> => {
    mine = mergeLogs(mine, more);
    take(more);
    return save();
  };

  /** Removes halves whose windows are dead, when the whole lines in them stand in a file of this window. */
  const takeOver = async (names: readonly string[], texts: ReadonlyMap<string, string>): Promise<void> => {
    const lines = names.flatMap((name) => linesOf(name, texts.get(name) ?? ""));
    try {
      if (lines.length > 0) await merge(lines);
      for (const name of names) await folder.remove(name);
    } catch {
      // They stay, and are tried again with the next load.
    }
  };

  return {
    log: () => all,
    load: async () => {
      for (let attempt = 0; attempt < mostAttempts; attempt++) {
        const names = await folder.list().catch(() => []);
        const read = async (name: string): Promise<string | undefined> =>
          isLog(name) || isLeft(name) ? folder.read(name).catch(() => undefined) : "";
        const texts = await Promise.all(names.map(read));
        take(texts.flatMap((text, place) => linesOf(names[place]!, text ?? "")));
        if (texts.includes(undefined)) continue;
        await takeOver(leftovers.dead(names), new Map(names.map((name, place) => [name, texts[place]!])));
        return;
      }
    },
    add: (attempt) => merge(readLog(JSON.stringify(attempt))),
    merge,
    save,
  };
}
