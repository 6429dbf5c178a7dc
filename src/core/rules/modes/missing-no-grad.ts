/** An evaluation pass that builds a graph for every batch, which nobody walks back. */
import { type Inference } from "../../infer/analysis";
import { type Region, gradModeIn, regionsAround } from "../../infer/record/trace";
import { type Span } from "../../text/source";
import { type Finding, type Rule } from "../define";
import { evaluationForwards } from "../reading/evaluation";
import { parametersOf } from "../reading/graph";
import { entryOf, modeStepBefore } from "../reading/modes";
import { type Step, isInside, roundAround } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  const free = new Set<number>();
  const findings = new Map<number, Finding>();
  for (const forward of evaluationForwards(inference)) {
    const { region, origin, result } = forward.call;
    if (gradModeIn(region) !== true) {
      free.add(origin.span.start);
      continue;
    }
    const round = roundAround(region);
    if (!round || needsGradients(round, inference)) continue;
    const { object } = forward;
    const isKnown = object?.kind === "instance" ? parametersOf(object).length > 0 && result.kind !== "unknown" : false;
    const mode = modeStepBefore(forward, inference);
    const isSwitched = mode !== undefined && mode !== "unclear" && mode.kind === "eval";
    if (!isSwitched && (!isKnown || entryOf(region))) continue;
    const name = forward.name || "The model";
    findings.set(origin.span.start, {
      span: placeIn(round, forward, inference),
      message: `${name} builds a graph for gradients that nobody asks for, which costs memory for every activation. Put the pass under torch.no_grad().`,
    });
  }
  for (const [start, found] of findings) if (!free.has(start)) yield found;
}

/** What stands in the loop: the call itself, or that of the helper that makes it for training too. */
function placeIn(round: Region, { call }: Step, { source }: Inference): Span {
  const around = [...regionsAround(call.region)];
  const outermost = around.slice(0, around.indexOf(round)).findLast(({ kind }) => kind === "call");
  return outermost?.kind === "call" && round.path === source.path ? outermost.at : call.origin.span;
}

/** Adversarial examples and saliency maps want gradients in evaluation. */
function needsGradients(round: NonNullable<ReturnType<typeof roundAround>>, { record }: Inference): boolean {
  return record.calls.some(
    ({ operation, region }) =>
      /backward$|^torch\.autograd\.(functional\.)?\w+$|requires_grad_|^torch\.func\./.test(operation) &&
      isInside(region, round),
  );
}

export const missingNoGrad: Rule = {
  id: "missing-no-grad",
  summary: "An evaluation pass builds graphs for gradients that nobody asks for.",
  category: "modes",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  mootInFrameworks: true,
  check,
};
