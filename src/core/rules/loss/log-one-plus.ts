/** The logarithm of one plus a small number: what is small is rounded away before the logarithm is taken. */
import { type Inference } from "../../infer/analysis";
import { type Producer } from "../../ops/value";
import { type Finding, type Rule } from "../define";
import { callAt, callsOf, numberOf } from "../reading/calls";
import { isKind } from "../../python/visit";

function* check(inference: Inference): Iterable<Finding> {
  for (const { values, origin, operation } of callsOf(inference, "torch.log", "Tensor.log")) {
    const input = values.get("input");
    if (input?.kind !== "tensor" || !input.producer || !isOnePlus(input.producer)) continue;
    yield {
      span: origin.span,
      message:
        "1 + x keeps only what of x is above 0.00000006, so the logarithm of a smaller x is 0. torch.log1p(x) is exact.",
      ...(operation === "torch.log" ? inOneStep(origin.span, inference) : {}),
    };
  }
}

/** `1 + x` or `x + 1`. */
function isOnePlus({ operation, values }: Producer): boolean {
  return operation === "torch.add" && ["input", "other"].some((side) => numberOf(values?.get(side)) === 1);
}

/** `torch.log(1 + x)` becomes `torch.log1p(x)`. */
function inOneStep(span: Finding["span"], { source }: Inference): Pick<Finding, "fix"> {
  const call = callAt(span);
  const sum = call?.args[0];
  if (call?.callee.kind !== "Attribute" || !sum || !isKind(sum, "BinaryOperation") || sum.operator !== "+") return {};
  const one = [sum.left, sum.right].find((side) => /^1(\.0*)?$/.test(source.slice(side)));
  if (!one) return {};
  const x = one === sum.left ? sum.right : sum.left;
  const edits = [
    { span: call.callee.attribute, text: "log1p" },
    { span: sum, text: source.slice(x) },
  ];
  return { fix: { title: "Use log1p", edits } };
}

export const logOnePlus: Rule = {
  id: "log-one-plus",
  summary: "The logarithm of one plus a number is taken in two steps.",
  category: "loss",
  severity: "information",
  confidence: "likely",
  preset: "none",
  needs: "dataflow",
  fix: "safe",
  check,
};
