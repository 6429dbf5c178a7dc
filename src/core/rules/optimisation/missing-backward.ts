/** A training loop that steps and never computes gradients. */
import { type Inference } from "../../infer/analysis";
import { regionsAround } from "../../infer/record/trace";
import { type FunctionValue } from "../../infer/values/value";
import type { ExpressionStatement } from "../../python/syntax";
import { type Finding, type Rule } from "../define";
import { mayTrain, trainingHelpers } from "../reading/helpers";
import { firstBehindBackward, hasClosure, runsClosure } from "../reading/order";
import { callStatement, insertBefore } from "../reading/statements";
import { mentionsAttribute } from "../reading/scopes";
import { nodesOf } from "../reading/syntax";
import { type Step, type TrainingLoop, isInside, loopsAround, stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  for (const loop of loopsAround(inference, "step")) {
    const step = loop.round.find(({ kind }) => kind === "step");
    if (step?.call.origin.path !== inference.source.path) continue;
    const closure = closureOf(step, inference);
    // A function that computes the loss and clears gradients is no helper, whatever it computes with.
    const isMeant = closure ? loop.round.some(({ kind }) => kind === "zero-grad") : !hasClosure(step);
    if (!isMeant || (!closure && !isTraining(inference, loop))) continue;
    if (closure ? computesGradients(inference, closure) : mayComputeGradients(inference, loop)) continue;
    const name = step.name || "The optimizer";
    if (closure) {
      yield {
        span: step.call.origin.span,
        message: `${name}.step() runs ${closure.name}, which computes the loss and never calls backward(): there are no gradients to follow, and the weights stay as they are.`,
      };
      continue;
    }
    const line = callStatement(inference, firstBehindBackward(step, loop.round).call.origin.span);
    yield {
      span: step.call.origin.span,
      message: `${name}.step() is called in every round, but nothing in this loop calls backward(): there are no gradients to follow, and the weights stay as they are.`,
      ...(line && mend(inference, loop, line)),
    };
  }
}

/** The function of the file that a step runs to compute its loss, all of which was run. */
function closureOf(step: Step, inference: Inference): FunctionValue | undefined {
  const given = [...step.call.positional, ...step.call.keywords.values()].find((value) => value.kind === "function");
  const isHere = given?.kind === "function" && given.scope.frame.path === inference.source.path;
  return isHere && runsClosure(step, inference) ? given : undefined;
}

/** In itself, or in a function that it calls. */
function computesGradients(inference: Inference, { node }: FunctionValue): boolean {
  const steps = stepsOf(inference).filter(({ kind }) => kind === "backward");
  const isInIt = ({ call }: Step): boolean => {
    for (const at of regionsAround(call.region)) if (at.kind === "call" && at.node === node) return true;
    return false;
  };
  return (
    steps.some(isInIt) || mentionsAttribute(inference, node, /^(grad|backward|autograd)$/) || helpers(inference, node)
  );
}

/** Something that nobody knows may compute them. */
function helpers(inference: Inference, node: FunctionValue["node"]): boolean {
  return inference.record.calls.some((call) => {
    if (!mayTrain(call)) return false;
    for (const at of regionsAround(call.region)) if (at.kind === "call" && at.node === node) return true;
    return false;
  });
}

/** The round clears gradients and runs something: it is not a helper that goes through a list of optimizers. */
function isTraining({ record }: Inference, { round, within }: TrainingLoop): boolean {
  if (!round.some(({ kind }) => kind === "zero-grad")) return false;
  return record.calls.some(
    ({ operation, region }) => /^(Module\.__call__|\?)$/.test(operation) && isInside(region, within),
  );
}

function mayComputeGradients(inference: Inference, { region }: TrainingLoop): boolean {
  let outer: TrainingLoop["region"] = region;
  for (const at of regionsAround(region)) if (at.kind === "loop") outer = at;
  const steps = stepsOf(inference);
  const isComputed = steps.some(({ kind, call }) => kind === "backward" && isInside(call.region, outer));
  if (isComputed || trainingHelpers(inference, outer).length > 0) return true;
  return [outer, region].some(({ node }) => mentionsAttribute(inference, node, /^(grad|backward)$|closure/));
}

/** Only where the round computes one thing that is called a loss. */
function mend(inference: Inference, { region }: TrainingLoop, line: ExpressionStatement): Pick<Finding, "fix"> {
  const loop = region.node;
  const names = nodesOf(inference, "Assign")
    .filter(({ start, end }) => start >= loop.start && end <= line.start)
    .flatMap(({ targets }) => targets.flatMap((target) => (target.kind === "Name" ? target.id : [])))
    .filter((name) => /loss/i.test(name));
  const [name, ...others] = new Set(names);
  if (name === undefined || others.length > 0) return {};
  return {
    fix: { title: `Call ${name}.backward()`, edits: [insertBefore(inference, line, `${name}.backward()`)] },
  };
}

export const missingBackward: Rule = {
  id: "missing-backward",
  summary: "The optimizer steps, and nothing computes gradients.",
  category: "optimisation",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  mootInFrameworks: true,
  check,
};
