/** A loss that is computed under `no_grad` and then used for backward(): it has no graph. */
import { type Inference } from "../../infer/analysis";
import { type Region, gradModeIn, regionsAround } from "../../infer/record/trace";
import { isKind } from "../../python/visit";
import { type Span } from "../../text/source";
import { type Finding, type Rule } from "../define";
import { cutUpdates } from "../reading/cuts";
import { ancestorsOf, nodesOf } from "../reading/syntax";
import { type Step, pathOf, stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  yield* checkCuts(inference);
  for (const step of stepsOf(inference)) {
    if (step.kind !== "backward" || step.call.origin.path !== inference.source.path) continue;
    if (!isWithoutGraph(step, inference)) continue;
    const context = contextAround(step.call.region);
    const name = context?.name?.split(".").at(-1) ?? "no_grad";
    yield {
      span: step.call.origin.span,
      message: `The loss was computed under ${name}, so it has no graph: backward() has nowhere to go and stops with an error, or trains nothing.`,
      ...(context && { related: [{ span: context.node, message: "No graph is kept in here." }] }),
    };
  }
}

/** A model called under `no_grad`, and a loss computed behind it. */
function* checkCuts(inference: Inference): Iterable<Finding> {
  for (const { cut, missing, update } of cutUpdates(inference)) {
    const { origin } = update.losses[0]!.call;
    if (missing !== "all" || cut.grad !== false || origin.path !== inference.source.path) continue;
    yield {
      span: origin.span,
      message:
        "The loss depends on the weights only through what was computed under no_grad, so it has no graph: backward() stops with an error, or trains nothing.",
      ...(cut.origin.path === origin.path && {
        related: [{ span: cut.origin.span, message: "Computed without a graph." }],
      }),
    };
  }
}

function contextAround(region: Region | undefined): (Region & { readonly kind: "context" }) | undefined {
  for (const at of regionsAround(region)) if (at.kind === "context" && at.name !== undefined) return at;
  return undefined;
}

/** The last operation of the loss ran without a graph; where the loss is not known, it was named in that same context. */
function isWithoutGraph(step: Step, inference: Inference): boolean {
  const { object, call } = step;
  if (object?.kind === "tensor") return object.producer?.grad === false && object.producer.inputs.length > 0;
  if (gradModeIn(call.region) !== false || step.name === "") return false;
  const body = bodyOf(contextAround(call.region), inference);
  return body !== undefined && isAssignedIn(step.name, body, call.origin.span, inference);
}

/** The `with` statement of a context; nothing for a decorator of a function in another place. */
function bodyOf(context: Region | undefined, inference: Inference): Span | undefined {
  if (context?.kind !== "context" || context.path !== inference.source.path) return undefined;
  return nodesOf(inference, "With").find(({ items }) => items.some(({ context: node }) => node === context.node));
}

/** Whether every assignment to the name in front of the call, in its function, stands in the body, and one does. */
function isAssignedIn(name: string, body: Span, call: Span, inference: Inference): boolean {
  const own = functionAt(call, inference);
  const places = nodesOf(inference, "Assign")
    .filter(({ targets, start }) => start < call.start && targets.some((target) => pathOf(target) === name))
    .filter((assign) => own === undefined || [...ancestorsOf(inference, assign)].some((node) => node === own));
  return (
    places.length > 0 &&
    places.every(({ start, end }) => start >= body.start && end <= body.end && !isReenabled(start, body, inference))
  );
}

function isReenabled(at: number, body: Span, inference: Inference): boolean {
  return nodesOf(inference, "With").some(
    ({ start, end, items }) =>
      start > body.start &&
      start < at &&
      at < end &&
      items.some(({ context }) => inference.source.slice(context).includes("grad")),
  );
}

function functionAt(span: Span, inference: Inference): unknown {
  return nodesOf(inference, "FunctionDef")
    .filter((node) => isKind(node, "FunctionDef") && node.start <= span.start && span.end <= node.end)
    .at(-1);
}

export const noGradAroundTraining: Rule = {
  id: "no-grad-around-training",
  summary: "The loss that is trained on is computed under no_grad.",
  category: "modes",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
