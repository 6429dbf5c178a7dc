/** How far a bug hunt has come, as it is kept: what one window has told or ended, the other has as well. */
import type { KeptKind } from "./keptValues";

/** A hint that was given: of which bug, by its place in the hunt, and how plain it was. */
export interface GivenHint {
  readonly bug: number;
  readonly level: 0 | 1;
}

export interface HuntProgress {
  readonly hints: readonly GivenHint[];
  readonly ended?: { readonly outcome: "solved" | "given up"; readonly fraction: number };
  /** How often it was begun anew; earlier versions did not count. */
  readonly round?: number;
}

export const huntKind: KeptKind<HuntProgress> = {
  ending: ".json",
  read: readHunt,
  write: (progress) => JSON.stringify({ version: 1, ...progress }),
  join: joinHunts,
};

function joinHunts(earlier: HuntProgress, later: HuntProgress): HuntProgress {
  const [before, after] = [earlier.round ?? 0, later.round ?? 0];
  if (before !== after) return before > after ? earlier : later;
  const ended = earlier.ended ?? later.ended;
  const key = ({ bug, level }: GivenHint): string => `${bug}/${level}`;
  const known = new Set(earlier.hints.map(key));
  const hints = [...earlier.hints, ...later.hints.filter((hint) => !known.has(key(hint)))];
  return { ...later, hints, ...(ended && { ended }) };
}

function readHunt(text: string): HuntProgress | undefined {
  try {
    const value = JSON.parse(text) as (Partial<HuntProgress> & { version?: unknown }) | null;
    if (value?.version !== 1 || !Array.isArray(value.hints)) return undefined;
    const { hints, ended, round } = value;
    return { hints, ...(ended && { ended }), ...(round !== undefined && { round }) };
  } catch {
    return undefined;
  }
}
