/** What concerns the file and its comments, not the training. */
import { type Rule } from "../define";
import { syntaxError } from "./syntax-error";
import { unusedSuppression } from "./unused-suppression";

export const houseRules: readonly Rule[] = [syntaxError, unusedSuppression];
