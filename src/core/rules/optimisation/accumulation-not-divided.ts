/** Gradients of several batches that are added up, and not averaged. */
import { type Inference } from "../../infer/analysis";
import { type TensorValue } from "../../ops/value";
import type { Expression, Node } from "../../python/syntax";
import { isKind, walk } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { callAt } from "../reading/calls";
import { optimizerOf } from "../reading/optimizers";
import { plainLoops } from "../reading/order";
import { assignmentsIn, isWithin, mentionsAttribute } from "../reading/scopes";
import { ancestorsOf, nodesOf } from "../reading/syntax";
import { type Step, type TrainingLoop, isInside, isStraight, pathOf, stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  for (const loop of plainLoops(inference)) {
    const { within, region } = loop;
    const here = stepsOf(inference).filter(({ call }) => isInside(call.region, region));
    const passes = loop.round.filter(({ kind }) => kind === "backward");
    const [backward] = passes;
    const step = here.find(({ kind }) => kind === "step");
    if (passes.length !== 1 || !step || backward?.call.origin.path !== inference.source.path) continue;
    const every = isStraight(backward, within) && collectsUntil(inference, region.node, step, here);
    if (!every || isDivided(inference, backward, loop) || doesNotMatter(inference, step, here)) continue;
    yield {
      span: backward.call.origin.span,
      message: `The gradients of several batches are added up here before ${step.name || "the optimizer"} steps, so each step is as many times too long as there are batches. Divide the loss by their number.`,
      related: [{ span: every, message: "The optimizer steps only now and then." }],
    };
  }
}

/** The test, such as `(i + 1) % 4 == 0`, behind which the optimizer steps and is cleared; nothing is cleared elsewhere. */
function collectsUntil(inference: Inference, loop: Node, step: Step, here: readonly Step[]): Expression | undefined {
  const test = testAround(inference, loop, step);
  const clears = here.filter(({ kind }) => kind === "zero-grad");
  const areTogether = clears.length > 0 && clears.every((clear) => testAround(inference, loop, clear) === test);
  return areTogether ? test : undefined;
}

/** The test with a remainder that a step stands behind in the loop. */
function testAround(inference: Inference, loop: Node, { call }: Step): Expression | undefined {
  const node = callAt(call.origin.span);
  for (const at of node ? ancestorsOf(inference, node) : []) {
    if (at === loop) return undefined;
    if (isKind(at, "If") && holdsRemainder(at.test)) return at.test;
  }
  return undefined;
}

function holdsRemainder(test: Expression): boolean {
  let found = false;
  walk(test, (node) => {
    if (isKind(node, "BinaryOperation") && node.operator === "%") found = true;
    return undefined;
  });
  return found;
}

const scaling = /\.(div|mul|true_divide|__truediv__|__mul__|__itruediv__|__imul__|divide|multiply|sum)$|[*/]$/;

/** The loss, or its gradients, are divided somewhere, or the loss is a sum anyway. */
function isDivided(inference: Inference, { object, name, call }: Step, { region }: TrainingLoop): boolean {
  if (object?.kind === "tensor" && isScaled(object)) return true;
  const written = callAt(call.origin.span)?.callee;
  const loss = written?.kind === "Attribute" ? written.value : undefined;
  const names = new Set([name, ...(loss ? [pathOf(loss)] : [])].filter((one) => one !== ""));
  if (loss && loss.kind !== "Name" && loss.kind !== "Attribute") return holdsScaling(loss) || !callsOnly(loss);
  const loop = region.node;
  const values = [
    ...assignmentsIn(inference, loop).flatMap((node) =>
      node.targets.some((one) => names.has(pathOf(one))) ? [node.value] : [],
    ),
  ];
  const isChanged = nodesOf(inference, "AugAssign").some(
    ({ target, operator, ...span }) => isWithin(span, loop) && names.has(pathOf(target)) && operator !== "+",
  );
  return (
    isChanged ||
    values.some(holdsScaling) ||
    mentionsAttribute(inference, loop, /^(grad|param_groups|div_|mul_|scale)$/) ||
    /reduction\s*=\s*["'](sum|none)["']/.test(inference.source.text)
  );
}

function isScaled({ producer }: TensorValue): boolean {
  return producer !== undefined && scaling.test(producer.operation);
}

function holdsScaling(expression: Expression): boolean {
  let found = false;
  walk(expression, (node) => {
    if (isKind(node, "BinaryOperation") && /^[*/]$/.test(node.operator)) found = true;
    if (isKind(node, "Attribute") && /^(div|mul|sum)_?$/.test(node.attribute.name)) found = true;
    return undefined;
  });
  return found;
}

/** `criterion(model(x), y).backward()`. */
function callsOnly(expression: Expression): boolean {
  return expression.kind === "Call";
}

/** Adam's steps do not depend on the scale of the gradients, as long as nothing is clipped. */
function doesNotMatter(inference: Inference, step: Step, round: readonly Step[]): boolean {
  const made = optimizerOf(inference, step)?.call.operation ?? "";
  return /\.(Adam\w*|NAdam|RAdam|RMSprop|Adagrad|Adadelta)$/.test(made) && !round.some(({ kind }) => kind === "clip");
}

export const accumulationNotDivided: Rule = {
  id: "accumulation-not-divided",
  summary: "Gradients are added up over batches and the loss is not divided.",
  category: "optimisation",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  mootInFrameworks: true,
  check,
};
