/** Advantages through which the policy's loss changes the values as well: `returns - values` with the graph of the values. */
import { type Inference } from "../../infer/analysis";
import type { Expression } from "../../python/syntax";
import { isKind, walk } from "../../python/visit";
import { lossParts } from "./lossParts";
import { assignedTo, libraryPath } from "./names";
import { type PolicyTerm, policyTerms } from "./policies";
import { ancestorsOf } from "./syntax";
import { pathOf } from "./training";

export interface OpenAdvantage {
  readonly term: PolicyTerm;
  /** What is subtracted: the value that another part of the same loss learns. */
  readonly value: string;
}

export function openAdvantages(inference: Inference): readonly OpenAdvantage[] {
  return policyTerms(inference).flatMap((term): OpenAdvantage[] => {
    const difference = differenceIn(term.outcome, inference);
    const value = difference && rootOf(difference.right, inference);
    if (!value || isConstant(value, inference)) return [];
    const isLearnt = lossParts(inference).some(
      ({ expression, backward }) =>
        backward.call.origin.span === term.part.backward.call.origin.span &&
        comparedIn(expression, inference).some((other) => isSameName(other, value, inference)),
    );
    return isLearnt ? [{ term, value: pathOf(value) }] : [];
  });
}

const keeping = /^(squeeze|unsqueeze|view|reshape|flatten|float|to|clone|contiguous)$/;

/** `returns - values`, also scaled to a mean of 0, through names; undefined where it is cut off from the graph. */
function differenceIn(
  node: Expression,
  inference: Inference,
  depth = 0,
): { readonly left: Expression; readonly right: Expression } | undefined {
  if (depth > 6) return undefined;
  if (node.kind === "Name") {
    const written = assignedTo(node, inference);
    return written && !isWithoutGraph(written, inference) ? differenceIn(written, inference, depth + 1) : undefined;
  }
  if (node.kind === "Call" && node.callee.kind === "Attribute")
    return keeping.test(node.callee.attribute.name) ? differenceIn(node.callee.value, inference, depth + 1) : undefined;
  if (node.kind !== "BinaryOperation") return undefined;
  if (node.operator === "/") return differenceIn(node.left, inference, depth + 1);
  if (node.operator !== "-") return undefined;
  const isCentred = node.right.kind === "Call" && `.${pathOf(node.right.callee)}`.endsWith(".mean");
  return isCentred ? differenceIn(node.left, inference, depth + 1) : node;
}

/** The name behind shapes and picks. */
function rootOf(node: Expression, inference: Inference): Expression | undefined {
  if (node.kind === "Name") return node;
  if (node.kind !== "Call" || node.callee.kind !== "Attribute") return undefined;
  const { attribute, value } = node.callee;
  const isKept = keeping.test(attribute.name) && !libraryPath(node.callee, inference);
  return isKept ? rootOf(value, inference) : undefined;
}

function isSameName(a: Expression, b: Expression, inference: Inference): boolean {
  return (
    a.kind === "Name" && b.kind === "Name" && a.id === b.id && assignedTo(a, inference) === assignedTo(b, inference)
  );
}

const regression = /(^|[._])(mse|smooth_l1|huber)(_loss)?$|(^|\.)(MSELoss|SmoothL1Loss|HuberLoss)$|criterion|loss_fn/i;

/** What a squared error compares: the names on its two sides. */
function comparedIn(node: Expression, inference: Inference): Expression[] {
  const sides = (one: Expression): Expression[] => {
    const difference = differenceIn(one, inference);
    return difference ? [difference.left, difference.right] : [];
  };
  const compared =
    node.kind === "BinaryOperation" && node.operator === "**"
      ? sides(node.left)
      : node.kind !== "Call"
        ? []
        : node.callee.kind === "Attribute" && /^(pow|square)$/.test(node.callee.attribute.name)
          ? sides(node.callee.value)
          : regression.test(pathOf(node.callee))
            ? node.args.slice(0, 2)
            : [];
  return compared.flatMap((side) => rootOf(side, inference) ?? []);
}

function isConstant(name: Expression, inference: Inference): boolean {
  const written = name.kind === "Name" ? assignedTo(name, inference) : undefined;
  return written !== undefined && isWithoutGraph(written, inference);
}

/** Cut off where it is written, or computed under `no_grad`. */
function isWithoutGraph(written: Expression, inference: Inference): boolean {
  let isCut = false;
  walk(written, (node) => {
    if (isKind(node, "Attribute") && /^(detach|item|data|numpy|tolist)$/.test(node.attribute.name)) isCut = true;
    if (isKind(node, "Call") && /^torch\.(tensor|FloatTensor|as_tensor)$/.test(pathOf(node.callee))) isCut = true;
    return undefined;
  });
  for (const at of ancestorsOf(inference, written))
    if (isKind(at, "With") && /no_grad|inference_mode/.test(inference.source.slice(at.items[0]!.context))) return true;
  return isCut;
}
