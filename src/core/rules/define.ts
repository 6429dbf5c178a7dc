/** What a rule is: one training bug, how it is found, and what its document is called. */
import { type Inference } from "../infer/analysis";
import { type Edit, type RelatedPlace, type Severity } from "../text/diagnostic";
import { type Span } from "../text/source";

export type Category = "shapes" | "loss" | "optimisation" | "initialisation" | "model" | "data" | "house";

export interface Rule {
  /** Names the bug, in the field's words: `tanh-before-log-softmax`. */
  readonly id: string;
  /** One line, for lists. */
  readonly summary: string;
  readonly category: Category;
  readonly severity: Severity;
  /** `certain`: wrong whatever the rest of the program does; `likely`: wrong in all but special programs. */
  readonly confidence: "certain" | "likely";
  /** What the check reads. */
  readonly needs: "syntax" | "dataflow" | "shapes";
  readonly fix: "safe" | "suggested" | "none";
  readonly check: (inference: Inference) => Iterable<Finding>;
}

/** A place where a rule found its bug. */
export interface Finding {
  readonly span: Span;
  readonly message: string;
  /** Where this one is less certain than the rule. */
  readonly severity?: Severity;
  readonly related?: readonly RelatedPlace[];
  readonly fix?: { readonly title: string; readonly edits: readonly Edit[] };
}
