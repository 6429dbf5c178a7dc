/**
 * What several runs together say of one file. A mistake in a function that several programs use is there for each of them;
 * where one of them is right with it, nobody knows which of the two is meant, and nothing is said.
 */
import { type Diagnostic } from "../text/diagnostic";
import { type Elsewhere, type Shown } from "./elsewhere";

/** What a file shows of itself when it is run. */
export interface Own {
  readonly found: readonly Diagnostic[];
  /** Where the functions begin that its own statements call. */
  readonly ran: readonly number[];
}

/** What other files' runs find that the file does not find of itself; once, whatever number of them finds it. */
export function foundElsewhere(own: Own | undefined, runs: readonly Pick<Elsewhere, "shown" | "ran">[]): Diagnostic[] {
  const known = new Set(own?.found.map(keyOf));
  const views = runs.map(({ shown, ran }) => ({ ran: new Set(ran), keys: new Set(shown.map(shownKey)) }));
  if (own) views.push({ ran: new Set(own.ran), keys: known });
  const found = new Map<string, Diagnostic>();
  for (const one of runs.flatMap(({ shown }) => shown)) {
    const key = shownKey(one);
    if (known.has(key) || found.has(key)) continue;
    const isDisputed = views.some(({ ran, keys }) => one.inside !== undefined && ran.has(one.inside) && !keys.has(key));
    if (!isDisputed) found.set(key, one.diagnostic);
  }
  return [...found.values()];
}

function shownKey({ diagnostic }: Shown): string {
  return keyOf(diagnostic);
}

function keyOf({ rule, span }: Diagnostic): string {
  return `${rule} ${span.start}-${span.end}`;
}
