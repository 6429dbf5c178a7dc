/** Policy gradients as programs write them: the logarithm of an action's probability times how good it turned out to be. */
import { type Inference } from "../../infer/analysis";
import type { Expression } from "../../python/syntax";
import { type LossPart, lossParts } from "./lossParts";
import { assignedTo, libraryPath } from "./names";
import { pathOf } from "./training";

export interface PolicyTerm {
  readonly part: LossPart;
  /** The whole product. */
  readonly product: Expression;
  /** How good the action was: an advantage, a return. */
  readonly outcome: Expression;
  /** The sign in what is minimised: -1 makes good actions more likely. */
  readonly sign: 1 | -1;
}

/** The policy gradients of a file, those of which both factors are recognised. */
export function policyTerms(inference: Inference): readonly PolicyTerm[] {
  return lossParts(inference).flatMap((part) => {
    const { expression } = part;
    if (expression.kind !== "BinaryOperation" || expression.operator !== "*") return [];
    const { factors, sign } = factorsOf(expression);
    const logarithms = factors.map((factor) => logProbability(factor, inference));
    const at = logarithms.findIndex((found) => found !== undefined);
    const outcome = factors.find((factor, i) => i !== at && isOutcome(factor, inference));
    if (at < 0 || !outcome) return [];
    const isTurned = sign * logarithms[at]! < 0;
    return [{ part, product: expression, outcome, sign: isTurned ? (part.sign === 1 ? -1 : 1) : part.sign }];
  });
}

interface Factors {
  readonly factors: readonly Expression[];
  readonly sign: 1 | -1;
}

function factorsOf(node: Expression): Factors {
  if (node.kind === "UnaryOperation" && node.operator === "-") {
    const { factors, sign } = factorsOf(node.operand);
    return { factors, sign: sign === 1 ? -1 : 1 };
  }
  if (node.kind !== "BinaryOperation" || node.operator !== "*") return { factors: [node], sign: 1 };
  const [left, right] = [factorsOf(node.left), factorsOf(node.right)];
  return { factors: [...left.factors, ...right.factors], sign: left.sign === right.sign ? 1 : -1 };
}

const logName = /(^|_)log_?(p|pi|prob)s?(_\w+)?$|^lps?$/i;
/** Shapes and picks; they leave the values alone. */
const picking = /^(squeeze|unsqueeze|sum|gather|view|reshape|flatten|detach|to|float|item|clone)$/;

/** 1 for the logarithm of a probability, or the ratio of two of them; -1 for its negative; undefined for anything else. */
function logProbability(node: Expression, inference: Inference, depth = 0): 1 | -1 | undefined {
  if (depth > 6) return undefined;
  if (node.kind === "UnaryOperation" && node.operator === "-") {
    const inner = logProbability(node.operand, inference, depth + 1);
    return inner && (inner === 1 ? -1 : 1);
  }
  if (node.kind === "Call") {
    const { callee, args } = node;
    if (callee.kind !== "Attribute") return undefined;
    const library = libraryPath(callee, inference);
    if (/^torch\.(stack|cat|concat|squeeze|sum)$/.test(library ?? ""))
      return args[0] && logProbability(args[0], inference, depth + 1);
    if (callee.attribute.name === "log_prob") return 1;
    const isPicked = picking.test(callee.attribute.name) && !library;
    return isPicked ? logProbability(callee.value, inference, depth + 1) : undefined;
  }
  if (node.kind === "Subscript") return logProbability(node.value, inference, depth + 1);
  if (node.kind === "Name") {
    const written = assignedTo(node, inference);
    if (written && /^(Call|UnaryOperation)$/.test(written.kind)) {
      const found = logProbability(written, inference, depth + 1);
      if (found) return found;
      if (written.kind === "UnaryOperation") return undefined;
    }
  }
  const name = pathOf(node).split(".").at(-1)!;
  return logName.test(name) || /^ratios?$/.test(name) ? 1 : undefined;
}

const outcomeName =
  /^(R|G|Gt|G_t|Rt|R_t|adv|advs|A|A_t)$|reward|return|(^|_)rets?$|advantage|(^|_)adv(_|s?$)|gae|discounted|td_error/;
/** What is better small: it is minimised as it stands. */
const costName = /cost|penalt|loss|regret|neg_|error_rate/i;

/** How good an action was, with the plus that its name promises. */
export function isOutcome(node: Expression, inference: Inference, depth = 0): boolean {
  if (depth > 4) return false;
  if (node.kind === "BinaryOperation" && node.operator !== "*") return isOutcome(node.left, inference, depth + 1);
  if (node.kind === "Subscript") return isOutcome(node.value, inference, depth + 1);
  if (node.kind === "Call")
    return (
      node.callee.kind === "Attribute" &&
      picking.test(node.callee.attribute.name) &&
      isOutcome(node.callee.value, inference, depth + 1)
    );
  const name = pathOf(node).split(".").at(-1)!;
  if (!outcomeName.test(name) || costName.test(name)) return false;
  const written = node.kind === "Name" ? assignedTo(node, inference) : undefined;
  return !written || !isTurned(written, inference);
}

/** `-reward` and `value - returns` are the other way round. */
function isTurned(written: Expression, inference: Inference): boolean {
  if (written.kind === "UnaryOperation") return written.operator === "-";
  if (written.kind !== "BinaryOperation" || written.operator !== "-") return false;
  const isGain = (side: Expression): boolean => outcomeName.test(inference.source.slice(side));
  return /value|baseline|critic|pred/i.test(inference.source.slice(written.left)) && !isGain(written.left);
}
