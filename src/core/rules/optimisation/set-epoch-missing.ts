/** A sampler for many processes that is not told the epoch, and deals the data in the same order every time. */
import { type Inference } from "../../infer/analysis";
import { regionsAround } from "../../infer/trace";
import { type Finding, type Rule } from "../define";
import { callsOf } from "../reading/calls";
import { nodesOf } from "../reading/syntax";
import { trainingLoops } from "../reading/training";

const samplers = ["torch.utils.data.distributed.DistributedSampler", "torch.utils.data.DistributedSampler"];

function* check(inference: Inference): Iterable<Finding> {
  const calls = callsOf(inference, ...samplers);
  if (calls.length === 0) return;
  const isTold = nodesOf(inference, "Attribute").some(({ attribute }) => attribute.name === "set_epoch");
  const hasEpochs = trainingLoops(inference).some(({ region }) =>
    [...regionsAround(region.parent)].some(({ kind }) => kind === "loop"),
  );
  if (isTold || !hasEpochs) return;
  for (const call of calls) {
    const shuffle = call.keywords.get("shuffle") ?? call.positional[3];
    const isShuffled = !shuffle || (shuffle.kind === "bool" && shuffle.value === true);
    const written = inference.source.lineAt(inference.source.positionAt(call.origin.span.start).line);
    if (!isShuffled || /val|test|eval/i.test(written)) continue;
    yield {
      span: call.origin.span,
      message:
        "This sampler shuffles by the number of the epoch, which nobody tells it: every epoch has the same batches in the same order. Call sampler.set_epoch(epoch) at the head of each epoch.",
    };
  }
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
