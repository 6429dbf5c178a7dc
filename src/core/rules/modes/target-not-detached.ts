/** What a network is compared with or judged by is computed by the network itself, and gradients flow into it too. */
import { type Inference } from "../../infer/analysis";
import { gradModeIn } from "../../infer/record/trace";
import type { Call, Expression } from "../../python/syntax";
import { isKind, walk } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { openAdvantages } from "../reading/advantages";
import { argumentExpression, callAt } from "../reading/calls";
import { isCut } from "../reading/graph";
import { forwardsOf } from "../reading/modes";
import { assignedTo } from "../reading/names";
import { pathOf } from "../reading/training";

const losses =
  /^(torch\.nn\.(functional\.)?(mse_loss|smooth_l1_loss|huber_loss|MSELoss|SmoothL1Loss|HuberLoss|l1_loss|L1Loss))$/;

/** What a result goes through that no gradient passes. */
const cuts = new Set(["detach", "item", "numpy", "data", "tolist", "detach_"]);

function* check(inference: Inference): Iterable<Finding> {
  const calls = new Map(
    forwardsOf(inference)
      .filter(
        ({ call, name }) =>
          name !== "" && gradModeIn(call.region) === true && call.origin.path === inference.source.path,
      )
      .map(({ call, name }) => [callAt(call.origin.span), name]),
  );
  for (const loss of inference.record.calls) {
    const node = losses.test(loss.operation) ? callAt(loss.origin.span) : undefined;
    const [prediction, target] = [
      node && argumentExpression(node, "input", 0),
      node && argumentExpression(node, "target", 1),
    ];
    if (!node || !prediction || !target || loss.origin.path !== inference.source.path) continue;
    const predicting = openCalls(prediction, inference).map((call) => calls.get(call));
    const bootstrap = openCalls(target, inference).find((call) => {
      const name = calls.get(call);
      return name !== undefined && predicting.includes(name) && isDiscounted(call, target, inference);
    });
    if (bootstrap)
      yield {
        span: bootstrap,
        message: `The target is computed by ${calls.get(bootstrap)!} itself, and backward() goes through it too: the step moves the target towards the prediction as well. Compute it under torch.no_grad(), or detach() it.`,
        related: [{ span: node, message: "Compared with the prediction here." }],
        ...mend(target, inference),
      };
  }
  yield* advantages(inference);
}

/** `-(log_prob * (returns - values))`: the policy's loss would rather have other values than other actions. */
function* advantages(inference: Inference): Iterable<Finding> {
  for (const { term, value } of openAdvantages(inference)) {
    const { outcome } = term;
    yield {
      span: outcome,
      message: `The policy's loss goes back through ${inference.source.slice(outcome)} into ${value} as well, and changes the values that the actions are judged by instead of the actions. In this loss it is a constant: detach() it.`,
      ...mend(outcome, inference, "Detach the advantage"),
    };
  }
}

/** The calls that an expression's value is computed by, through local names, without those behind a cut. */
function openCalls(expression: Expression, inference: Inference, depth = 0): Call[] {
  const found: Call[] = [];
  if (depth > 4) return found;
  walk(expression, (node) => {
    if (isKind(node, "Attribute") && cuts.has(node.attribute.name)) return "skip";
    if (isKind(node, "Call") && isKind(node.callee, "Attribute") && cuts.has(node.callee.attribute.name)) return "skip";
    if (isKind(node, "Call")) found.push(node);
    if (isKind(node, "Name") && !isDetached(node, inference)) {
      const written = assignedTo(node, inference);
      if (written) found.push(...openCalls(written, inference, depth + 1));
    }
    return undefined;
  });
  return found;
}

/** `y.detach_()` is behind it by then. */
function isDetached(node: Expression, { record }: Inference): boolean {
  const seen = record.seenAt(node) ?? [];
  return (
    seen.length > 0 && seen.every(({ value }) => value.kind === "tensor" && value.producer && isCut(value.producer))
  );
}

/** `reward + gamma * network(next_state)`: the call stands in a product, and that in a sum, perhaps through names. */
function isDiscounted(call: Call, target: Expression, inference: Inference, depth = 0): boolean {
  if (depth > 4) return false;
  let found = false;
  walk(target, (node) => {
    if (isKind(node, "BinaryOperation") && node.operator === "+")
      found ||= [node.left, node.right].some((side) => holdsProduct(side, call, inference));
    if (isKind(node, "Name")) {
      const written = assignedTo(node, inference);
      if (written) found ||= isDiscounted(call, written, inference, depth + 1);
    }
    return undefined;
  });
  return found;
}

function holdsProduct(side: Expression, call: Call, inference: Inference): boolean {
  let found = false;
  walk(side, (node) => {
    if (isKind(node, "BinaryOperation") && node.operator === "*")
      found ||= [node.left, node.right].some((factor) => openCalls(factor, inference).includes(call));
    return undefined;
  });
  return found;
}

function mend(target: Expression, { source }: Inference, title = "Detach the target"): Pick<Finding, "fix"> {
  const text = source.slice(target);
  const isName = pathOf(target) === text;
  return { fix: { title, edits: [{ span: target, text: isName ? `${text}.detach()` : `(${text}).detach()` }] } };
}

export const targetNotDetached: Rule = {
  id: "target-not-detached",
  summary: "Gradients flow into the target of temporal-difference learning.",
  category: "modes",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
