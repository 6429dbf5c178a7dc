/** Functions and arguments that still work, and that will not for ever. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { callAt } from "../reading/calls";
import { qualifiedName } from "../reading/mentions";
import { nodesOf } from "../reading/syntax";
import { deprecatedArguments, deprecatedNames } from "./apiTable";
import { usesOf } from "./oldNames";

function* check(inference: Inference): Iterable<Finding> {
  for (const { row, call, fix } of usesOf(inference, deprecatedNames)) {
    yield {
      span: callAt(call.origin.span)?.callee ?? call.origin.span,
      message: `${row.name} is deprecated since ${row.since}. Use ${row.instead}.`,
      ...fix,
    };
  }
  yield* oldArguments(inference);
}

function* oldArguments(inference: Inference): Iterable<Finding> {
  for (const node of nodesOf(inference, "Call")) {
    const rows = deprecatedArguments.filter(({ argument }) =>
      node.keywords.some(({ name }) => name?.name === argument),
    );
    const called = rows.length > 0 ? (qualifiedName(inference, node.callee) ?? "") : "";
    for (const { calls, argument, since, instead } of rows) {
      const keyword = node.keywords.find(({ name }) => name?.name === argument);
      if (!keyword || !calls.test(called)) continue;
      yield { span: keyword, message: `The argument ${argument} is deprecated since ${since}: ${instead}.` };
    }
  }
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
