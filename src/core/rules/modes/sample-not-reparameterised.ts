/** A draw that gradients do not pass through, where the network that says what to draw from shall learn from it. */
import { type Inference } from "../../infer/analysis";
import { type InstanceValue } from "../../infer/values/value";
import { type Producer, type TensorValue } from "../../ops/value";
import { callAt } from "../reading/calls";
import { type Finding, type Rule } from "../define";
import { parametersOf, reachOf, tensorsOf } from "../reading/graph";
import { nodesOf } from "../reading/syntax";
import { termsOf } from "../reading/terms";
import { parametersHeld, updatesOf } from "../reading/updates";

/** Distributions that have an `rsample`, and the function that draws from normal ones. */
const draws = /^torch\.(distributions\.(Normal|LogNormal|Laplace|Gumbel|Cauchy|Uniform|Beta|Gamma)\.sample|normal)$/;

function* check(inference: Inference): Iterable<Finding> {
  const names = new Set(nodesOf(inference, "Attribute").map(({ attribute }) => attribute.name));
  if (!names.has("sample") && !names.has("normal")) return;
  // Estimators that multiply by the gradient of log_prob draw without a gradient, as they should.
  for (const { losses, steps } of updatesOf(inference)) {
    const held = steps.map(({ object }) => parametersHeld(object, inference));
    const isLearnt = (id: number): boolean => held.some((ids) => ids?.has(id) ?? false);
    for (const { object } of losses) {
      if (object?.kind !== "tensor") continue;
      if (!scores(object)) yield* drawsIn(object, isLearnt, inference);
      else for (const term of judged(object, isLearnt)) yield* drawsIn(term, isLearnt, inference, true);
    }
  }
  if (names.has("log_prob")) return;
  for (const { module, output } of inference.record.moduleCalls)
    if (module.type.kind === "class")
      for (const tensor of tensorsOf(output)) yield* drawsIn(tensor, () => true, inference, true);
}

/** Draws whose values go into a computation, and that come from parameters which are learnt. */
function* drawsIn(
  result: TensorValue,
  isLearnt: (id: number) => boolean,
  inference: Inference,
  isDecoded = false,
): Iterable<Finding> {
  const { producers } = reachOf(result);
  for (const user of producers)
    for (const { producer } of user.inputs) {
      if (!producer || !draws.test(producer.operation) || producer.grad === false) continue;
      if (producer.origin.path !== inference.source.path || !comesFrom(producer, isLearnt)) continue;
      if (!isDecoded || [...producers].some((one) => isDecoder(one, producer))) yield finding(producer);
    }
}

/**
 * Parts of a sum that a network judges which does not learn from it, as the critic does in the actor's loss, beside others
 * with log-probabilities: such a part is there for the gradient that comes back through the draw.
 */
function judged(loss: TensorValue, isLearnt: (id: number) => boolean): TensorValue[] {
  const sums = termsOf(loss).flatMap(({ base }) => (base.kind === "tensor" ? [base.of] : []));
  return sums.length < 2
    ? []
    : sums.filter((term) => {
        const { parameters, producers } = reachOf(term);
        const hasScores = [...producers].some(({ operation }) => operation.endsWith(".log_prob"));
        return !hasScores && parameters.size > 0 && ![...parameters].some(isLearnt);
      });
}

function comesFrom({ inputs }: Producer, isLearnt: (id: number) => boolean): boolean {
  return inputs.some((input) => [...reachOf(input).parameters].some(isLearnt));
}

/** A layer with weights that reads what was drawn. */
function isDecoder({ layer, inputs }: Producer, draw: Producer): boolean {
  return (
    parametersOf(layer as InstanceValue | undefined).length > 0 &&
    inputs.some((input) => reachOf(input).producers.has(draw))
  );
}

function scores(loss: TensorValue): boolean {
  return [...reachOf(loss).producers].some(({ operation }) => operation.endsWith(".log_prob"));
}

function finding({ operation, origin }: Producer): Finding {
  const node = callAt(origin.span);
  const isMethod = operation.endsWith(".sample") && node?.callee.kind === "Attribute";
  return {
    span: origin.span,
    message: isMethod
      ? "No gradient passes through sample(): the layers that compute the mean and the spread learn nothing from what is done with the draw. rsample() draws so that gradients pass."
      : "No gradient passes through torch.normal: the layers that compute the mean and the spread learn nothing from what is done with the draw. Use mean + std * torch.randn_like(std).",
    ...(isMethod && {
      fix: { title: "Call rsample()", edits: [{ span: node.callee.attribute, text: "rsample" }] },
    }),
  };
}

export const sampleNotReparameterised: Rule = {
  id: "sample-not-reparameterised",
  summary: "A draw without reparameterisation stands between a network and its loss.",
  category: "modes",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
