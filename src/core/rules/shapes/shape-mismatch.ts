/** Calls that PyTorch refuses because of their shapes. */
import { type Rule } from "../define";
import { refusalsOf } from "./refusals";

export const shapeMismatch: Rule = {
  id: "shape-mismatch",
  summary: "PyTorch refuses this call because of its shapes.",
  category: "shapes",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "shapes",
  fix: "none",
  check: (inference) => refusalsOf(inference, "shapes"),
};
