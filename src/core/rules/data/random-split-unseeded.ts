/** A training that goes on from a checkpoint, over a split that is drawn anew in every run. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Finding, type Rule } from "../define";
import { argumentOf, callAt, callsOf } from "../reading/calls";
import { nameOfLibrary, withArgument } from "../reading/edits";
import { isMentioned } from "../reading/mentions";
import { nodesOf } from "../reading/syntax";
import { pathOf, trainingLoops } from "../reading/training";

/** Where an argument settles the draw. */
const splits: readonly (readonly [operation: string, argument: string, position: number])[] = [
  ["torch.utils.data.random_split", "generator", 2],
  ["torch.utils.data.dataset.random_split", "generator", 2],
  ["sklearn.model_selection.train_test_split", "random_state", 99],
];

function* check(inference: Inference): Iterable<Finding> {
  if (isMentioned(inference, /seed|random_state|generator/i) || !isResumed(inference)) return;
  for (const [operation, argument, position] of splits) {
    for (const call of callsOf(inference, operation)) {
      const shuffle = call.keywords.get("shuffle");
      if (argumentOf(call, argument, position) || (shuffle?.kind === "bool" && shuffle.value === false)) continue;
      yield {
        span: call.origin.span,
        message:
          "Every run draws another split, and this program can go on from a checkpoint: then part of the data that it validates on is what it was trained on before. Fix the draw with a seed.",
        ...mend(call, argument, inference),
      };
    }
  }
}

/** The state of an optimizer is loaded: nobody does that but to go on. Often only if an argument asks for it. */
function isResumed(inference: Inference): boolean {
  const loads = nodesOf(inference, "Call").some(({ callee }) => {
    const isLoad = callee.kind === "Attribute" && callee.attribute.name === "load_state_dict";
    return isLoad && /(^|[._])opt(im\w*)?$/i.test(pathOf(callee.value));
  });
  return loads && trainingLoops(inference).length > 0;
}

function mend({ origin }: CallRecord, argument: string, inference: Inference): Pick<Finding, "fix"> {
  const call = callAt(origin.span);
  const torch = nameOfLibrary(inference, "torch");
  if (!call || (argument === "generator" && torch === undefined)) return {};
  const text = argument === "generator" ? `generator=${torch}.Generator().manual_seed(0)` : "random_state=0";
  return { fix: { title: "Draw the same split in every run", edits: [withArgument(call, text)] } };
}

export const randomSplitUnseeded: Rule = {
  id: "random-split-unseeded",
  summary: "A run that goes on from a checkpoint draws another split.",
  category: "data",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
