/** Functions and arguments that still work, and that will not for ever. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { callAt } from "../reading/calls";
import { deprecatedArguments, deprecatedNames } from "./apiTable";
import { argumentsOf, usesOf } from "./oldNames";

function* check(inference: Inference): Iterable<Finding> {
  for (const { row, call, fix } of usesOf(inference, deprecatedNames)) {
    yield {
      span: callAt(call.origin.span)?.callee ?? call.origin.span,
      message: `${row.name} is deprecated since ${row.since}. Use ${row.instead}.`,
      ...fix,
    };
  }
  for (const { row, keyword } of argumentsOf(inference, deprecatedArguments))
    yield { span: keyword, message: `The argument ${row.argument} is deprecated since ${row.since}: ${row.instead}.` };
}

export const deprecatedApi: Rule = {
  id: "deprecated-api",
  summary: "A function or argument is deprecated.",
  category: "data",
  severity: "information",
  confidence: "certain",
  preset: "strict",
  needs: "dataflow",
  fix: "suggested",
  check,
};
