/** A checkpoint that says where to go on, and leaves out the state of the optimizer. */
import { type Inference } from "../../infer/analysis";
import type { Dict } from "../../python/syntax";
import { type Finding, type Rule } from "../define";
import { callAt, callsOf } from "../reading/calls";
import { nodesOf } from "../reading/syntax";
import { isInside, pathOf, stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  for (const call of callsOf(inference, "torch.save")) {
    const node = callAt(call.origin.span);
    const [what] = node?.args ?? [];
    const dict = what?.kind === "Dict" ? what : what && assignedDict(inference, pathOf(what), what.start);
    if (!node || !dict || !isHalf(dict)) continue;
    const steps = stepsOf(inference).filter(({ kind }) => kind === "step");
    const isTraining = steps.some(({ call: step }) => {
      for (let at = step.region; at; at = at.parent) if (at.kind === "loop" && isInside(call.region, at)) return true;
      return false;
    });
    if (!isTraining) continue;
    yield {
      span: node,
      message:
        "This checkpoint knows the epoch and the weights, and not the state of the optimizer: training that goes on from it starts with empty momenta and step counts. Save optimizer.state_dict() as well.",
    };
  }
}

function assignedDict(inference: Inference, name: string, before: number): Dict | undefined {
  const made = nodesOf(inference, "Assign").findLast(
    ({ targets, end }) => name !== "" && end <= before && targets.some((target) => pathOf(target) === name),
  );
  return made?.value.kind === "Dict" ? made.value : undefined;
}

function isHalf({ entries }: Dict): boolean {
  const keys = entries.map(({ key }) => (key?.kind === "Constant" && key.type === "str" ? key.value : undefined));
  if (keys.includes(undefined)) return false;
  const has = (pattern: RegExp): boolean => keys.some((key) => pattern.test(key!));
  return has(/epoch|step|iter/i) && has(/model|net|state|weights/i) && !has(/opt|^all$/i);
}

export const checkpointWithoutOptimizer: Rule = {
  id: "checkpoint-without-optimizer",
  summary: "A checkpoint lacks the state of the optimizer.",
  category: "data",
  severity: "warning",
  confidence: "likely",
  preset: "strict",
  needs: "dataflow",
  fix: "none",
  mootInFrameworks: true,
  check,
};
