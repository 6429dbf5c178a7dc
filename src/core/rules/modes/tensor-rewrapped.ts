/** `torch.tensor(t)` of a tensor: a copy that is cut from the graph, and PyTorch warns of it. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { callAt, callsOf } from "../reading/calls";
import { pathOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  for (const call of callsOf(inference, "torch.tensor")) {
    const [data] = call.positional;
    const node = callAt(call.origin.span);
    const written = node?.args[0];
    if (data?.kind !== "tensor" || !node || !written) continue;
    const copied = inference.source.slice(written);
    const isPlain = pathOf(written) !== "" && node.args.length === 1 && node.keywords.length === 0;
    yield {
      span: node,
      message: `${pathOf(written) || "The argument"} is a tensor already: torch.tensor copies it and drops its graph. Say detach().clone() if that is meant, clone() if gradients shall pass.`,
      ...(isPlain && {
        fix: { title: "Write detach().clone()", edits: [{ span: node, text: `${copied}.detach().clone()` }] },
      }),
    };
  }
}

export const tensorRewrapped: Rule = {
  id: "tensor-rewrapped",
  summary: "A tensor is wrapped in torch.tensor, which copies it without its graph.",
  category: "modes",
  severity: "warning",
  confidence: "certain",
  preset: "strict",
  needs: "dataflow",
  fix: "suggested",
  check,
};
