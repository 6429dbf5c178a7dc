/**
 * Values in a folder that windows share, such as the sittings of exams. Each state of a value is a new file; the files
 * that it takes the place of are removed after it stands there in full. So at any moment what was confirmed is in some
 * file, and where two windows write the same value, both files stay until somebody joins them.
 */
import { type KeptFolder, writeWhole } from "./folder";
import { createLeftovers } from "./leftovers";

/** How a value is written. */
export interface KeptKind<Value> {
  /** Of the files' names, such as `.json`. */
  readonly ending: string;
  /** Undefined for what this version cannot read: such a file is left alone. */
  readonly read: (text: string) => Value | undefined;
  readonly write: (value: Value) => string;
  /** What two states of the same value say together; the second one was written later, as far as anybody knows. */
  readonly join: (earlier: Value, later: Value) => Value;
}

export interface KeptValues<Value> {
  /** Rejects where the folder cannot be read: nobody takes that for nothing. */
  readonly find: (id: string) => Promise<Value | undefined>;
  /** For lists: of a folder that cannot be read, what this window has. */
  readonly all: () => Promise<ReadonlyMap<string, Value>>;
  /**
   * Resolves, when it is on the disk, to what is kept: the value joined with what other windows have written. Rejects
   * when it cannot be written; it then counts in this window all the same, and is written with the next one.
   */
  readonly keep: (id: string, value: Value) => Promise<Value>;
  /** `when`: only a value that is like this, as all windows have written it. */
  readonly remove: (id: string, when?: (value: Value) => boolean) => Promise<void>;
  /** Grows with every state that is written; 0 where there is none. */
  readonly version: (id: string) => Promise<number>;
}

/** A state on the disk. */
interface KeptFile {
  readonly name: string;
  readonly id: string;
  /** 0 for a file of the days when each value had a single one, -1 for what was left of it by a crash. */
  readonly version: number;
}

/** A file that has vanished since the folder was listed has been joined into another one: then it is listed again. */
const mostAttempts = 5;

/** `token`: letters, digits and hyphens that no other window has. */
export function createKeptValues<Value>(
  folder: KeptFolder,
  token: string,
  { ending, read, write, join }: KeptKind<Value>,
  now?: () => number,
): KeptValues<Value> {
  /** What could not be written yet. */
  const unsaved = new Map<string, Value>();
  const turns = new Map<string, Promise<unknown>>();

  const isHalf = (name: string): boolean => name.endsWith(`${ending}.part`) && fileOf(name, ending) === undefined;
  const leftovers = createLeftovers(folder, isHalf, now);

  const filesIn = async (): Promise<KeptFile[]> => {
    const names = await folder.list();
    void leftovers.sweep(names);
    const files = names.flatMap((name) => fileOf(name, ending) ?? []);
    return files.sort((a, b) => a.version - b.version || (a.name < b.name ? -1 : 1));
  };
  const readFiles = async (id: string | undefined): Promise<{ file: KeptFile; value: Value | undefined }[]> => {
    for (let attempt = 1; ; attempt++) {
      const files = (await filesIn()).filter((file) => id === undefined || file.id === id);
      const texts = await Promise.all(files.map(({ name }) => folder.read(name).catch(() => undefined)));
      if (!texts.includes(undefined) || attempt === mostAttempts)
        return files.map((file, place) => {
          const text = texts[place];
          return { file, value: text === undefined ? undefined : read(text) };
        });
    }
  };
  const joined = (values: readonly (Value | undefined)[]): Value | undefined =>
    values.reduce((before, value) => (value === undefined ? before : before === undefined ? value : join(before, value)), undefined); // prettier-ignore

  const writeNewest = async (id: string): Promise<Value> => {
    const mine = unsaved.get(id);
    const before = await readFiles(id);
    const value = joined([...before.map((each) => each.value), mine]);
    if (value === undefined) throw new Error(`Nothing is kept of “${id}”.`);
    // An earlier turn has written it together with its own.
    if (mine === undefined) return value;
    const version = Math.max(0, ...before.map(({ file }) => file.version)) + 1;
    await writeWhole(folder, `${encoded(id)}~${version}-${token}${ending}`, write(value));
    if (unsaved.get(id) === mine) unsaved.delete(id);
    for (const each of before) if (each.value !== undefined) await folder.remove(each.file.name).catch(() => undefined);
    return value;
  };
  const inTurn = <Result>(id: string, act: () => Promise<Result>): Promise<Result> => {
    const next = (turns.get(id) ?? Promise.resolve()).catch(() => undefined).then(act);
    turns.set(id, next);
    return next;
  };

  return {
    find: async (id) => joined([...(await readFiles(id)).map(({ value }) => value), unsaved.get(id)]),
    all: async () => {
      const found = new Map<string, Value>();
      const take = (id: string, value: Value | undefined): void => {
        const whole = joined([found.get(id), value]);
        if (whole !== undefined) found.set(id, whole);
      };
      for (const { file, value } of await readFiles(undefined).catch(() => [])) take(file.id, value);
      for (const [id, value] of unsaved) take(id, value);
      return found;
    },
    keep: (id, value) => {
      unsaved.set(id, joined([unsaved.get(id), value])!);
      return inTurn(id, () => writeNewest(id));
    },
    remove: (id, when = () => true) =>
      inTurn(id, async () => {
        const files = await readFiles(id);
        const value = joined([...files.map((each) => each.value), unsaved.get(id)]);
        if (value === undefined || !when(value)) return;
        unsaved.delete(id);
        // The newest one last: whoever is stopped in the middle finds that.
        for (const each of files) if (each.value !== undefined) await folder.remove(each.file.name);
      }),
    version: async (id) => Math.max(0, ...(await filesIn()).map((file) => (file.id === id ? file.version : 0))),
  };
}

/** A name for every disk: what `encodeURIComponent` leaves as it is beyond letters and digits is escaped as well. */
const encoded = (id: string): string =>
  encodeURIComponent(id).replace(/[~*'()!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Undefined for what is no file of a value. */
function fileOf(name: string, ending: string): KeptFile | undefined {
  const left = [`.part${ending}`, `${ending}.part`].find((end) => name.endsWith(end));
  if (left === undefined && !name.endsWith(ending)) return undefined;
  const stem = name.slice(0, -(left ?? ending).length);
  const [, own, version] = /^(.*)~(\d+)-[a-zA-Z\d-]+$/.exec(stem) ?? [];
  // A window is just writing it, or never came to its end.
  if (left !== undefined && own !== undefined) return undefined;
  return { name, id: decoded(own ?? stem), version: left === undefined ? Number(version ?? 0) : -1 };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
