/** Steps of optimizers whose parameters surely get no gradient in the round, since no loss depends on them. */
import { type Inference } from "../../infer/analysis";
import { surelyMisses } from "./graph";
import { type Optimizer, optimizerOf, parametersBehind } from "./optimizers";
import { hasClosure, plainLoops } from "./order";
import { type Step } from "./training";

export interface StepWithoutGradient {
  readonly step: Step;
  /** The backward passes of the round, which reach other parameters; at least one. */
  readonly passes: readonly Step[];
}

const known = new WeakMap<Inference["record"], readonly StepWithoutGradient[]>();

export function stepsWithoutGradient(inference: Inference): readonly StepWithoutGradient[] {
  const found = known.get(inference.record) ?? findSteps(inference);
  known.set(inference.record, found);
  return found;
}

function findSteps(inference: Inference): StepWithoutGradient[] {
  return plainLoops(inference).flatMap(({ round }) => {
    const passes = round.filter(({ kind }) => kind === "backward");
    return round.flatMap((step) => {
      const optimizer = step.kind === "step" && !hasClosure(step) ? optimizerOf(inference, step) : undefined;
      return optimizer && passes.every((pass) => leavesOut(pass, optimizer, inference)) ? [{ step, passes }] : [];
    });
  });
}

/** Whether a backward pass reaches parameters, and surely none of an optimizer's. */
function leavesOut({ object }: Step, { parameters, holdsPlainTensors }: Optimizer, inference: Inference): boolean {
  if (object?.kind !== "tensor" || !parameters || parameters.size === 0 || holdsPlainTensors) return false;
  return parametersBehind(object).length > 0 && surelyMisses(object, parameters, inference);
}
