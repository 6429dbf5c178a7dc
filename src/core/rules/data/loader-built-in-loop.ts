/** A loader that is built anew in every epoch over a dataset that stays the same. */
import { type Inference } from "../../infer/analysis";
import { type Region, regionsAround } from "../../infer/record/trace";
import { type Finding, type Rule } from "../define";
import { loadersOf, makerOf } from "../reading/data";
import { isInside, roundAround, stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  const steps = stepsOf(inference);
  const loops = new Set<Region>();
  for (const { kind, call } of steps)
    if (kind === "backward") for (const at of regionsAround(call.region)) loops.add(at);
  for (const { call, dataset } of loadersOf(inference)) {
    const round = roundAround(call.region);
    if (!round || !loops.has(round) || call.origin.path !== inference.source.path || !dataset) continue;
    // A fold or a run of its own has its own data, model and optimizer.
    const isRun = steps.some(({ kind, call: { region } }) => kind === "build-optimizer" && isInside(region, round));
    const made = makerOf(inference, dataset);
    if (isRun || dataset.kind !== "data" || !made || isInside(made.region, round.parent ?? round)) continue;
    yield {
      span: call.origin.span,
      message:
        "This loader is built again in every round of the loop, over the same dataset: its workers start anew each time. Build it once before the loop; shuffling is redone at each epoch anyway.",
    };
  }
}

export const loaderBuiltInLoop: Rule = {
  id: "loader-built-in-loop",
  summary: "A loader is built again in every epoch.",
  category: "data",
  severity: "information",
  confidence: "likely",
  preset: "strict",
  needs: "dataflow",
  fix: "none",
  check,
};
