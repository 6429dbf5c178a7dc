/** Calls that PyTorch refuses because of the kind of numbers that they are given. */
import { type Rule } from "../define";
import { isMentioned } from "../reading/mentions";
import { refusalsOf } from "./refusals";

/** Where new tensors and layers are of another type than float32, or something converts what it is given. */
const converts = /set_default_(dtype|tensor_type)|autocast|custom_fwd/;

export const dtypeMismatch: Rule = {
  id: "dtype-mismatch",
  summary: "PyTorch refuses this call because of its element types.",
  category: "shapes",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "shapes",
  fix: "none",
  check: (inference) => (isMentioned(inference, converts) ? [] : refusalsOf(inference, "types")),
};
