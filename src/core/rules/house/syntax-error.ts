/** A place that is no Python. The rest of the file is analysed all the same. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";

function check({ module }: Inference): Iterable<Finding> {
  // The first one explains most of those behind it.
  return module.errors.slice(0, 1).map(({ start, end, message }) => ({ span: { start, end }, message }));
}

export const syntaxError: Rule = {
  id: "syntax-error",
  summary: "This is not Python.",
  category: "house",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "syntax",
  fix: "none",
  check,
};
