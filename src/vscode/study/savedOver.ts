/**
 * Two windows with the same program. The editor asks before it writes over what another window has saved, but it goes by
 * the size of the file: where that is the same it would write without a word.
 */
import * as vscode from "vscode";

export interface SavedOver {
  /** What this window has read or written last of a program. */
  readonly seen: (name: string, size: number) => Promise<void>;
  /** Throws, once for each state, where another window has saved one of the same size since. */
  readonly check: (name: string, sizeNow: () => Promise<number>) => Promise<void>;
}

export function createSavedOver(version: (name: string) => Promise<number>): SavedOver {
  const known = new Map<string, { readonly version: number; readonly size: number }>();
  const seen = async (name: string, size: number): Promise<void> => {
    known.set(name, { version: await version(name), size });
  };
  return {
    seen,
    check: async (name, sizeNow) => {
      const before = known.get(name);
      if (!before || (await version(name)) <= before.version || (await sizeNow()) !== before.size) return;
      await seen(name, before.size);
      throw vscode.FileSystemError.Unavailable(
        "Another window has saved this program in the meantime. Save again to put yours in its place.",
      );
    },
  };
}
