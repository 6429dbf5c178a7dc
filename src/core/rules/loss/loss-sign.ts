/** A loss with its sign turned: training makes it as large as it can. */
import { type Inference } from "../../infer/analysis";
import { shortName } from "../../ops/define";
import { type Finding, type Rule } from "../define";
import { callsOf } from "../reading/calls";
import { familyOf } from "../reading/losses";
import { type Objective, objectivesOf } from "../reading/objectives";
import { nodesOf } from "../reading/syntax";
import { stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  const objectives = objectivesOf(inference);
  const turned = objectives.flatMap((objective) => {
    const loss = turnedLoss(objective);
    return loss ? [{ objective, loss }] : [];
  });
  if (inference.incomplete || turned.length === 0 || isAdversarial(inference, objectives)) return;
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
  const isMaximising = optimizers.some(({ call }) => {
    const flag = call.values.get("maximize") ?? call.keywords.get("maximize");
    return flag !== undefined && !(flag.kind === "bool" && flag.value === false);
  });
  return (
    new Set(optimizers.map(({ call }) => call.origin.span.start)).size !== 1 ||
    places.size > 1 ||
    isMaximising ||
    callsOf(inference, "torch.autograd.grad", "Tensor.requires_grad_").length > 0 ||
    nodesOf(inference, "Attribute").some(({ attribute: { name } }) => name === "grad" || name === "requires_grad")
  );
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
