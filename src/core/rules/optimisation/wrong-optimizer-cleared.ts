/** An optimizer whose gradients nobody clears, in a loop that clears those of another one. */
import { type Inference } from "../../infer/analysis";
import { isModule } from "../../infer/classes/classes";
import { namedTensors } from "../../infer/modules/moduleState";
import { type Finding, type Rule } from "../define";
import { plainLoops } from "../reading/order";
import { optimizerOf } from "../reading/optimizers";
import { stepsWithoutGradient } from "../reading/stepsWithoutGradient";
import { type Step, type TrainingLoop, actOnSame, isInside, roundAround, stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  // What gets no gradients has none that add up.
  const idle = new Set(stepsWithoutGradient(inference).map(({ step }) => step));
  for (const loop of plainLoops(inference)) {
    const clears = stepsOf(inference).filter(
      ({ kind, call }) => kind === "zero-grad" && isInside(call.region, loop.region),
    );
    for (const step of loop.round) {
      if (step.kind !== "step" || idle.has(step) || step.call.origin.path !== inference.source.path) continue;
      if (clears.length === 0) continue;
      if (!clears.every((clear) => isOfAnother(inference, clear, step, loop)) || isInBareLoop(inference, step, loop))
        continue;
      const name = step.name || "This optimizer";
      yield {
        span: step.call.origin.span,
        message: `${name} steps in every round, but only ${clears[0]!.name} is cleared: the gradients that ${name} follows add up over all batches so far.`,
        related: [{ span: clears[0]!.call.origin.span, message: "The optimizer that is cleared." }],
      };
    }
  }
}

/** In a loop of its own inside of the round, in which nothing is cleared at all: that is another mistake. */
function isInBareLoop(inference: Inference, step: Step, { within }: TrainingLoop): boolean {
  const round = roundAround(step.call.region);
  const inner = round === within ? undefined : round?.parent;
  if (!inner) return false;
  const own = stepsOf(inference).filter(({ call }) => isInside(call.region, inner));
  return own.some(({ kind }) => kind === "backward") && !own.some(({ kind }) => kind === "zero-grad");
}

/** Surely another optimizer: known to have none of the parameters, or of another name and stepped as well. */
function isOfAnother(inference: Inference, clear: Step, step: Step, { round }: TrainingLoop): boolean {
  if (actOnSame(clear, step) || !clear.call.operation.endsWith(".zero_grad")) return false;
  const stepped = optimizerOf(inference, step);
  const [theirs, own] = [parametersOfClear(inference, clear), stepped?.parameters];
  // An optimizer of plain tensors alone has none of an optimizer that holds none.
  const isApart = optimizerOf(inference, clear)?.holdsPlainTensors === true && stepped?.holdsPlainTensors === false;
  if (theirs && own) return (theirs.size > 0 || isApart) && own.size > 0 && ![...own].some((id) => theirs.has(id));
  if (clear.call.operation.startsWith("Module.")) return false;
  const isNamed = clear.name !== "" && step.name !== "" && clear.object !== step.object;
  return isNamed && round.some((other) => other.kind === "step" && other !== step && actOnSame(other, clear));
}

/** The parameters whose gradients are cleared, through their optimizer or their module. */
function parametersOfClear(inference: Inference, clear: Step): ReadonlySet<number> | undefined {
  const { object } = clear;
  if (!object || !isModule(object)) return optimizerOf(inference, clear)?.parameters;
  return new Set(namedTensors(object, "parameter").flatMap(([, { stored }]) => (stored ? [stored.id] : [])));
}

export const wrongOptimizerCleared: Rule = {
  id: "wrong-optimizer-cleared",
  summary: "One optimizer is cleared and another one steps.",
  category: "optimisation",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  mootInFrameworks: true,
  check,
};
