/** What concerns the file and its comments, not the training. */
import { type DocumentedRule } from "../define";
import { syntaxError } from "./syntax-error";
import syntaxErrorDocument from "./syntax-error.md";
import { unusedSuppression } from "./unused-suppression";
import unusedSuppressionDocument from "./unused-suppression.md";

export const houseRules: readonly DocumentedRule[] = [
  { rule: syntaxError, document: syntaxErrorDocument },
  { rule: unusedSuppression, document: unusedSuppressionDocument },
];
