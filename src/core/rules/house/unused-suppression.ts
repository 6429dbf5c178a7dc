/** A suppression comment that silences nothing: the bug is mended, or the rule's name is misspelt. */
import { type Rule } from "../define";

export const unusedSuppression: Rule = {
  id: "unused-suppression",
  summary: "A suppression comment silences nothing.",
  category: "house",
  severity: "warning",
  confidence: "certain",
  preset: "recommended",
  needs: "syntax",
  fix: "safe",
  // What a comment silences is known only when all other rules have spoken: `suppression.ts` finds these.
  check: () => [],
};
