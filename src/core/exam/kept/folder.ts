/** A folder as the stores see it, and how a file gets into it so that nobody ever takes half of it for the whole. */

/** Every function may fail. None of them replaces a file: that is more than one step on some disks, editors' included. */
export interface KeptFolder {
  /** The names of its files; none where there is no such folder yet. */
  readonly list: () => Promise<readonly string[]>;
  readonly read: (name: string) => Promise<string>;
  /** Writes a file; whoever is stopped in the middle, or finds the disk full, leaves a part of it. */
  readonly create: (name: string, text: string) => Promise<void>;
  /** In one step, to a name that nobody has; fails where there is no such file (any more). */
  readonly rename: (name: string, to: string) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
}

const unfinished = ".part";

/** Writes a new file in full, under a name that no window uses twice. */
export async function writeWhole(folder: KeptFolder, name: string, text: string): Promise<void> {
  const partial = `${name}${unfinished}`;
  try {
    await folder.create(partial, text);
    await folder.rename(partial, name);
  } catch (error) {
    // On a full disk the half takes up what little room there is.
    await folder.remove(partial).catch(() => undefined);
    throw error;
  }
}
