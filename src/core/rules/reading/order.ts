/** The order of clearing, backward and step in a round, which begins anew where it ends. */
import { type Inference } from "../../infer/analysis";
import { trainingHelpers } from "./helpers";
import { callAt } from "./calls";
import { isSame, optimizersOf, optimizerOf } from "./optimizers";
import { type Step, type TrainingLoop, actOnSame, pathOf, trainingLoops } from "./training";

/** Training loops in which nothing unknown may take part in the training. */
export function plainLoops(inference: Inference): readonly TrainingLoop[] {
  return trainingLoops(inference).filter(({ within }) => trainingHelpers(inference, within).length === 0);
}

/** Whether what clears gradients surely clears those that an optimizer steps with. */
export function clearsFor(inference: Inference, clear: Step, step: Step, round: readonly Step[]): boolean {
  if (actOnSame(clear, step)) return true;
  if (clear.call.operation === "Optimizer.zero_grad" || clear.call.operation === "Tensor.grad=") return false;
  const optimizer = optimizerOf(inference, step);
  const isOnly = round.every((other) => other.kind !== "step" || actOnSame(other, step));
  const isModel = round.some(({ kind, call }) => kind === "forward" && calledName(call.origin.span) === clear.name);
  return isOnly && isModel && (optimizer === undefined || optimizersOf(inference).length === 1);
}

function calledName(span: Step["call"]["origin"]["span"]): string {
  const node = callAt(span);
  return node ? pathOf(node.callee) : "";
}

/** The event in front of another one, going round: the last of the round comes before the first of the next. */
export function eventBefore(events: readonly Step[], event: Step): Step | undefined {
  const at = events.indexOf(event);
  return at < 0 || events.length < 2 ? undefined : events[(at + events.length - 1) % events.length];
}

export function eventBehind(events: readonly Step[], event: Step): Step | undefined {
  const at = events.indexOf(event);
  return at < 0 || events.length < 2 ? undefined : events[(at + 1) % events.length];
}

/** The last thing done to the gradients of a backward pass, clipping them say: `step()` belongs behind it. */
export function lastBeforeStep(backward: Step, round: readonly Step[]): Step {
  return workOn(round.slice(round.indexOf(backward) + 1)).at(-1) ?? backward;
}

/** The first thing done to gradients that `step()` is about to use: `backward()` belongs in front of it. */
export function firstBehindBackward(step: Step, round: readonly Step[]): Step {
  return workOn(round.slice(0, round.indexOf(step)).reverse()).at(-1) ?? step;
}

/** The work on gradients that comes first in some steps, before others are computed, used or cleared. */
function workOn(steps: readonly Step[]): readonly Step[] {
  const end = steps.findIndex(({ kind }) => kind === "backward" || kind === "step" || kind === "zero-grad");
  return steps.slice(0, end < 0 ? steps.length : end).filter(({ kind }) => kind === "clip" || kind === "unscale");
}

/** Whether a step of one of PyTorch's own optimizers runs a function of the program, all of which is then in the run. */
export function runsClosure({ call, object }: Step, { record }: Inference): boolean {
  const given = [...call.positional, ...call.keywords.values()].find((value) => value.kind === "function");
  const isKnown = object?.kind === "instance" && object.type.name.startsWith("torch.optim.");
  return given?.kind === "function" && isKnown && record.called.has(given.node);
}

/** Whether a step runs a function that computes the loss. */
export function hasClosure({ call }: Step): boolean {
  const given = call.positional.filter((value) => !call.receiver || !isSame(value, call.receiver));
  return /^GradScaler|scaler/i.test(call.operation) ? false : given.length > 0 || call.keywords.size > 0;
}
