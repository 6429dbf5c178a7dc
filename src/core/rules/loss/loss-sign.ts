/** A loss with its sign turned: training makes it as large as it can. */
import { type Inference } from "../../infer/analysis";
import { shortName } from "../../ops/define";
import { type Finding, type Rule } from "../define";
import { callsOf } from "../reading/calls";
import { minimisedLikelihoods } from "../reading/likelihoods";
import { familyOf } from "../reading/losses";
import { type Objective, objectivesOf } from "../reading/objectives";
import { policyTerms } from "../reading/policies";
import { nodesOf } from "../reading/syntax";
import { pathOf, stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  const objectives = objectivesOf(inference);
  const turned = objectives.flatMap((objective) => {
    const loss = turnedLoss(objective);
    return loss ? [{ objective, loss }] : [];
  });
  yield* policySigns(inference);
  if (inference.incomplete || isAdversarial(inference, objectives)) return;
  yield* likelihoodSigns(inference, objectives);
  for (const { objective, loss } of turned) {
    const at = objective.loss.producer?.origin;
    const place = at?.path === inference.source.path ? at : objective.call.origin;
    if (place.path !== inference.source.path) continue;
    yield {
      span: place.span,
      message: `The optimizer makes this as small as it can, and so ${shortName(loss)} as large as it can: the sign is the wrong way round.`,
    };
  }
}

/** `(log_prob * reward).mean()`: what an environment rewards becomes less likely. */
function* policySigns(inference: Inference): Iterable<Finding> {
  if (isMaximising(inference)) return;
  for (const { product, outcome, sign, part } of policyTerms(inference)) {
    if (sign < 0) continue;
    yield {
      span: product,
      message: `The optimizer makes this as small as it can, and so actions with a high ${inference.source.slice(outcome)} less likely: a policy's loss is the negative of the logarithm of the probability times how good the action was.`,
      related: [{ span: part.backward.call.origin.span, message: "It is minimised here." }],
    };
  }
}

/** `distribution.log_prob(data).mean()`: the data becomes less likely. */
function* likelihoodSigns(inference: Inference, objectives: readonly Objective[]): Iterable<Finding> {
  for (const { loss, call } of objectives) {
    const [likelihood] = minimisedLikelihoods(loss);
    const at = loss.producer?.origin;
    const place = at?.path === inference.source.path ? at : call.origin;
    if (!likelihood || place.path !== inference.source.path) continue;
    yield {
      span: place.span,
      message:
        "The optimizer makes this as small as it can, and so the data as unlikely as it can: the loss is the negative of log_prob.",
      related:
        likelihood.origin.path === inference.source.path
          ? [{ span: likelihood.origin.span, message: "The logarithm of the probability is computed here." }]
          : [],
    };
  }
}

/** The one loss that is minimised with a negative factor and nothing else beside it. */
function turnedLoss({ terms }: Objective): string | undefined {
  const [term, ...others] = terms.filter(({ base }) => base.kind !== "one");
  if (term?.base.kind !== "tensor" || others.length > 0 || term.factor >= 0 || !term.isExact) return undefined;
  const operation = term.base.of.producer?.operation;
  return operation !== undefined && familyOf(operation) ? operation : undefined;
}

/** Where several things are trained against each other, or gradients are used in another way, losses are maximised too. */
function isAdversarial(inference: Inference, objectives: readonly Objective[]): boolean {
  const optimizers = stepsOf(inference).filter(({ kind }) => kind === "build-optimizer");
  const places = new Set(objectives.map(({ call }) => call.origin.span.start));
  return (
    new Set(optimizers.map(({ call }) => call.origin.span.start)).size !== 1 ||
    places.size > 1 ||
    isMaximising(inference) ||
    callsOf(inference, "torch.autograd.grad", "Tensor.requires_grad_").length > 0 ||
    nodesOf(inference, "Attribute").some(({ attribute: { name } }) => name === "grad") ||
    nodesOf(inference, "Assign").some(({ targets }) => targets.some((at) => pathOf(at).endsWith(".requires_grad")))
  );
}

function isMaximising(inference: Inference): boolean {
  return stepsOf(inference).some(({ kind, call }) => {
    const flag = call.values.get("maximize") ?? call.keywords.get("maximize");
    return kind === "build-optimizer" && flag !== undefined && !(flag.kind === "bool" && flag.value === false);
  });
}

export const lossSign: Rule = {
  id: "loss-sign",
  summary: "A loss is minimised with its sign turned.",
  category: "loss",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
