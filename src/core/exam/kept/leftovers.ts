/** Halves of files that killed windows have left: they are swept when they have not changed their name for a minute. */
import type { KeptFolder } from "./folder";

/** Writing takes milliseconds; whoever needs longer than this, or was asleep, writes again under another name. */
const minute = 60_000;

export interface Leftovers {
  /** The names that this window has known for so long that nobody is still writing them. */
  readonly dead: (names: readonly string[]) => readonly string[];
  readonly sweep: (names: readonly string[]) => Promise<void>;
}

/** `isHalf` tells by the name: no two files that are written bear the same one. */
export function createLeftovers(
  folder: KeptFolder,
  isHalf: (name: string) => boolean,
  now: () => number = Date.now,
): Leftovers {
  let known = new Map<string, number>();
  const dead = (names: readonly string[]): readonly string[] => {
    const time = now();
    known = new Map(names.filter(isHalf).map((name) => [name, known.get(name) ?? time]));
    return [...known].filter(([, since]) => time - since >= minute).map(([name]) => name);
  };
  return {
    dead,
    sweep: async (names) => {
      for (const name of dead(names)) await folder.remove(name).catch(() => undefined);
    },
  };
}
