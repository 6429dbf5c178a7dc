/** A call that lacks an argument, or gives one that nobody takes. */
import { type Rule } from "../define";
import { refusalsOf } from "./refusals";

export const wrongArguments: Rule = {
  id: "wrong-arguments",
  summary: "The arguments are not those that the call takes.",
  category: "shapes",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "shapes",
  fix: "none",
  check: (inference) => refusalsOf(inference, "arguments"),
};
