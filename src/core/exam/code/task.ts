/** A program to mend or to complete: what is given, what has to come of it, and who judges that. */
import type { Size } from "../shapeText";

/** The program that is given and one that solves it: written out, or a program of the bug hunts with bugs in it. */
export type GivenProgram =
  | { readonly kind: "text"; readonly given: string; readonly mended: string }
  | { readonly kind: "planted"; readonly program: string; readonly bugs: readonly string[] };

/** What a function has to return. */
export interface ShapeGoal {
  /** The qualified name: `Net.forward`. */
  readonly scope: string;
  /** A letter stands for any size. */
  readonly sizes: readonly Size[];
}

/** An operation that a function has to call. */
export interface CallGoal {
  /** The qualified name: `Net.forward`. */
  readonly scope: string;
  /** Qualified names, any of which will do. */
  readonly operations: readonly string[];
}

export interface CodeTask {
  readonly program: GivenProgram;
  /** The rules whose findings have to go. */
  readonly rules: readonly string[];
  readonly shapes: readonly ShapeGoal[];
  readonly calls: readonly CallGoal[];
}

/** How a program was judged. All texts are Markdown. */
export type CodeVerdict =
  | {
      readonly state: "judged";
      /** 0 to 1: the goals that are reached, less one for each thing broken. */
      readonly fraction: number;
      readonly solved: boolean;
      /** What was reached, then what was not, then what is broken; one sentence each. */
      readonly says: readonly string[];
    }
  /** No Python, or nobody knows what was given. */
  | { readonly state: "unreadable"; readonly problem: string };

/** Judges programs by reading them, without running anything. */
export interface CodeBench {
  /** The text that a student starts from. */
  readonly given: (task: CodeTask) => string | { readonly problem: string };
  readonly judge: (task: CodeTask, text: string) => CodeVerdict;
  /** What is wrong with the task itself: findings that are not there, a mended program that is not. */
  readonly faults: (task: CodeTask) => readonly string[];
}
