/** An optimizer over parameters that are all frozen: training changes nothing. */
import { mayTrain } from "../../infer/modules/moduleMethods";
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { stepsOf } from "../reading/training";
import { parametersHeld } from "../reading/updates";

function* check(inference: Inference): Iterable<Finding> {
  const steps = stepsOf(inference);
  const firstBackward = steps.find(({ kind }) => kind === "backward")?.index;
  if (firstBackward === undefined) return;
  const { record, machine } = inference;
  // What is frozen later on was trained before: a teacher, or a discriminator while the generator learns.
  const isNeverTrained = (id: number): boolean => {
    const frozen = machine.frozenSince.get(String(id));
    const isFrozen = mayTrain(machine, id) === false;
    return isFrozen && frozen !== undefined && record.callsBefore(frozen) <= firstBackward;
  };
  for (const { kind, object, call } of steps) {
    if (kind !== "build-optimizer" || call.origin.path !== inference.source.path) continue;
    const held = parametersHeld(object, inference);
    if (!held || ![...held].every(isNeverTrained)) continue;
    yield {
      span: call.origin.span,
      message: `All ${held.size} parameters of this optimizer are frozen (requires_grad is False), so no step changes anything. Replace the last layer after freezing, or leave it out of the loop that freezes.`,
    };
  }
}

export const nothingTrainable: Rule = {
  id: "nothing-trainable",
  summary: "All parameters of an optimizer are frozen.",
  category: "modes",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
