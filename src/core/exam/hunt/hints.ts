/** Hints for a hunt: first what to ask oneself, then where to look. Each costs a share of the whole. */
import type { GivenHint } from "../kept/hunts";
import { type Facts } from "./facts";
import { type Hunt, type HuntBug, type Hunts } from "./hunt";

const levels = [0, 1] as const;

/** The next hint about a bug that is not mended: a first one for each, then a second; none when all were given. */
export function nextHint(open: readonly number[], given: readonly GivenHint[]): GivenHint | undefined {
  for (const level of levels)
    for (const bug of open) if (!given.some((hint) => hint.bug === bug && hint.level === level)) return { bug, level };
  return undefined;
}

export function hintText(hunts: Hunts, hunt: Hunt, { bug, level }: GivenHint): string {
  const wanted = hunt.bugs[bug];
  if (!wanted) return "";
  return level === 0 ? wanted.bug.mutation.hint : `Look ${regionOf(wanted, hunt, hunts.factsOf(hunt.correct))}.`;
}

/** The innermost definition around a bug. */
function regionOf({ line }: HuntBug, { correct }: Hunt, { definitions }: Facts): string {
  const place = correct.offsetAt({ line, column: 0 }) + correct.lineAt(line).length;
  const around = [...definitions].filter(([, { span }]) => span.start <= place && place <= span.end);
  const name = around.sort(([, a], [, b]) => a.span.end - a.span.start - (b.span.end - b.span.start))[0]?.[0];
  return name === undefined ? "outside of the classes and functions" : `into ${name}`;
}
