/** Every rule with its document. A new rule is two files and two lines here. */
import adamDocument from "./adam-learning-rate-too-high.md";
import { adamLearningRateTooHigh } from "./adam-learning-rate-too-high";
import boundedDocument from "./bounded-activation-before-softmax.md";
import { boundedActivationBeforeSoftmax } from "./bounded-activation-before-softmax";
import { type Rule } from "./define";
import initDocument from "./init-std-too-small.md";
import { initStdTooSmall } from "./init-std-too-small";
import lossBroadcastsDocument from "./loss-broadcasts.md";
import { lossBroadcasts } from "./loss-broadcasts";
import shapeDocument from "./shape-mismatch.md";
import { shapeMismatch } from "./shape-mismatch";
import syntaxDocument from "./syntax-error.md";
import { syntaxError } from "./syntax-error";

export interface DocumentedRule {
  readonly rule: Rule;
  readonly document: string;
}

export const rules: readonly DocumentedRule[] = [
  { rule: adamLearningRateTooHigh, document: adamDocument },
  { rule: boundedActivationBeforeSoftmax, document: boundedDocument },
  { rule: initStdTooSmall, document: initDocument },
  { rule: lossBroadcasts, document: lossBroadcastsDocument },
  { rule: shapeMismatch, document: shapeDocument },
  { rule: syntaxError, document: syntaxDocument },
];

export function findRule(id: string): DocumentedRule | undefined {
  return rules.find(({ rule }) => rule.id === id);
}
