/** An evaluation in many processes, each of which counts its own part of the data and nobody adds the parts up. */
import { type Inference } from "../../infer/analysis";
import { isKind } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { argumentOf, callsOf } from "../reading/calls";
import { loaderLoops } from "../reading/data";
import { isMentioned } from "../reading/mentions";
import { isWithin } from "../reading/scopes";
import { nodesOf } from "../reading/syntax";
import { pathOf } from "../reading/training";

const samplerNames = ["torch.utils.data.distributed.DistributedSampler", "torch.utils.data.DistributedSampler"];

function* check(inference: Inference): Iterable<Finding> {
  const samplers = new Set<unknown>(callsOf(inference, ...samplerNames).map(({ result }) => result));
  if (samplers.size === 0 || isMentioned(inference, /reduce|gather|torchmetrics|dist\w*\.send/i)) return;
  const seen = new Set<number>();
  for (const { loader, evaluates, region } of loaderLoops(inference)) {
    const { node, path } = region;
    if (!evaluates || !samplers.has(argumentOf(loader.call, "sampler", 3)) || path !== inference.source.path) continue;
    const count = nodesOf(inference, "AugAssign").find((each) => each.operator === "+" && isWithin(each, node));
    if (!isKind(node, "For") || !count || seen.has(count.start)) continue;
    seen.add(count.start);
    const name = pathOf(count.target) || "This";
    yield {
      span: count,
      message: `${name} counts this process's share of the data only, which is all that its DistributedSampler deals to it: every process ends with another result, and none is that of the whole set. Add them up with torch.distributed.all_reduce.`,
      ...(loader.call.origin.path === inference.source.path && {
        related: [{ span: loader.call.origin.span, message: "The loader with the sampler." }],
      }),
    };
  }
}

export const metricNotReduced: Rule = {
  id: "metric-not-reduced",
  summary: "Processes that share the data do not add up what they count.",
  category: "data",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  mootInFrameworks: true,
  check,
};
