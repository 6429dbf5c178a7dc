/** Evaluation passes: a model called on held-out data, or without a graph, with nothing learnt from what it says. */
import { type Inference } from "../../infer/analysis";
import { type Region, gradModeIn, regionsAround } from "../../infer/record/trace";
import { type Span } from "../../text/source";
import { type AnyNode, isKind } from "../../python/visit";
import { callAt } from "./calls";
import { forwardsOf, modeStepBefore } from "./modes";
import { flowsFrom } from "./graph";
import { type Step, isInside, roundAround, stepsOf } from "./training";

/** Names of held-out data, and of functions that look at it. */
const heldOut =
  /(^|[^a-z])(val|valid|validate|validation|test|eval|evaluate|evaluation|dev)(?![a-z])|(^|[^a-z])(val|valid|test|eval)_?(set|data|loader|dl|ds|iter|batch|acc)|Test|Eval|Valid/;

const trains = /train|fit|sample|generate|ema/i;

const known = new WeakMap<Inference, readonly Step[]>();

/** Calls of models in passes that evaluate, in the order of the run. */
export function evaluationForwards(inference: Inference): readonly Step[] {
  const found = known.get(inference) ?? forwardsOf(inference).filter((forward) => isEvaluation(forward, inference));
  known.set(inference, found);
  return found;
}

function isEvaluation(forward: Step, inference: Inference): boolean {
  const { call } = forward;
  if (call.origin.path !== inference.source.path || isLearntFrom(forward, inference)) return false;
  const names = namesAround(call.region, call.origin.span, inference);
  if (names.some((name) => trains.test(name) && !heldOut.test(name))) return false;
  const round = roundAround(call.region);
  const isAmongUpdates = stepsOf(inference).some(
    ({ kind, call: other }) => kind === "backward" && round !== undefined && isInside(other.region, round),
  );
  if (names.some((name) => heldOut.test(name))) return !isAmongUpdates || gradModeIn(call.region) === false;
  const isOutside = round !== undefined && !isAmongUpdates;
  return isOutside && (gradModeIn(call.region) === false || isSwitchedOff(forward, inference));
}

/** One function for both passes, which tells them apart by an argument: the model is in evaluation mode when it is called. */
function isSwitchedOff(forward: Step, inference: Inference): boolean {
  const isShared = stepsOf(inference).some(
    ({ kind, call: { region } }) => kind === "backward" && functionOf(region) === functionOf(forward.call.region),
  );
  const mode = isShared && forward.call.result.kind === "tensor" ? modeStepBefore(forward, inference) : undefined;
  return mode !== undefined && mode !== "unclear" && mode.kind === "eval";
}

function functionOf(region: Region | undefined): object | undefined {
  for (const at of regionsAround(region)) if (at.kind === "call") return at.node;
  return undefined;
}

/** Whether a loss is computed backwards that depends on what the call gave. */
function isLearntFrom({ call, index }: Step, inference: Inference): boolean {
  return stepsOf(inference).some(
    ({ kind, object, index: later }) =>
      kind === "backward" && later > index && object?.kind === "tensor" && flowsFrom(object, call.result),
  );
}

/**
 * What the innermost function around a call is called, what the loop around it goes over, and what the call gets. Where
 * that tells nothing, also the functions further out, up to the one with the loop, and what that was handed to go over.
 */
function namesAround(region: Region | undefined, call: Span, inference: Inference): string[] {
  const regions = [...regionsAround(region)];
  const innermost = regions.findIndex(({ kind }) => kind === "call");
  const node = callAt(call);
  const inner = namesOf(innermost < 0 ? regions : regions.slice(0, innermost + 1), inference).slice(0, 2);
  const names = [...inner, ...(node?.args.map((arg) => inference.source.slice(arg)) ?? [])];
  if (names.some((name) => heldOut.test(name) || trains.test(name))) return names;
  const loop = regions.findIndex((at) => at.kind === "loop" && "iterable" in at.node);
  const around = loop < 0 ? -1 : regions.findIndex(({ kind }, at) => at > loop && kind === "call");
  if (around < 0) return names;
  return [
    ...names,
    ...namesOf(regions.slice(0, around + 1), inference),
    ...handed(regions[loop]!, regions[around]!, inference),
  ];
}

function namesOf(regions: readonly Region[], { source }: Inference): string[] {
  return regions.flatMap((at) => {
    if (at.kind === "call") return [at.name.split(".").at(-1)!];
    return at.kind === "loop" && "iterable" in at.node && at.path === source.path
      ? [source.slice(at.node.iterable)]
      : [];
  });
}

/** What a function was called with in the place of the parameter that its loop goes over: `test_loader`. */
function handed(loop: Region, around: Region, { source }: Inference): string[] {
  if (loop.kind !== "loop" || around.kind !== "call") return [];
  if ((around.parent?.path ?? source.path) !== source.path) return [];
  const iterable = "iterable" in loop.node ? loop.node.iterable : undefined;
  const call = callAt(around.at);
  const definition = around.node as AnyNode;
  if (!call || !isKind(definition, "FunctionDef")) return [];
  const { parameters } = definition;
  const at = parameters.findIndex(({ name }) => iterable?.kind === "Name" && name.name === iterable.id);
  const isMethod = parameters[0]?.name.name === "self";
  const given = at < 0 ? undefined : call.args[isMethod ? at - 1 : at];
  return given ? [source.slice(given)] : [];
}
