/** A model that is made anew in every epoch or for every batch: what it learnt is thrown away. */
import { type Inference } from "../../infer/analysis";
import { isModule } from "../../infer/classes/classes";
import { type Value } from "../../infer/values/value";
import type { Assign, Node } from "../../python/syntax";
import { type Finding, type Rule } from "../define";
import { optimizersOf } from "../reading/optimizers";
import { assignmentsIn, isBatchLoop, isEpochLoop, mentionsAttribute } from "../reading/scopes";
import { namedTensors } from "../../infer/modules/moduleState";
import { ancestorsOf } from "../reading/syntax";
import { isInside, loopsAround, stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  const loops = loopsAround(inference, "step").map(({ region }) => region);
  const seen = new Set<Node>();
  for (const inner of loops)
    for (let region: typeof inner | undefined = inner; region; region = outerLoop(region)) {
      const loop = region.node;
      if (region.path !== inference.source.path || seen.has(loop) || !(isEpochLoop(loop) || isBatchLoop(loop)))
        continue;
      seen.add(loop);
      if (mentionsAttribute(inference, loop, /^(load_state_dict|deepcopy|append|clone)$/)) continue;
      const isTrained = stepsOf(inference).some(({ kind, call }) => kind === "step" && isInside(call.region, region));
      for (const made of isTrained ? assignmentsIn(inference, loop) : []) {
        if (!isOwnOf(inference, made, loop) || !makesLearner(inference, made)) continue;
        yield {
          span: made.value,
          message: `A new model is made in every round of this loop: whatever the ${isEpochLoop(loop) ? "epoch" : "batch"} before has taught is thrown away. Make it once, in front of the loop.`,
          related: [{ span: loop, message: "The loop." }],
        };
      }
    }
}

type LoopRegion = ReturnType<typeof loopsAround>[number]["region"];

function outerLoop({ parent }: LoopRegion): LoopRegion | undefined {
  for (let at = parent; at; at = at.parent) if (at.kind === "loop") return at;
  return undefined;
}

/** It stands in the loop itself, behind no test and in no inner loop or function. */
function isOwnOf(inference: Inference, made: Assign, loop: Node): boolean {
  for (const node of ancestorsOf(inference, made)) {
    if (node === loop) return true;
    if ("kind" in node && ["If", "For", "While", "Try", "FunctionDef"].includes(node.kind)) return false;
  }
  return false;
}

/** A module whose parameters an optimizer holds, made by a call. */
function makesLearner(inference: Inference, { value }: Assign): boolean {
  if (value.kind !== "Call") return false;
  const made = inference.record.seenAt(value) ?? [];
  return made.every((one) => isModule(one.value)) && made.some((one) => isLearner(inference, one.value));
}

function isLearner(inference: Inference, value: Value): boolean {
  if (!isModule(value)) return false;
  const own = namedTensors(value, "parameter").flatMap(([, { stored }]) => (stored ? [stored.id] : []));
  return optimizersOf(inference).some(({ parameters }) => own.some((id) => parameters?.has(id)));
}

export const modelRebuiltInLoop: Rule = {
  id: "model-rebuilt-in-loop",
  summary: "The model is made anew in every epoch.",
  category: "optimisation",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  mootInFrameworks: true,
  check,
};
