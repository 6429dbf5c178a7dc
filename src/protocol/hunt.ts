/** What the extension and the page “Bug hunt” say to each other. */
import type { BugState } from "../core/exam/hunt/judge";
import type { QuestionLink } from "./explain";
import type { RuleLink } from "./question";

/** One bug of the hunt, as far as it may be told. */
export interface BugRow {
  readonly state: BugState;
  /** What it is; only of a mended one, or when the hunt is over. */
  readonly rule?: RuleLink;
  /** Its line in the correct program, from 1; only when the hunt is over. */
  readonly line?: number;
  /** The hints that were given about it. */
  readonly hints: readonly string[];
}

export interface HuntState {
  readonly number: number;
  readonly title: string;
  readonly outcome: "open" | "solved" | "given up";
  /** The text is no Python, so nothing was judged. */
  readonly problem?: string;
  readonly bugs: readonly BugRow[];
  /** What was right before, one sentence each. */
  readonly broken: readonly string[];
  readonly hints: number;
  /** Of 100; what the hunt is worth as it stands. */
  readonly percent: number;
  /** The questions that teach what the bugs are about; when the hunt is over. */
  readonly questions: readonly QuestionLink[];
}

/** What the page can ask of the extension. */
export interface HuntHost {
  /** The page is there and listens. */
  ready(argument: null): HuntState;
  explain(rule: string): null;
  openQuestion(reference: string): null;
  showProgram(argument: null): null;
  showDifferences(argument: null): null;
  another(argument: null): null;
}

/** What the page keeps, to be opened again after the window was reloaded. */
export interface HuntMemory {
  readonly number: number;
}
