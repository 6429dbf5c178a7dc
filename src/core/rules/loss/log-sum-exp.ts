/** The logarithm of a sum of exponentials in three steps: it overflows where one step would not. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { callsOf } from "../reading/calls";
import { functionName } from "../reading/flow";

function* check(inference: Inference): Iterable<Finding> {
  for (const { values, origin } of callsOf(inference, "torch.log", "Tensor.log")) {
    const input = values.get("input");
    const sum = input?.kind === "tensor" ? input.producer : undefined;
    const inside = sum && functionName(sum.operation) === "sum" ? sum.inputs[0]?.producer : undefined;
    if (!inside || functionName(inside.operation) !== "exp") continue;
    yield {
      span: origin.span,
      message:
        "exp() overflows to infinity for scores above 88, and so does this logarithm of a sum. torch.logsumexp subtracts the largest score first.",
    };
  }
}

export const logSumExp: Rule = {
  id: "log-sum-exp",
  summary: "The logarithm of a sum of exponentials is taken in three steps.",
  category: "loss",
  severity: "information",
  confidence: "likely",
  preset: "strict",
  needs: "dataflow",
  fix: "none",
  check,
};
