/** One answer, from the student's input to its grade: what every kind of answer speaks. */
import type { Span } from "../text/source";

/** How an answer is given: one line of text, one option, any number of options, a free text, or a program in an editor. */
export type InputKind = "line" | "one" | "many" | "text" | "code";

/**
 * What a student hands in for one part. Plain data, so that it can be logged and read back.
 * `line` and `text` inputs fill `text`, and `code` its program; options are their places in the bank's order, from 0;
 * `ticked` are the rubric items that the student granted after seeing the model answer.
 */
export interface Response {
  readonly text?: string;
  readonly chosen?: readonly number[];
  readonly ticked?: readonly number[];
}

/** How an input was understood, shown before grading. All texts are Markdown with `$…$`. */
export type Reading =
  | { readonly state: "empty" }
  /** `note` says what was tolerated ("the leading ones are left out"). */
  | { readonly state: "read"; readonly echo: string; readonly note?: string }
  /** `span`: the offending stretch of the input. */
  | { readonly state: "unreadable"; readonly problem: string; readonly span?: Span }
  /** The input has several meanings: ask, and put the chosen `text` in its place. */
  | { readonly state: "ambiguous"; readonly ask: string; readonly meanings: readonly Meaning[] };

export interface Meaning {
  readonly text: string;
  readonly echo: string;
}

/** The result of grading one part. `feedback` holds short Markdown paragraphs. */
export type Grade =
  /** `fraction` of the part's points, 0 to 1. */
  | { readonly state: "graded"; readonly fraction: number; readonly feedback: readonly string[] }
  /** Not an attempt: nothing is taken off and nothing is logged. */
  | { readonly state: "unreadable"; readonly problem: string }
  /** No machine can decide: the student compares with the model answer and ticks the rubric. */
  | { readonly state: "self"; readonly feedback: readonly string[] };

/** One thing a marker looks for, with the points it gives (negative: takes away). */
export interface RubricItem {
  readonly points: number;
  /** Markdown. */
  readonly text: string;
}

/** One option of a choice. */
export interface ChoiceOption {
  /** Markdown. */
  readonly text: string;
  readonly correct: boolean;
  /** Markdown: why it is right or wrong; shown after grading. */
  readonly reason: string;
}
