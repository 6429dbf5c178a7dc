/** What the extension and the page “Preview” of a bank say to each other. */
import type { Handed, QuestionState } from "./question";
import type { Reading } from "../core/exam/answer";

/** The question at the cursor as its students will see it, or why there is none. */
export type PreviewState =
  | { readonly kind: "question"; readonly state: QuestionState }
  | { readonly kind: "nothing"; readonly title: string; readonly says: readonly string[] };

/** What the page can ask of the extension. Answers are tried out: nothing of them is kept. */
export interface PreviewHost {
  ready(argument: null): PreviewState;
  understand(handed: Handed): Reading;
  check(handed: Handed): PreviewState;
  /** Says where the program opens. */
  openProgram(argument: null): null;
  compare(handed: Handed): PreviewState;
  hint(argument: { readonly part?: string }): PreviewState;
  startOver(argument: null): PreviewState;
  /** Moves the cursor to the question before or behind. */
  go(step: 1 | -1): PreviewState;
  newVariant(argument: null): PreviewState;
  explain(rule: string): null;
}
