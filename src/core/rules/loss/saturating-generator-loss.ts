/** A generator that minimises log(1 - D(G(z))): while the discriminator wins, hardly any gradient reaches it. */
import { type Inference } from "../../infer/analysis";
import { type Producer, type TensorValue } from "../../ops/value";
import { type Finding, type Rule } from "../define";
import { numberOf } from "../reading/calls";
import { constantAt } from "../reading/constantTensors";
import { functionName, valueProducer } from "../reading/flow";
import { flowOf } from "../reading/layers";
import { type Objective, objectivesOf } from "../reading/objectives";
import { type Term } from "../reading/terms";
import { type Step, stepsOf } from "../reading/training";
import { updatesOf } from "../reading/updates";

function* check(inference: Inference): Iterable<Finding> {
  const optimizers = stepsOf(inference).filter(({ kind }) => kind === "build-optimizer");
  if (optimizers.length < 2) return;
  for (const objective of objectivesOf(inference)) {
    const [term, ...others] = objective.terms.filter(({ base }) => base.kind !== "one");
    const at = term && others.length === 0 ? saturatingAt(term, signOf(objective, inference), inference) : undefined;
    if (at?.origin.path !== inference.source.path) continue;
    yield {
      span: at.origin.span,
      message:
        "The generator minimises log(1 - D(G(z))), whose gradient vanishes where the discriminator is sure that the samples are fake: at the start, when it has most to learn. Maximise log D(G(z)) instead: the loss of the generated samples against ones.",
    };
  }
}

/** -1 where the optimizers that step on a loss make it large. */
function signOf({ call }: Objective, inference: Inference): 1 | -1 {
  const steps = updatesOf(inference)
    .filter(({ losses }) => losses.some((loss) => loss.call === call))
    .flatMap((update) => update.steps);
  return steps.length > 0 && steps.every((step) => maximises(step, inference)) ? -1 : 1;
}

function maximises({ object }: Step, inference: Inference): boolean {
  const built = stepsOf(inference).find(
    (step) =>
      step.kind === "build-optimizer" &&
      step.object?.kind === "instance" &&
      object?.kind === "instance" &&
      step.object.attributes === object.attributes,
  );
  const flag = built?.call.keywords.get("maximize");
  return flag?.kind === "bool" && flag.value === true;
}

/** Where a term that is minimised stands for log(1 - D(fake)). */
function saturatingAt({ base, factor }: Term, sign: 1 | -1, inference: Inference): Producer | undefined {
  const producer = base.kind === "tensor" ? base.of.producer : undefined;
  if (!producer) return undefined;
  const [logged] = functionName(producer.operation) === "log" ? producer.inputs : [];
  const isMinimised = factor * sign > 0;
  const isSaturating = isMinimised ? logged !== undefined && isRestOfSigmoid(logged) : isOnZeros(producer, inference);
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
function isOnZeros(producer: Producer, inference: Inference): boolean {
  const { operation, values } = producer;
  if (!/\.(BCELoss|BCEWithLogitsLoss|binary_cross_entropy(_with_logits)?)$/.test(operation)) return false;
  const target = values?.get("target");
  const reader = flowOf(inference).callOf(producer);
  return target?.kind === "tensor" && reader !== undefined && constantAt(target, reader, inference) === 0;
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
