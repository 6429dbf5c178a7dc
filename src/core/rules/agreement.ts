/**
 * What several runs together say of one file. A mistake in a function that several programs use is there for each of them;
 * where one of them is right with it, nobody knows which of the two is meant, and nothing is said. A program that trains
 * nothing has no say in what training shows: that it only asks a model for predictions makes no loss right.
 */
import { type Diagnostic } from "../text/diagnostic";
import { type Elsewhere, type Shown } from "./elsewhere";

/** What a file shows of itself when it is run. */
export interface Own {
  readonly found: readonly Diagnostic[];
  /** Where the functions begin that its own statements call. */
  readonly ran: readonly number[];
  readonly trains: boolean;
}

/** What other files' runs find that the file does not find of itself; once, whatever number of them finds it. */
export function foundElsewhere(
  own: Own | undefined,
  runs: readonly Pick<Elsewhere, "shown" | "ran" | "trains">[],
): Diagnostic[] {
  const known = new Set(own?.found.map(keyOf));
  const voices = runs.map(({ shown, ran, trains }) => ({
    ran: new Set(ran),
    keys: new Set(shown.map(shownKey)),
    trains,
  }));
  if (own) voices.push({ ran: new Set(own.ran), keys: known, trains: own.trains });
  const found = new Map<string, Diagnostic>();
  for (const { shown, trains } of runs)
    for (const one of shown) {
      const key = shownKey(one);
      const isRight = (voice: (typeof voices)[number]): boolean =>
        one.inside !== undefined && voice.ran.has(one.inside) && !voice.keys.has(key) && (voice.trains || !trains);
      if (!known.has(key) && !found.has(key) && !voices.some(isRight)) found.set(key, one.diagnostic);
    }
  return [...found.values()];
}

function shownKey({ diagnostic }: Shown): string {
  return keyOf(diagnostic);
}

function keyOf({ rule, span }: Diagnostic): string {
  return `${rule} ${span.start}-${span.end}`;
}
