/** What a kind of answer is: everything that the study needs to know of it, in one object. */
import type { Span } from "../../text/source";
import type { CodeBench } from "../code/task";
import type { Grade, InputKind, Reading, Response } from "../answer";
import type { AnswerBlock, BlockContext } from "../answerBlock";

/** What a host has made ready before grading; a kind that needs what is not there says so in its grade. */
export interface GradingTools {
  /** Judges programs. */
  readonly bench?: CodeBench;
}

export interface AnswerKind<Spec> {
  readonly input: InputKind;
  /** Whether a drill's `value` is an expression for the engine to evaluate. */
  readonly computed: boolean;
  /** Makes sense of a block; reports what is wrong with it and then yields nothing. */
  readonly read: (block: AnswerBlock, context: BlockContext) => Spec | undefined;
  /** How the input is understood, to be shown before grading. */
  readonly understand: (spec: Spec, response: Response) => Reading;
  /** Only called on a response that is neither empty nor ambiguous. */
  readonly grade: (spec: Spec, response: Response, tools: GradingTools) => Grade;
  /** The right answer, Markdown. */
  readonly expected: (spec: Spec) => string;
  /** Faults that only trying the answer out shows, Markdown; none when all is well. */
  readonly selfTest: (spec: Spec, tools: GradingTools) => readonly (string | PlacedFault)[];
}

/** A fault of one value of a block, with the place of that value. */
export interface PlacedFault {
  /** Markdown. */
  readonly says: string;
  readonly span: Span;
}

/** A grade between 0 and 1; feedback that says nothing is left out. */
export function graded(fraction: number, ...feedback: readonly string[]): Grade {
  return {
    state: "graded",
    fraction: Math.max(0, Math.min(1, fraction)),
    feedback: feedback.filter((text) => text !== ""),
  };
}
