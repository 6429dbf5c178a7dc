/** Gradient clipping to a norm that leaves nothing, or that nothing exceeds. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule, type Thresholds } from "../define";
import { argumentExpression, argumentOf, callAt, callsOf, numberOf } from "../reading/calls";
import { callStatement } from "../reading/statements";

const operations = ["torch.nn.utils.clip_grad_norm_", "torch.nn.utils.clip_grad.clip_grad_norm_"];

function* check(inference: Inference, { lowest, highest }: Thresholds): Iterable<Finding> {
  for (const call of callsOf(inference, ...operations)) {
    const norm = numberOf(argumentOf(call, "max_norm", 1));
    const node = callAt(call.origin.span);
    if (norm === undefined || !Number.isFinite(norm) || (norm >= lowest! && norm <= highest!) || !node) continue;
    // Who uses the result wants to know the norm, and nothing else.
    if (norm > highest! && !callStatement(inference, node)) continue;
    yield {
      span: argumentExpression(node, "max_norm", 1) ?? node,
      message:
        norm > highest!
          ? `Gradients hardly ever have a norm above ${norm}: this clips nothing, or only when it is too late. Usual bounds lie between 0.1 and 10.`
          : `Clipping all gradients together to a norm of ${norm} leaves steps of practically no length. Usual bounds lie between 0.1 and 10.`,
    };
  }
}

export const clipNormAbsurd: Rule = {
  id: "clip-norm-absurd",
  summary: "Gradients are clipped to a norm that makes no sense.",
  category: "optimisation",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  thresholds: {
    lowest: { default: 1e-5, says: "Bounds below it are reported." },
    highest: { default: 1000, says: "Bounds above it are reported." },
  },
  check,
};
