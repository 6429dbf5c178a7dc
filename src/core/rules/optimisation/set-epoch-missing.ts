/** A sampler for many processes that is not told the epoch, and deals the data in the same order every time. */
import { type Inference } from "../../infer/analysis";
import { regionsAround } from "../../infer/record/trace";
import { type Finding, type Rule } from "../define";
import { type CallRecord } from "../../infer/record/part";
import { callsOf } from "../reading/calls";
import { isWithin, targetsOf } from "../reading/scopes";
import { nodesOf } from "../reading/syntax";
import { pathOf, trainingLoops } from "../reading/training";

const samplers = ["torch.utils.data.distributed.DistributedSampler", "torch.utils.data.DistributedSampler"];

function* check(inference: Inference): Iterable<Finding> {
  const calls = callsOf(inference, ...samplers);
  if (calls.length === 0 || !trainsForEpochs(inference) || isTold(inference)) return;
  for (const call of calls) {
    const shuffle = call.keywords.get("shuffle") ?? call.positional[3];
    const isShuffled = !shuffle || (shuffle.kind === "bool" && shuffle.value === true);
    const written = inference.source.lineAt(inference.source.positionAt(call.origin.span.start).line);
    if (!isShuffled || /val|test|eval/i.test(written) || isHandedOn(inference, call)) continue;
    yield {
      span: call.origin.span,
      message:
        "This sampler shuffles by the number of the epoch, which nobody tells it: every epoch has the same batches in the same order. Call sampler.set_epoch(epoch) at the head of each epoch.",
    };
  }
}

function trainsForEpochs(inference: Inference): boolean {
  return trainingLoops(inference).some(({ region }) =>
    [...regionsAround(region.parent)].some(({ kind }) => kind === "loop"),
  );
}

/** In this file, or in another one that the run gets to. */
function isTold(inference: Inference): boolean {
  const isNamed = nodesOf(inference, "Attribute").some(({ attribute }) => attribute.name === "set_epoch");
  return isNamed || inference.record.calls.some(({ operation }) => operation.endsWith(".set_epoch"));
}

/** Whether something else than a loader gets the sampler: it may tell it. */
function isHandedOn(inference: Inference, { origin }: CallRecord): boolean {
  const made = nodesOf(inference, "Assign").find(({ value }) => isWithin(origin.span, value));
  const names = made ? targetsOf(made) : [];
  return nodesOf(inference, "Call").some(({ callee, args, keywords }) => {
    if (/loader$/i.test(pathOf(callee))) return false;
    return [...args, ...keywords.map(({ value }) => value)].some((given) => names.includes(pathOf(given)));
  });
}

export const setEpochMissing: Rule = {
  id: "set-epoch-missing",
  summary: "A DistributedSampler is never told the epoch.",
  category: "optimisation",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  mootInFrameworks: true,
  check,
};
