/** A generator that minimises log(1 - D(G(z))): while the discriminator wins, hardly any gradient reaches it. */
import { type Inference } from "../../infer/analysis";
import { type Producer, type TensorValue } from "../../ops/value";
import { type Finding, type Rule } from "../define";
import { numberOf } from "../reading/calls";
import { functionName, valueProducer } from "../reading/flow";
import { objectivesOf } from "../reading/objectives";
import { type Term } from "../reading/terms";
import { stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  const optimizers = stepsOf(inference).filter(({ kind }) => kind === "build-optimizer");
  if (optimizers.length < 2) return;
  for (const { terms } of objectivesOf(inference)) {
    const [term, ...others] = terms.filter(({ base }) => base.kind !== "one");
    const at = term && others.length === 0 ? saturatingAt(term) : undefined;
    if (at?.origin.path !== inference.source.path) continue;
    yield {
      span: at.origin.span,
      message:
        "The generator minimises log(1 - D(G(z))), whose gradient vanishes where the discriminator is sure that the samples are fake: at the start, when it has most to learn. Maximise log D(G(z)) instead: the loss of the generated samples against ones.",
    };
  }
}

/** Where a term that is minimised stands for log(1 - D(fake)). */
function saturatingAt({ base, factor }: Term): Producer | undefined {
  const producer = base.kind === "tensor" ? base.of.producer : undefined;
  if (!producer) return undefined;
  const [logged] = functionName(producer.operation) === "log" ? producer.inputs : [];
  const isSaturating = factor > 0 ? logged !== undefined && isRestOfSigmoid(logged) : isOnZeros(producer);
  return isSaturating ? producer : undefined;
}

/** `1 - D`, also with a little number added so that its logarithm is finite. */
function isRestOfSigmoid(tensor: TensorValue): boolean {
  const { producer } = tensor;
  if (!producer) return false;
  const [left, right] = [producer.values?.get("input"), producer.values?.get("other")];
  const name = functionName(producer.operation);
  if (name === "add" && left?.kind === "tensor") return isRestOfSigmoid(left);
  const [one, judged] = name === "rsub" ? [right, left] : [left, right];
  if (!/^r?sub$/.test(name) || judged?.kind !== "tensor" || (numberOf(one) ?? 0) < 1) return false;
  const squashed = valueProducer(judged);
  return squashed !== undefined && functionName(squashed.operation) === "sigmoid";
}

/** A binary cross-entropy against nothing but zeros. */
function isOnZeros({ operation, values }: Producer): boolean {
  if (!/\.(BCELoss|BCEWithLogitsLoss|binary_cross_entropy(_with_logits)?)$/.test(operation)) return false;
  const target = values?.get("target");
  const made = target?.kind === "tensor" ? valueProducer(target) : undefined;
  return made !== undefined && /\.(new_)?zeros(_like)?$/.test(made.operation);
}

export const saturatingGeneratorLoss: Rule = {
  id: "saturating-generator-loss",
  summary: "The generator minimises the loss whose gradient vanishes while the discriminator wins.",
  category: "loss",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
