/** What the extension and the page “Question” say to each other. */
import type { Grade, InputKind, Reading, Response } from "../core/exam/answer";
import type { Confidence } from "../core/exam/statistics";

/** Which question: one of a bank, or the variant of a drill that a seed gives. Kept by the page over a reload. */
export type QuestionPlace =
  | { readonly kind: "question"; readonly reference: string }
  | { readonly kind: "drill"; readonly reference: string; readonly seed: number };

/**
 * Questions that are answered one after the other: those that are due, or those of some topics out of turn.
 * `since`: when the question on the table was laid there, in ISO 8601; earlier answers to it are not shown.
 */
export type Round =
  | { readonly kind: "due"; readonly since: string }
  | { readonly kind: "cram"; readonly since: string; readonly topics: readonly string[] };

/** What the page keeps: where it is, and what was typed but not checked yet. */
export interface QuestionMemory {
  readonly place: QuestionPlace;
  /** The seed of the order of options. */
  readonly order: number;
  readonly round?: Round;
  readonly drafts: Readonly<Record<string, Response>>;
}

/** Everything that the page shows. Texts are Markdown with `$…$`. */
export interface QuestionState {
  readonly place: QuestionPlace;
  /** The seed of the order of options, for the page to keep. */
  readonly order: number;
  /** Absent for a question that was opened by itself. */
  readonly round?: RoundState;
  readonly bank: string;
  readonly title: string;
  readonly points: number;
  readonly topics: readonly string[];
  readonly prompt: string;
  /** Where it stands in its bank, from 1; absent for a drill. */
  readonly position?: { readonly number: number; readonly of: number };
  readonly hints: Hints;
  readonly parts: readonly PartState[];
  /** The points for the parts that were graded; absent before the first. */
  readonly result?: Result;
  /** The worked solution of the whole, once every part has been answered. */
  readonly solution?: string;
  /** Findings of the editor that this question teaches about. */
  readonly rules: readonly RuleLink[];
  /** Cheat sheets about its topics, the nearest first. */
  readonly sheets: readonly SheetLink[];
}

export interface SheetLink {
  readonly sheet: string;
  readonly title: string;
}

export interface RoundState {
  readonly round: Round;
  /** How many other questions are left. */
  readonly left: number;
}

export interface RuleLink {
  readonly rule: string;
  readonly title: string;
}

export interface Hints {
  readonly shown: readonly string[];
  readonly left: number;
}

export interface Result {
  readonly points: number;
  readonly of: number;
}

/** One answer to give. */
export interface PartState {
  readonly id: string;
  readonly prompt: string;
  readonly points: number;
  /** It is this part that is due. */
  readonly due?: boolean;
  readonly input: InputKind;
  /** What to type, for a line of text: "A shape, such as 8x3x32x32"; may be empty. */
  readonly placeholder: string;
  /** How the symbols of a formula are typed, one line each; empty for other answers. */
  readonly symbols: readonly string[];
  readonly options: readonly OptionState[];
  readonly response: Response;
  readonly hints: Hints;
  /** How the response was judged; absent before it was checked. */
  readonly verdict?: Verdict;
  /** The model answer and what to tick, once it was asked for. */
  readonly rubric?: RubricState;
  /** Right answer and worked solution, once it was graded. */
  readonly solution?: string;
}

export interface OptionState {
  /** Its place in the bank, from 0: what a response names it by. Options come in the order to show them. */
  readonly place: number;
  readonly text: string;
  /** Whether and why it is right, and whether it was chosen; only after grading. */
  readonly reason?: { readonly correct: boolean; readonly chosen: boolean; readonly text: string };
}

export type Verdict = Grade & { readonly points?: Result };

export interface RubricState {
  readonly model: string;
  readonly items: readonly { readonly points: number; readonly text: string }[];
}

/** What a student gives for one part. The place tells a late message of the last question from one of this. */
export interface Handed {
  readonly place: QuestionPlace;
  readonly part: string;
  readonly response: Response;
  /** How sure the student says to be; only where it is said. */
  readonly confidence?: Confidence;
}

/** What the page can ask of the extension; whatever changes the question is answered with its new state. */
export interface QuestionHost {
  /** The page is there and listens. */
  ready(argument: null): QuestionState;
  /** Remembers a draft and says how it is understood. */
  understand(handed: Handed): Reading;
  check(handed: Handed): QuestionState;
  /** For an open answer: shows the model answer and the rubric. */
  compare(handed: Handed): QuestionState;
  /** Shows the program of a part in an editor. */
  openProgram(handed: Handed): null;
  hint(argument: { readonly part?: string }): QuestionState;
  /** Takes the answers away from the page; the progress stays. */
  startOver(argument: null): QuestionState;
  go(step: 1 | -1): QuestionState;
  newVariant(argument: null): QuestionState;
  /** Asks for the number of a variant; the same state where none is given. */
  chooseVariant(argument: null): QuestionState;
  /** The next question of the round; the same state where there is none. */
  nextInRound(argument: null): QuestionState;
  explain(rule: string): null;
  openSheet(sheet: string): null;
}
