/** Batches that a training loop cuts out of its data one behind the other, in the same order in every epoch. */
import { type Inference } from "../../infer/analysis";
import { isMentioned } from "../reading/mentions";
import type { Expression, For } from "../../python/syntax";
import { type Finding } from "../define";
import { enclosing, nodesOf } from "../reading/syntax";
import { pathOf, trainingLoops } from "../reading/training";

/** Any of these may give the data a new order. */
const reordering = /shuffle|randperm|permutation|permut|randint|choice|sample\b|argsort/i;

/** `ordered` recognises the names of data whose order means something. */
export function* manualBatches(inference: Inference, ordered: RegExp): Iterable<Finding> {
  const { source } = inference;
  if (isMentioned(inference, reordering)) return;
  for (const { region, round } of trainingLoops(inference)) {
    const { node } = region;
    if (!("kind" in node) || node.kind !== "For" || region.path !== source.path) continue;
    const data = slicedBy(inference, node);
    const isStepped = round.some(({ kind }) => kind === "step");
    if (data.length === 0 || !isStepped || !hasEpochs(inference, node) || data.some((name) => ordered.test(name)))
      continue;
    yield {
      span: node.iterable,
      message: `The batches are cut out of ${data[0]!} one after the other, in the same order in every epoch. Go through a new torch.randperm(len(${data[0]!})) in each.`,
    };
  }
}

/** What `X[i:i + size]` cuts, where `i` runs through `range(0, n, size)`. */
function slicedBy(inference: Inference, { iterable, target, start, end }: For): string[] {
  if (iterable.kind !== "Call" || pathOf(iterable.callee) !== "range" || iterable.args.length !== 3) return [];
  const index = pathOf(target);
  return nodesOf(inference, "Subscript").flatMap((node) => {
    const slice = node.index.kind === "Slice" ? node.index : undefined;
    const isCut = slice?.lower && pathOf(slice.lower) === index && slice.upper && isBehind(slice.upper, index);
    return isCut && node.start > start && node.end < end ? [pathOf(node.value)] : [];
  });
}

function isBehind(upper: Expression, index: string): boolean {
  return (
    upper.kind === "BinaryOperation" &&
    upper.operator === "+" &&
    [upper.left, upper.right].some((part) => pathOf(part) === index)
  );
}

function hasEpochs(inference: Inference, loop: For): boolean {
  return enclosing(inference, loop, "For", "While") !== undefined;
}
