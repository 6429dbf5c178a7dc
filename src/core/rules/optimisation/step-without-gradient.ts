/** An optimizer that steps in a round none of whose losses depends on its parameters. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { type CutUpdate, cutName, cutUpdates } from "../reading/cuts";
import { stepsWithoutGradient } from "../reading/stepsWithoutGradient";

function* check(inference: Inference): Iterable<Finding> {
  const cuts = new Map(cutUpdates(inference).map((one) => [one.step, one]));
  for (const { step, passes } of stepsWithoutGradient(inference)) {
    const { origin } = step.call;
    const cut = cuts.get(step);
    // A loss of its own that is cut off: there, the cut is the mistake.
    if (origin.path !== inference.source.path || (cut && cut.missing !== "other")) continue;
    const name = step.name || "This optimizer";
    yield {
      span: origin.span,
      message: `${name} steps, but none of the losses that backward() is called on in this loop depends on the parameters it holds: they get no gradients and do not learn.`,
      related: [
        { span: passes[0]!.call.origin.span, message: "The gradients computed here are those of other parameters." },
        ...placeOfCut(inference, cut),
      ],
    };
  }
}

function placeOfCut({ source }: Inference, update: CutUpdate | undefined): Finding["related"] & object {
  if (update?.cut.origin.path !== source.path) return [];
  return [{ span: update.cut.origin.span, message: `${cutName(update.cut)} keeps the gradients from them here.` }];
}

export const stepWithoutGradient: Rule = {
  id: "step-without-gradient",
  summary: "An optimizer steps whose parameters get no gradients.",
  category: "optimisation",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  mootInFrameworks: true,
  check,
};
