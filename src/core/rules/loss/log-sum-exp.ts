/** The logarithm of a sum of exponentials in three steps: it overflows where one step would not. */
import { type Inference } from "../../infer/analysis";
import { type TensorValue } from "../../ops/value";
import { type Finding, type Rule } from "../define";
import { callsOf } from "../reading/calls";
import { functionName } from "../reading/flow";

function* check(inference: Inference): Iterable<Finding> {
  for (const { values, origin } of callsOf(inference, "torch.log", "Tensor.log")) {
    const input = values.get("input");
    const sum = input?.kind === "tensor" ? input.producer : undefined;
    const inside = sum && functionName(sum.operation) === "sum" ? sum.inputs[0]?.producer : undefined;
    if (!inside || functionName(inside.operation) !== "exp" || isShifted(inside.inputs[0])) continue;
    yield {
      span: origin.span,
      message:
        "exp() overflows to infinity for scores above 88, and so does this logarithm of a sum. torch.logsumexp subtracts the largest score first.",
    };
  }
}

/** `scores - scores.max(1, keepdim=True)[0]`: none of them is above 0. */
function isShifted(scores: TensorValue | undefined): boolean {
  const difference = scores?.producer;
  return /^(sub|subtract)_?$/.test(functionName(difference?.operation ?? "")) && isLargest(difference?.inputs[1]);
}

/** The largest number of a tensor, in whatever dimensions. */
function isLargest(tensor: TensorValue | undefined): boolean {
  for (let at = tensor?.producer; at; at = at.inputs[0]?.producer) {
    const name = functionName(at.operation);
    if (/^(max|amax|logsumexp)$/.test(name)) return true;
    if (!/^(__getitem__|unsqueeze|view|reshape|expand|expand_as|detach|data)$/.test(name)) return false;
  }
  return false;
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
