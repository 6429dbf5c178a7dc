/** `retain_graph=True` on the only backward pass of a round: it is of no use, or it hides a graph that grows. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { callAt } from "../reading/calls";
import { removeArgument } from "../reading/edits";
import { trainingLoops } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  for (const { round } of trainingLoops(inference)) {
    const passes = round.filter(({ kind }) => kind === "backward");
    const [backward] = passes;
    // A loop over losses of one run, with the step behind it, needs the graph again.
    if (
      passes.length !== 1 ||
      !round.some(({ kind }) => kind === "step") ||
      backward?.call.origin.path !== inference.source.path
    )
      continue;
    const kept = backward.call.keywords.get("retain_graph");
    const node = callAt(backward.call.origin.span);
    const written = node?.keywords.find(({ name }) => name?.name === "retain_graph");
    if (!node || !written || kept?.kind !== "bool" || kept.value !== true || backward.call.keywords.has("create_graph"))
      continue;
    const isAlone = node.args.length === 0 && node.keywords.length === 1;
    yield {
      span: written,
      message:
        "Nothing else in the round goes back through this graph, so there is no need to keep it. If PyTorch stops without it, something computed in an earlier round is used again: cut that off with detach().",
      ...(isAlone && { fix: { title: "Remove retain_graph", edits: [removeArgument(node, written)] } }),
    };
  }
}

export const retainGraphInLoop: Rule = {
  id: "retain-graph-in-loop",
  summary: "A training loop keeps graphs that it does not need.",
  category: "optimisation",
  severity: "warning",
  confidence: "likely",
  preset: "strict",
  needs: "dataflow",
  fix: "suggested",
  mootInFrameworks: true,
  check,
};
