/** The study's model: banks of questions and drill templates, as read from `*.quiz.md`. */
import type { Span } from "../text/source";
import type { RubricItem } from "./answer";
import type { AnswerBlock } from "./answerBlock";
import type { SymbolDeclaration } from "./formula/symbols";
import type { AnswerSpec } from "./kinds/registry";

/** What a bank says of itself. */
export interface BankHead {
  readonly id: string;
  readonly title: string;
  readonly course: string;
  readonly licence: string;
  /** Time for the whole, as an exam; absent for a bank that is no exam. */
  readonly minutes?: number;
  readonly symbols: readonly SymbolDeclaration[];
}

/** One `*.quiz.md` file. All spans are places in that file. */
export interface Bank extends BankHead {
  readonly path: string;
  /** In the file's order; drill templates are not among them. */
  readonly questions: readonly Question[];
  readonly drills: readonly DrillTemplate[];
}

/** What questions and templates share. Texts are Markdown with `$…$`. */
export interface QuestionHead {
  /** Unique in its bank and stable: progress refers to it. */
  readonly id: string;
  /** A short name for lists: the front words of the prompt where the author gave none. */
  readonly title: string;
  readonly points: number;
  readonly topics: readonly string[];
  /** Where it comes from, e.g. `000/3.3`. */
  readonly source?: string;
  /** The `# …` heading that it stands under: "Exercise 1". */
  readonly section?: string;
  /** The text before the first part. */
  readonly prompt: string;
  /** From the gentlest to the plainest. */
  readonly hints: readonly string[];
  /** The worked solution, shown after an attempt. */
  readonly solution: string;
  /** How a person marks the whole question on paper; also used when a part cannot be graded by machine. */
  readonly rubric: readonly RubricItem[];
  /** The question's heading in the bank. */
  readonly span: Span;
}

export interface Question extends QuestionHead {
  /** At least one. */
  readonly parts: readonly Part[];
}

/** One answer to give. A question without `###` sections has a single part, with the id `answer` and no prompt of its own. */
export interface Part {
  readonly id: string;
  readonly prompt: string;
  readonly points: number;
  readonly answer: AnswerSpec;
  readonly hints: readonly string[];
  readonly solution: string;
}

/** A question with parameters: `@{…}` in its texts and its answers' expressions await a draw. */
export interface DrillTemplate extends QuestionHead {
  readonly parameters: readonly Parameter[];
  /** Conditions that every draw fulfils, as expressions over the parameters. */
  readonly where: readonly string[];
  readonly parts: readonly TemplatePart[];
}

export interface TemplatePart extends Omit<Part, "answer"> {
  /** Read as an answer only after the draw. */
  readonly block: AnswerBlock;
}

export interface Parameter {
  readonly name: string;
  readonly range: ParameterRange;
  readonly span: Span;
}

/** `low` and `high` are expressions over the parameters declared before, both included. */
export type ParameterRange =
  | { readonly kind: "int"; readonly low: string; readonly high: string }
  | { readonly kind: "choice"; readonly values: readonly number[] };

/** One draw of a template: a question like any other, and the number that brings it back. */
export interface Variant {
  readonly template: string;
  readonly seed: number;
  readonly values: Readonly<Record<string, number>>;
  readonly question: Question;
}
