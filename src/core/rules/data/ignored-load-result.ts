/** Weights loaded with `strict=False`, and nobody looks at which were missing. */
import { type Inference } from "../../infer/analysis";
import { isKind } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { callAt, callsOf } from "../reading/calls";
import { parentOf } from "../reading/syntax";

function* check(inference: Inference): Iterable<Finding> {
  for (const call of callsOf(inference, "Module.load_state_dict", "?.load_state_dict")) {
    const node = callAt(call.origin.span);
    const strict = call.keywords.get("strict");
    const parent = node && parentOf(inference, node);
    if (!parent || !isKind(parent, "ExpressionStatement") || strict?.kind !== "bool" || strict.value !== false)
      continue;
    yield {
      span: node,
      message:
        "With strict=False, weights whose names do not match are left out without a word: the model may keep its random weights. Look at the missing_keys of the result.",
    };
  }
}

export const ignoredLoadResult: Rule = {
  id: "ignored-load-result",
  summary: "Nobody looks at which weights were not loaded.",
  category: "data",
  severity: "information",
  confidence: "likely",
  preset: "strict",
  needs: "dataflow",
  fix: "none",
  check,
};
