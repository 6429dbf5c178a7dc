/**
 * One cause that is seen from two files is reported in one of them: the loss that is given probabilities, and the softmax
 * that makes them.
 */
import { type Diagnostic } from "../text/diagnostic";

export interface Causes {
  /** Whether no other file says the same already: at the other end, or about a place that both name. */
  readonly take: (path: string, found: Diagnostic) => boolean;
}

/** `absolute` gives paths the form in which they are compared. */
export function createCauses(absolute: (path: string) => string = (path) => path): Causes {
  const taken = new Map<string, string>();
  return {
    take: (path, { rule, span, related }) => {
      const own = absolute(path);
      const places = [
        { path: own, span },
        ...related.map((each) => ({ path: absolute(each.path ?? own), span: each.span })),
      ];
      const keyed = places.map((place) => ({
        ...place,
        key: `${rule} ${place.path} ${place.span.start}-${place.span.end}`,
      }));
      // Two mistakes may have a place in a third file in common.
      const isTaken = keyed.some((place) => {
        const by = taken.get(place.key);
        return by !== undefined && by !== own && (place.path === by || place.path === own);
      });
      if (!isTaken) for (const { key } of keyed) if (!taken.has(key)) taken.set(key, own);
      return !isTaken;
    },
  };
}
