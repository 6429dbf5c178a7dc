/** A loop that computes gradients and clears them, and whose optimizer never uses them. */
import { type Inference } from "../../infer/analysis";
import { type Region, regionsAround } from "../../infer/record/trace";
import { type Value } from "../../infer/values/value";
import { type Finding, type Rule } from "../define";
import { trainingHelpers } from "../reading/helpers";
import { callAt } from "../reading/calls";
import { parametersOf, surelyMisses } from "../reading/graph";
import { lastBeforeStep } from "../reading/order";
import { isSame, optimizerOf, optimizersOf } from "../reading/optimizers";
import { callStatement, insertBehind } from "../reading/statements";
import { mentionsAttribute } from "../reading/scopes";
import { nodesOf } from "../reading/syntax";
import { type Step, type TrainingLoop, actOnSame, isInside, pathOf, stepsOf, trainingLoops } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  for (const loop of trainingLoops(inference)) {
    const inRound = loop.round.flatMap((step) => (clearsOptimizer(step) ? step : (clearsModel(inference, step) ?? [])));
    const clears = inRound.length > 0 ? inRound : [clearAround(inference, loop)];
    const clear = clears.find((one) => one !== undefined && !mayStep(inference, one, loop));
    const backward = clear && lossOf(inference, clear, loop, inRound);
    if (!clear || backward?.call.origin.path !== inference.source.path) continue;
    const line = callStatement(inference, lastBeforeStep(backward, loop.round).call.origin.span);
    yield {
      span: backward.call.origin.span,
      message: `The gradients are computed here, and ${clearing(clear)} clears them, but ${clear.name}.step() is never called: the weights stay as they are.`,
      related: [{ span: clear.call.origin.span, message: "Gradients are cleared here." }],
      ...(line && {
        fix: { title: "Step after backward()", edits: [insertBehind(inference, line, `${clear.name}.step()`)] },
      }),
    };
  }
}

const clearing = ({ name, call }: Step): string =>
  call.operation === "Module.zero_grad" ? "the model's zero_grad()" : `${name}.zero_grad()`;

function clearsOptimizer({ kind, call, name }: Step): boolean {
  return kind === "zero-grad" && /^(Optimizer|\?)\.zero_grad$/.test(call.operation) && /opt|solver/i.test(name);
}

/** `net.zero_grad()` clears for the one optimizer that holds all of the module's parameters. */
function clearsModel(inference: Inference, step: Step): Step | undefined {
  const { kind, object, call } = step;
  if (kind !== "zero-grad" || call.operation !== "Module.zero_grad" || object?.kind !== "instance") return undefined;
  const own = parametersOf(object);
  const [optimizer, ...others] = optimizersOf(inference).filter(({ parameters }) =>
    own.every((id) => parameters?.has(id)),
  );
  const made = optimizer && callAt(optimizer.call.origin.span);
  const [target] = nodesOf(inference, "Assign").find(({ value }) => value === made)?.targets ?? [];
  const name = target ? pathOf(target) : "";
  return optimizer && others.length === 0 && own.length > 0 && name !== ""
    ? { ...step, object: optimizer.object, name }
    : undefined;
}

/**
 * The last loss whose gradients the optimizer would follow: of those that reach its parameters, as far as that is known, one
 * behind the clearing and in front of the next.
 */
function lossOf(inference: Inference, clear: Step, { round }: TrainingLoop, clears: readonly Step[]): Step | undefined {
  const parameters = optimizerOf(inference, clear)?.parameters;
  const losses = round.filter(
    ({ kind, object }) =>
      kind === "backward" && !(parameters && object?.kind === "tensor" && surelyMisses(object, parameters, inference)),
  );
  const next = clears.find((other) => other.index > clear.index)?.index ?? Infinity;
  return losses.findLast(({ index }) => index > clear.index && index < next) ?? losses.at(-1);
}

/** Gradients are added up in an inner loop; the optimizer belongs to the one around it. */
function clearAround(inference: Inference, { region }: TrainingLoop): Step | undefined {
  const outer = outermost(region);
  return outer === region
    ? undefined
    : stepsOf(inference).find((step) => clearsOptimizer(step) && isInside(step.call.region, outer));
}

function outermost(region: Region): Region {
  let loop = region;
  for (const at of regionsAround(region)) if (at.kind === "loop") loop = at;
  return loop;
}

/** Any step of the program, or something unknown that gets the optimizer, or weights that are changed by hand. */
function mayStep(inference: Inference, clear: Step, { region }: TrainingLoop): boolean {
  const outer = outermost(region);
  const steps = stepsOf(inference).filter(({ kind }) => kind === "step");
  const isOwn = (step: Step): boolean => {
    const same = actOnSame(step, clear);
    return same === true || (same === undefined && isInside(step.call.region, outer));
  };
  if (steps.some(isOwn)) return true;
  if (trainingHelpers(inference, outer).length > 0) return true;
  const { object } = clear;
  const isHandedOn = inference.record.calls.some(
    ({ operation, positional, keywords }) =>
      !/^(Optimizer|\?)\.zero_grad$|^torch\.optim\./.test(operation) &&
      object !== undefined &&
      [...positional, ...keywords.values()].some((value) => isSame(value, object)),
  );
  return isHandedOn || namesStep(inference, clear) || changesByHand(inference, outer);
}

/** `optimizer.step` without its parentheses, which a rule of its own is about. */
function namesStep(inference: Inference, { name }: Step): boolean {
  return nodesOf(inference, "ExpressionStatement").some(
    ({ value }) => value.kind === "Attribute" && value.attribute.name === "step" && pathOf(value.value) === name,
  );
}

/** Something in the loop reads gradients, or changes tensors in place. */
function changesByHand(inference: Inference, loop: Region): boolean {
  const isChanged = inference.record.calls.some(
    ({ operation, receiver, region }) =>
      (operation === "Tensor.data=" ||
        (/^Tensor\.(?!requires_grad_$)\w+_$/.test(operation) && isParameter(receiver))) &&
      isInside(region, loop),
  );
  const reads = loop.kind === "loop" && mentionsAttribute(inference, loop.node, /^grad$/);
  const helpers = nodesOf(inference, "FunctionDef").filter(({ name }) => /update|step|apply|sgd/i.test(name.name));
  return isChanged || reads || helpers.some((helper) => mentionsAttribute(inference, helper, /^grad$/));
}

function isParameter(value: Value | undefined): boolean {
  return value?.kind === "tensor" && value.stored?.kind === "parameter";
}

export const optimizerNeverSteps: Rule = {
  id: "optimizer-never-steps",
  summary: "Gradients are computed, and the optimizer never steps.",
  category: "optimisation",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  mootInFrameworks: true,
  check,
};
