/** A call that lacks an argument, or gives one that nobody takes. */
import { type Rule } from "../define";
import { isMentioned } from "../reading/mentions";
import { refusalsOf } from "./refusals";

/** What may put arguments in front of a call, or another function in the place of one. */
const changesCalls = /register_module_forward_pre_hook|with_kwargs|\bmock\b|\bpatch\b|monkeypatch|__defaults__/;

export const wrongArguments: Rule = {
  id: "wrong-arguments",
  summary: "The arguments are not those that the call takes.",
  category: "shapes",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "shapes",
  fix: "none",
  check: (inference) => (isMentioned(inference, changesCalls) ? [] : refusalsOf(inference, "arguments")),
};
