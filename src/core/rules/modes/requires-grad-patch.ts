/** A loss that was cut from the graph and then marked `requires_grad`: backward() runs, and no weight gets a gradient. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import type { Expression } from "../../python/syntax";
import { type Span } from "../../text/source";
import { type Finding, type Rule } from "../define";
import { argumentExpression, callAt, callsOf } from "../reading/calls";
import { reachOf } from "../reading/graph";
import { isSame, optimizersOf } from "../reading/optimizers";
import { nodesOf } from "../reading/syntax";
import { type Step, isInside, pathOf, stepsOf } from "../reading/training";
import { updatesOf } from "../reading/updates";

const makers = ["torch.tensor", "torch.Tensor", "torch.FloatTensor", "torch.autograd.Variable"];

const explained =
  "backward() then runs without an error and ends at this tensor: no weight gets a gradient, and nothing is learnt.";

function* check(inference: Inference): Iterable<Finding> {
  const losses = stepsOf(inference).filter(({ kind }) => kind === "backward");
  yield* patchesWhereMade(losses, inference);
  yield* patchesByFlag(losses, inference);
}

/** `loss = torch.tensor(value, requires_grad=True)`, and backward() on just that tensor. */
function* patchesWhereMade(losses: readonly Step[], inference: Inference): Iterable<Finding> {
  for (const call of callsOf(inference, ...makers)) {
    const node = callAt(call.origin.span);
    const flag = node && argumentExpression(node, "requires_grad", 9);
    const data = node && argumentExpression(node, "data", 0);
    if (!node || flag?.kind !== "Constant" || flag.type !== "bool" || !flag.value) continue;
    // A number that is written there is an exercise, and no loss.
    if (!data || data.kind === "Constant" || data.kind === "List" || data.kind === "UnaryOperation") continue;
    const isLoss = losses.some(({ object }) => object !== undefined && object === call.result);
    if (isLoss || isNamedLoss(node, losses, inference) || isAllThatIsMinimised(call, inference))
      yield { span: node, message: `This makes a new tensor that knows nothing of the model. ${explained}` };
  }
}

/** Made in the round, and all that its loss leads back to, while the optimizer that steps holds the weights of a model. */
function isAllThatIsMinimised({ result, region }: CallRecord, inference: Inference): boolean {
  const made = result.kind === "tensor" ? result.producer : undefined;
  return updatesOf(inference).some(({ losses, steps, loop }) => {
    const isOfModel = steps.every(({ object }) => {
      const held = optimizersOf(inference).find((one) => object && isSame(one.object, object));
      return held?.parameters !== undefined && held.parameters.size > 0 && !held.holdsPlainTensors;
    });
    return (
      made !== undefined &&
      isOfModel &&
      isInside(region, loop.within) &&
      losses.every(({ object }) => {
        const reach = object?.kind === "tensor" ? reachOf(object) : undefined;
        return reach?.parameters.size === 0 && reach.producers.has(made);
      })
    );
  });
}

/** The name that the tensor is assigned to, with backward() on it before it is assigned again. */
function isNamedLoss(node: Span, losses: readonly Step[], inference: Inference): boolean {
  const assign = nodesOf(inference, "Assign").find(({ value }) => value.start === node.start && value.end === node.end);
  const [target] = assign?.targets ?? [];
  return assign !== undefined && target !== undefined && endsIn(assign, pathOf(target), losses, inference);
}

/** `loss.requires_grad = True` or `loss.requires_grad_()`, and backward() on that name. */
function* patchesByFlag(losses: readonly Step[], inference: Inference): Iterable<Finding> {
  for (const assign of nodesOf(inference, "Assign")) {
    const [target] = assign.targets;
    const isSet = assign.value.kind === "Constant" && assign.value.type === "bool" && assign.value.value;
    if (target?.kind !== "Attribute" || target.attribute.name !== "requires_grad" || !isSet) continue;
    if (endsIn(assign, pathOf(target.value), losses, inference))
      yield {
        span: target,
        message: `A loss that the weights went into has this flag already; this one was cut off before. ${explained}`,
      };
  }
  for (const { value } of nodesOf(inference, "ExpressionStatement")) {
    if (value.kind !== "Call" || value.callee.kind !== "Attribute") continue;
    if (value.callee.attribute.name !== "requires_grad_") continue;
    if (endsIn(value, pathOf(value.callee.value), losses, inference))
      yield {
        span: value,
        message: `A loss that the weights went into needs no requires_grad_(); this one was cut off before. ${explained}`,
      };
  }
}

/** Whether backward() is called on a name behind a place, in the same function, with no assignment to it in between. */
function endsIn(place: Span, name: string, losses: readonly Step[], inference: Inference): boolean {
  if (name === "") return false;
  const own = functionAt(place, inference);
  const backward = losses
    .filter(({ call, name: written }) => written === name && call.origin.path === inference.source.path)
    .map(({ call }) => call.origin.span)
    .filter(({ start }) => start >= place.end)
    .sort((a, b) => a.start - b.start)[0];
  if (!backward || functionAt(backward, inference) !== own) return false;
  const isAgain = (target: Expression): boolean =>
    target.start > place.end && target.start < backward.start && pathOf(target) === name;
  const assigned = nodesOf(inference, "Assign").flatMap(({ targets }) => targets);
  return ![...assigned, ...nodesOf(inference, "AugAssign").map(({ target }) => target)].some(isAgain);
}

function functionAt(place: Span, inference: Inference): unknown {
  const around = nodesOf(inference, "FunctionDef").filter(({ start, end }) => start <= place.start && place.end <= end);
  return around.at(-1);
}

export const requiresGradPatch: Rule = {
  id: "requires-grad-patch",
  summary: "A loss without a graph is marked requires_grad so that backward() runs.",
  category: "modes",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
