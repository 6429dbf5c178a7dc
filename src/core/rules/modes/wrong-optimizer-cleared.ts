/** Two optimizers step in a loop, and the gradients of one are never cleared: the other one's are, twice. */
import { type Inference } from "../../infer/analysis";
import { callAt } from "../reading/calls";
import { type Finding, type Rule } from "../define";
import {
  type Step,
  type TrainingLoop,
  actOnSame,
  conditionsOf,
  isInside,
  stepsOf,
  trainingLoops,
} from "../reading/training";
import { parametersHeld } from "../reading/updates";

function* check(inference: Inference): Iterable<Finding> {
  for (const loop of trainingLoops(inference)) {
    const stepped = loop.round.filter(({ kind }) => kind === "step");
    const cleared = loop.round.filter(({ kind }) => kind === "zero-grad");
    if (new Set(stepped.map(({ name }) => name)).size < 2 || !areKnown([...stepped, ...cleared], inference)) continue;
    if (cleared.length < 2 || !isTwice(cleared) || clearsOutside(loop, inference)) continue;
    const forgotten = stepped.find((step) => !cleared.some((clear) => actOnSame(clear, step) === true));
    const twice = cleared.find((clear, i) => cleared.some((other, j) => j < i && actOnSame(other, clear) === true));
    if (!forgotten || !twice || conditionsOf(forgotten, loop.within).length > 0) continue;
    if (twice.call.origin.path !== inference.source.path) continue;
    const node = callAt(twice.call.origin.span);
    const object = node?.callee.kind === "Attribute" ? node.callee.value : undefined;
    yield {
      span: twice.call.origin.span,
      message: `${twice.name} is cleared a second time here, and ${forgotten.name} never: its gradients add up over all rounds.`,
      related: [{ span: forgotten.call.origin.span, message: "Steps on gradients that nothing clears." }],
      ...(object && {
        fix: { title: `Clear ${forgotten.name}`, edits: [{ span: object, text: forgotten.name }] },
      }),
    };
  }
}

/** All of them are optimizers whose parameters are known, with names to tell them apart. */
function areKnown(steps: readonly Step[], inference: Inference): boolean {
  return steps.every(({ object, name }) => name !== "" && parametersHeld(object, inference) !== undefined);
}

function isTwice(cleared: readonly Step[]): boolean {
  return cleared.some((clear, i) => cleared.some((other, j) => j < i && actOnSame(other, clear) === true));
}

/** Gradients that are cleared in the loop around this one. */
function clearsOutside({ within, region }: TrainingLoop, inference: Inference): boolean {
  return stepsOf(inference).some(
    ({ kind, call }) => kind === "zero-grad" && !isInside(call.region, within) && !isInside(call.region, region),
  );
}

export const wrongOptimizerCleared: Rule = {
  id: "wrong-optimizer-cleared",
  summary: "One optimizer's gradients are cleared twice, the other's never.",
  category: "modes",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  mootInFrameworks: true,
  check,
};
