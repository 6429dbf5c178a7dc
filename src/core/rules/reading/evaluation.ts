/** Evaluation passes: a model called on held-out data, or without a graph, with nothing learnt from what it says. */
import { type Inference } from "../../infer/analysis";
import { type Region, gradModeIn, regionsAround } from "../../infer/trace";
import { type Span } from "../../text/source";
import { callAt } from "./calls";
import { forwardsOf, modeStepBefore } from "./modes";
import { flowsFrom } from "./graph";
import { type Step, isInside, roundAround, stepsOf } from "./training";

/** Names of held-out data, and of functions that look at it. */
const heldOut =
  /(^|[^a-z])(val|valid|validate|validation|test|eval|evaluate|evaluation|dev)(?![a-z])|(^|[^a-z])(val|valid|test|eval)_?(set|data|loader|dl|ds|iter|batch|acc)|Test|Eval|Valid/;

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
  if (names.some((name) => /train|fit|sample|generate|ema/i.test(name) && !heldOut.test(name))) return false;
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

/** What the innermost function around a call is called, what the loop around it goes over, and what the call gets. */
function namesAround(region: Region | undefined, call: Span, inference: Inference): string[] {
  const names: string[] = [];
  for (const at of regionsAround(region)) {
    if (at.kind === "loop" && "iterable" in at.node && at.path === inference.source.path)
      names.push(inference.source.slice(at.node.iterable));
    if (at.kind === "call") {
      names.push(at.name.split(".").at(-1)!);
      break;
    }
  }
  const node = callAt(call);
  return [...names.slice(0, 2), ...(node?.args.map((arg) => inference.source.slice(arg)) ?? [])];
}
