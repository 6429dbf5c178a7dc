/** `next(iter(loader))` in every round: a new iterator starts at the first batch again. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Region } from "../../infer/record/trace";
import { type Finding, type Rule } from "../define";
import { callsOf } from "../reading/calls";
import { loaderLoops, loadersOf } from "../reading/data";
import { type TrainingLoop, isInside, roundAround, trainingLoops } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  const nexts = callsOf(inference, "builtins.next");
  if (nexts.length === 0) return;
  const loaders = loadersOf(inference);
  const iterators = callsOf(inference, "builtins.iter");
  const reading = loaderLoops(inference);
  const loops = new Map<Region, TrainingLoop>(trainingLoops(inference).map((loop) => [loop.within, loop]));
  for (const call of nexts) {
    const loop = loopOf(call, loops);
    const iterator =
      loop && iterators.find((one) => one.result === call.positional[0] && isInside(one.region, loop.within));
    const loader = loaders.find(({ call: { result } }) => result === iterator?.positional[0]);
    if (!loop || loader?.shuffle !== false || loader.hasSampler) continue;
    const readsOther = reading.some((other) => other.region === loop.region && other.loader !== loader);
    if (readsOther || isConditional(call.region, loop.within)) continue;
    if (!loop.round.some(({ kind }) => kind === "step")) continue;
    yield {
      span: call.origin.span,
      message:
        "iter() starts again at the first batch in every round, and this loader does not shuffle: the model is trained on the first batch only. Loop over the loader itself.",
      related: [{ span: loop.region.node, message: "The training loop." }],
    };
  }
}

function loopOf({ region }: CallRecord, loops: ReadonlyMap<Region, TrainingLoop>): TrainingLoop | undefined {
  const round = roundAround(region);
  return round && loops.get(round);
}

/** It happens now and then, such as to draw samples. */
function isConditional(region: Region | undefined, round: Region): boolean {
  for (let at = region; at && at !== round; at = at.parent) if (at.kind === "branch") return true;
  return false;
}

export const firstBatchOnly: Rule = {
  id: "first-batch-only",
  summary: "Every round of a training loop reads the first batch.",
  category: "data",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
