/** Programs that students mend, as they are kept: plain Python, whose last state counts. */
import type { KeptKind } from "./keptValues";

export const programKind: KeptKind<string> = {
  ending: ".py",
  read: (text) => text,
  write: (text) => text,
  join: (_earlier, later) => later,
};
