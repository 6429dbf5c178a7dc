/** The epoch or model that does best on the test data is kept. */
import { type Inference } from "../../infer/analysis";
import { isMentioned } from "../reading/mentions";
import { type Finding, type Rule } from "../define";
import { nameOfFunctionAround } from "../reading/splits";
import { selectionsOf } from "./selection";

function* check(inference: Inference): Iterable<Finding> {
  if (isMentioned(inference, /\b(x_)?val(id(ation)?)?(_|\b)/i)) return;
  for (const { node, measure } of selectionsOf(inference)) {
    const isTest =
      /test/i.test(measure) || (/^test/i.test(nameOfFunctionAround(inference, node)) && !/train/i.test(measure));
    if (!isTest) continue;
    yield {
      span: node.test,
      message: `The model is chosen by ${measure}, a result on the test data: the best of many such results is too good by luck. Choose by a validation set, and test once at the end.`,
    };
  }
}

export const selectsOnTestData: Rule = {
  id: "selects-on-test-data",
  summary: "The best model is chosen by its result on the test data.",
  category: "data",
  severity: "warning",
  confidence: "likely",
  preset: "strict",
  needs: "syntax",
  fix: "none",
  check,
};
