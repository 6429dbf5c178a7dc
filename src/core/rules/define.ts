/** What a rule is: one training bug, how it is found, and what its document is called. */
import { type Inference } from "../infer/analysis";
import { type Edit, type RelatedPlace, type Severity } from "../text/diagnostic";
import { type Span } from "../text/source";

export type Category = "shapes" | "loss" | "optimisation" | "initialisation" | "modes" | "model" | "data" | "house";

/**
 * Sets of rules to choose from. `recommended`: what is wrong in all but special programs, quiet on good code. Each of the
 * others has these and some of its own: `strict` what costs speed, memory or reproducibility, `teaching` what a teacher would
 * remark on in a homework. Neither has the other's.
 */
export type Preset = "recommended" | "strict" | "teaching";

/** A number that a rule compares with, and that a user may set. */
export interface Threshold {
  readonly default: number;
  /** What it bounds, in one line. */
  readonly says: string;
}

export interface Rule {
  /** Names the bug, in the field's words: `tanh-before-log-softmax`. */
  readonly id: string;
  /** One line, for lists. */
  readonly summary: string;
  readonly category: Category;
  readonly severity: Severity;
  /** `certain`: wrong whatever the rest of the program does; `likely`: wrong in all but special programs. */
  readonly confidence: "certain" | "likely";
  /** The preset that it is for; those for `recommended` are in the others as well. `none`: only when it is asked for by name. */
  readonly preset: Preset | "none";
  /** What the check reads. */
  readonly needs: "syntax" | "dataflow" | "shapes";
  readonly fix: "safe" | "suggested" | "none";
  /** Where a program leaves the training loop to a framework, the rule has nothing to say. */
  readonly mootInFrameworks?: true;
  readonly thresholds?: Readonly<Record<string, Threshold>>;
  readonly check: (inference: Inference, thresholds: Thresholds) => Iterable<Finding>;
}

/** A rule's thresholds as the user wants them, by name. */
export type Thresholds = Readonly<Record<string, number>>;

/** A place where a rule found its bug. */
export interface Finding {
  readonly span: Span;
  readonly message: string;
  /** Where this one is less certain than the rule. */
  readonly severity?: Severity;
  readonly related?: readonly RelatedPlace[];
  readonly fix?: { readonly title: string; readonly edits: readonly Edit[] };
}
