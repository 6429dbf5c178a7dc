/** An optimizer that steps in a round none of whose losses depends on its parameters. */
import { type Inference } from "../../infer/analysis";
import { type Span } from "../../text/source";
import { type Finding, type Rule } from "../define";
import { cutUpdates } from "../reading/cuts";
import { hasClosure, plainLoops } from "../reading/order";
import { type Optimizer, optimizerOf, parametersBehind, surelyMisses } from "../reading/optimizers";
import { type Step } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  const cut = stepsBehindCuts(inference);
  for (const { round } of plainLoops(inference)) {
    const passes = round.filter(({ kind }) => kind === "backward");
    for (const step of round) {
      if (step.kind !== "step" || step.call.origin.path !== inference.source.path || hasClosure(step)) continue;
      const optimizer = optimizerOf(inference, step);
      if (!optimizer || cut.has(step.call.origin.span) || !passes.every((pass) => leavesOut(pass, optimizer))) continue;
      const name = step.name || "This optimizer";
      yield {
        span: step.call.origin.span,
        message: `${name} steps, but none of the losses that backward() is called on in this loop depends on the parameters it holds: they get no gradients and do not learn.`,
        related: [
          { span: passes[0]!.call.origin.span, message: "The gradients computed here are those of other parameters." },
        ],
      };
    }
  }
}

/** Steps with a loss of their own that is cut off from their parameters: there, the cut is the mistake. */
function stepsBehindCuts(inference: Inference): ReadonlySet<Span> {
  const own = cutUpdates(inference).filter(
    ({ update }) => update.loop.round.filter(({ kind }) => kind === "backward").length > 1,
  );
  return new Set(own.map(({ update }) => update.steps[0]!.call.origin.span));
}

/** Whether a backward pass reaches parameters, and surely none of an optimizer's. */
function leavesOut({ object }: Step, { parameters, holdsPlainTensors }: Optimizer): boolean {
  if (object?.kind !== "tensor" || !parameters || parameters.size === 0 || holdsPlainTensors) return false;
  return parametersBehind(object).length > 0 && surelyMisses(object, parameters);
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
