/** A regression whose last layer has an activation: predictions that the targets need cannot be made. */
import { type Inference } from "../../infer/analysis";
import { type Producer } from "../../ops/value";
import { type Finding, type Rule } from "../define";
import { foundAt, nameOf, withoutActivation } from "../reading/activations";
import { functionName, stepsBehind, valueProducer } from "../reading/flow";
import { type LossCall, lossCallsOfRun } from "../reading/losses";
import { plain } from "../reading/terms";

function* check(inference: Inference): Iterable<Finding> {
  for (const loss of lossCallsOfRun(inference, "regression")) {
    if (loss.input?.kind !== "tensor" || isFeature(loss)) continue;
    const producer = valueProducer(loss.input);
    if (!producer || !isBehindLinear(producer)) continue;
    const message = problemOf(producer, loss);
    if (!message) continue;
    const related = "The predictions are compared with the targets here.";
    yield {
      ...foundAt(producer, loss.call.origin, { message, related }, inference),
      ...withoutActivation(producer, inference),
    };
  }
}

function problemOf(producer: Producer, { target }: LossCall): string | undefined {
  const name = functionName(producer.operation);
  if (/^re_?lu$/.test(name))
    return "After this ReLU no prediction is below 0, and a prediction of 0 gets no gradient: for an example where that happens nothing is learnt. A regression ends in a linear layer.";
  const range = { tanh: "-1 and 1", sigmoid: "0 and 1", softsign: "-1 and 1" }[name];
  const isNormal =
    target?.kind === "tensor" && /^randn(_like)?$/.test(functionName(plain(target).producer?.operation ?? ""));
  return range && isNormal
    ? `${nameOf(producer)} keeps every prediction between ${range}, and the targets are drawn from a normal distribution: what lies outside cannot be reached.`
    : undefined;
}

/** Features of two networks are compared behind their activations. */
function isFeature({ target }: LossCall): boolean {
  if (target?.kind !== "tensor") return false;
  for (const { layer } of stepsBehind([target])) if (layer) return true;
  return false;
}

function isBehindLinear({ inputs }: Producer): boolean {
  const before = inputs[0] && valueProducer(inputs[0]);
  return before !== undefined && functionName(before.operation) === "linear";
}

export const activationBeforeRegressionLoss: Rule = {
  id: "activation-before-regression-loss",
  summary: "The last layer of a regression has an activation that its targets do not fit.",
  category: "loss",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
