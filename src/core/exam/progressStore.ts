/**
 * The progress of a student in a folder that several windows share. Each window writes a file of its own and reads
 * those of all, so none can overwrite another's; a file is replaced as a whole, so a crash leaves the old one or the new.
 */
import { mergeLogs, readLog, writeLog, type Attempt, type ProgressLog } from "./progress";

/** The folder; its functions may fail. */
export interface ProgressFolder {
  /** The names of its files; none where there is no such folder yet. */
  readonly list: () => Promise<readonly string[]>;
  readonly read: (name: string) => Promise<string>;
  /** Writes a file in one step: nobody ever sees half of it. */
  readonly replace: (name: string, text: string) => Promise<void>;
  /** In one step; fails where there is no such file (any more). */
  readonly rename: (name: string, to: string) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
}

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

/** `own`: the name of this window's file, which no other window uses. `changed` is called when the log has grown. */
export function createProgressStore(folder: ProgressFolder, own: string, changed: () => void): ProgressStore {
  let all: ProgressLog = [];
  let mine: ProgressLog = [];
  let writing: Promise<void> = Promise.resolve();

  const take = (more: ProgressLog): void => {
    const before = all.length;
    all = mergeLogs(all, more);
    if (all.length !== before) changed();
  };

  const save = (): Promise<void> => {
    // One after the other, and each writes everything: the last one to end is the most complete.
    const next = writing.catch(() => undefined).then(() => folder.replace(own, writeLog(mine)));
    writing = next;
    return next;
  };

  const merge = (more: ProgressLog): Promise<void> => {
    mine = mergeLogs(mine, more);
    take(more);
    return save();
  };

  return {
    log: () => all,
    load: async () => {
      for (let attempt = 0; attempt < mostAttempts; attempt++) {
        const names = await folder.list().catch(() => []);
        const texts = await Promise.all(names.map((name) => folder.read(name).catch(() => undefined)));
        take(texts.flatMap((text) => readLog(text ?? "")));
        if (!texts.includes(undefined)) return;
      }
    },
    add: (attempt) => merge(readLog(JSON.stringify(attempt))),
    merge,
    save,
  };
}
