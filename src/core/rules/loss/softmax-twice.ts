/** A softmax of probabilities: the second one flattens what the first one made. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { foundAt, nameOf, withoutActivation } from "../reading/activations";
import { scaleOf } from "../reading/scales";
import { fromBack, sizeAt, softmaxCalls } from "../reading/softmaxes";

function* check(inference: Inference): Iterable<Finding> {
  for (const { call, input, dim } of softmaxCalls(inference)) {
    if (!input) continue;
    const scale = scaleOf(input);
    if (scale?.kind !== "probabilities" || scale.of !== "classes") continue;
    const axis = dim === undefined ? undefined : fromBack(dim, input, inference);
    const classes = axis === undefined ? undefined : sizeAt(input, axis, inference);
    const most =
      classes && classes > 1
        ? `: of ${classes} classes none can get more than ${(Math.E / (Math.E + classes - 1)).toFixed(2)}`
        : "";
    const message = `The result of ${nameOf(scale.producer)} goes through a softmax again, which sees scores between 0 and 1 and makes the probabilities flat${most}.`;
    const related = "The second softmax.";
    yield {
      ...foundAt(scale.producer, call.origin, { message, related }, inference),
      ...withoutActivation(scale.producer, inference),
    };
  }
}

export const softmaxTwice: Rule = {
  id: "softmax-twice",
  summary: "A softmax is taken of probabilities.",
  category: "loss",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
