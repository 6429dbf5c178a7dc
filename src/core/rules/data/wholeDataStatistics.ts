/** `X = (X - X.mean(0)) / X.std(0)`, and then a split of `X`. */
import { type Inference } from "../../infer/analysis";
import type { Assign, Call, Expression } from "../../python/syntax";
import { isKind } from "../../python/visit";
import { type Finding } from "../define";
import { ancestorsOf, enclosing, nodesOf } from "../reading/syntax";
import { pathOf } from "../reading/training";

const statistics = /^(mean|std|var|min|max|amin|amax|median)$/;

export function* wholeDataStatistics(inference: Inference): Iterable<Finding> {
  const splits = [...splitCalls(inference), ...splitSlices(inference), ...indexSplits(inference)];
  const found = new Set<string>();
  for (const { at, names } of splits) {
    for (const assign of nodesOf(inference, "Assign")) {
      const [target] = assign.targets;
      if (target?.kind !== "Name" || !names.has(target.id) || assign.end > at.start) continue;
      if (enclosing(inference, assign, "FunctionDef") !== enclosing(inference, at, "FunctionDef")) continue;
      if (!isScaledByItself(inference, assign)) continue;
      found.add(target.id);
      yield {
        span: assign.value,
        message:
          "These statistics are computed over all of the data, before a part of it is held out: the test data has left its mark on the training data. Split first, and compute them over the training part.",
        severity: "warning",
        related: [{ span: at, message: "The data is split here." }],
      };
    }
  }
  yield* statisticsBeforeSplit(inference, found);
}

/**
 * `mean = X.mean(0)`, with which the training part is scaled later, as well where the parts are taken by index:
 * `X[train]` and `X[test]`, `X[:n]` and `X[n:]`.
 */
function* statisticsBeforeSplit(inference: Inference, found: ReadonlySet<string>): Iterable<Finding> {
  for (const { at, names, parts } of [...indexSplits(inference), ...splitSlices(inference)]) {
    for (const statistic of nodesOf(inference, "Call")) {
      const owner = enclosing(inference, statistic, "FunctionDef");
      const assign = enclosing(inference, statistic, "Assign");
      if (!assign || owner !== enclosing(inference, at, "FunctionDef")) continue;
      const data = statisticOf(inference, statistic, assign);
      if (data === undefined || found.has(data) || !names.has(data) || !isFirstOfItsKind(inference, statistic, data))
        continue;
      const scaled = scaledWith(inference, assign, statistic, new Set([data, ...parts]));
      if (!scaled) continue;
      yield {
        span: statistic,
        message: `This is computed over all of ${data}, of which a part is held out: the test data has left its mark on the training data. Compute it over the training part only.`,
        severity: "warning",
        related: [{ span: at, message: "The data is split here." }],
      };
    }
  }
}

/** Of a mean and a deviation the first is enough. */
function isFirstOfItsKind(inference: Inference, statistic: Call, data: string): boolean {
  return !nodesOf(inference, "Call").some((other) => {
    const assign = enclosing(inference, other, "Assign");
    return (
      other.start < statistic.start &&
      assign !== undefined &&
      assign.value.kind !== "BinaryOperation" &&
      statisticOf(inference, other, assign) === data
    );
  });
}

/** Where the data or a part of it is scaled with what the statistic was assigned to. */
function scaledWith(
  inference: Inference,
  assign: Assign,
  statistic: Call,
  data: ReadonlySet<string>,
): Expression | undefined {
  const [target] = assign.targets;
  const at = assign.value.kind === "Tuple" ? assign.value.elements.indexOf(statistic) : -1;
  const own = target?.kind === "Tuple" ? target.elements[at] : assign.value === statistic ? target : undefined;
  if (own?.kind !== "Name") return undefined;
  return nodesOf(inference, "BinaryOperation").find(({ left, right, operator, start }) => {
    const isScaling = start > assign.end && /^[-/]$/.test(operator) && right.kind === "Name" && right.id === own.id;
    const root = left.kind === "Subscript" ? rootOf(left.value) : rootOf(left);
    return isScaling && data.has(root);
  });
}

const heldOutNames = /test|val(?!ue)|holdout|dev(?!ice)|^(te|tst|va|vl)(_|$)/i;

/** `X[train_index]` and `X[test_index]`: two parts of the same data, of which one is named for what is held out. */
function indexSplits(inference: Inference): DataSplit[] {
  const parts = nodesOf(inference, "Subscript").flatMap((node) =>
    node.value.kind === "Name" && node.index.kind === "Name" ? [{ node, name: node.value.id, by: node.index.id }] : [],
  );
  const held = parts.filter(({ by }) => heldOutNames.test(by) && !/train/i.test(by));
  return held.flatMap(({ node, name }, i) => {
    const isFirst = held.findIndex((other) => other.name === name) === i;
    const isTrained = parts.some((other) => other.name === name && /train|^tr(_|$)/i.test(other.by));
    return isFirst && isTrained ? [{ at: node, names: new Set([name]), parts: [] }] : [];
  });
}

interface DataSplit {
  readonly at: Expression;
  /** The data that is split. */
  readonly names: ReadonlySet<string>;
  /** What the parts are called. */
  readonly parts: readonly string[];
}

function splitCalls(inference: Inference): DataSplit[] {
  return nodesOf(inference, "Call")
    .filter(({ callee }) => /(^|\.)(train_test_split|random_split)$/.test(pathOf(callee)))
    .map((split) => ({ at: split, names: new Set(namesSplit(inference, split)), parts: [] }));
}

/** `X[:n]` and `X[n:]`, where the second one is named for what is held out. */
function splitSlices(inference: Inference): DataSplit[] {
  const { source } = inference;
  const slices = nodesOf(inference, "Subscript").flatMap((node) =>
    node.value.kind === "Name" && node.index.kind === "Slice" ? [{ node, name: node.value.id, slice: node.index }] : [],
  );
  return slices.flatMap(({ node, name, slice }) => {
    const border = slice.upper && source.slice(slice.upper);
    const isFirst = !slice.lower && border !== undefined;
    const rest = slices.find(
      (other) =>
        isFirst &&
        other.name === name &&
        !other.slice.upper &&
        other.slice.lower &&
        source.slice(other.slice.lower) === border,
    );
    const isHeldOut = rest !== undefined && holdsOut(inference, rest.node);
    const assigned = enclosing(inference, node, "Assign")?.targets.flatMap((target) =>
      target.kind === "Tuple" ? target.elements : [target],
    );
    const parts = (assigned ?? []).flatMap((target) => (target.kind === "Name" ? [target.id] : []));
    return isHeldOut ? [{ at: node, names: new Set([name]), parts }] : [];
  });
}

/** The rest is named for what it is for, or becomes a dataset of its own. */
function holdsOut(inference: Inference, rest: Expression): boolean {
  for (const at of ancestorsOf(inference, rest)) {
    if (isKind(at, "Call") && pathOf(at.callee).endsWith("Dataset")) return true;
    if (isKind(at, "Assign"))
      return /test|val/i.test(at.targets.map((target) => inference.source.slice(target)).join(" "));
  }
  return false;
}

/** The names of the data that is split, through a dataset of tensors. */
function namesSplit(inference: Inference, split: Call): string[] {
  return split.args.flatMap((arg) => {
    if (arg.kind !== "Name") return tensorsOf(arg);
    const made = nodesOf(inference, "Assign").filter(
      ({ targets, end }) => end <= split.start && targets.some((target) => pathOf(target) === arg.id),
    );
    return [arg.id, ...made.flatMap(({ value }) => tensorsOf(value))];
  });
}

function tensorsOf(dataset: Expression): string[] {
  if (dataset.kind !== "Call" || !/(^|\.)TensorDataset$/.test(pathOf(dataset.callee))) return [];
  return dataset.args.map(rootOf).filter((name) => name !== "");
}

/** `X` of `torch.tensor(X).float()`. */
function rootOf(node: Expression): string {
  if (node.kind === "Name") return node.id;
  if (node.kind === "Attribute") return rootOf(node.value);
  if (node.kind !== "Call") return "";
  const { callee, args } = node;
  if (/^torch\.(tensor|as_tensor|from_numpy|FloatTensor|Tensor)$/.test(pathOf(callee)) && args[0])
    return rootOf(args[0]);
  return callee.kind === "Attribute" ? rootOf(callee.value) : "";
}

/** A difference or a quotient of data and of statistics over all rows of the same data. */
function isScaledByItself(inference: Inference, assign: Assign): boolean {
  const { value } = assign;
  if (value.kind !== "BinaryOperation" || !/^[-/]$/.test(value.operator)) return false;
  const data = dataOf(value);
  return data !== "" && [...operands(value)].some((part) => statisticOf(inference, part, assign) === data);
}

function dataOf(node: Expression): string {
  return node.kind === "BinaryOperation" ? dataOf(node.left) : node.kind === "Name" ? node.id : "";
}

function* operands(node: Expression): Iterable<Expression> {
  if (node.kind !== "BinaryOperation") yield node;
  else {
    yield* operands(node.left);
    yield* operands(node.right);
  }
}

/** The data whose statistic this is, over its rows; a name stands for what it was assigned. */
function statisticOf(inference: Inference, node: Expression, before: Assign): string | undefined {
  if (node.kind === "Name") {
    const made = nodesOf(inference, "Assign").findLast(
      ({ targets, end, value }) =>
        end <= before.start && value.kind === "Call" && targets.some((target) => pathOf(target) === node.id),
    );
    return made && enclosing(inference, made, "FunctionDef") === enclosing(inference, before, "FunctionDef")
      ? statisticOf(inference, made.value, before)
      : undefined;
  }
  if (node.kind !== "Call" || node.callee.kind !== "Attribute" || !statistics.test(node.callee.attribute.name))
    return undefined;
  const isFunction = /^(np|numpy|torch)$/.test(pathOf(node.callee.value));
  const [data, axis] = isFunction ? [node.args[0], node.args[1]] : [node.callee.value, node.args[0]];
  const named = node.keywords.find(({ name }) => /^(axis|dim)$/.test(name?.name ?? ""))?.value;
  return data?.kind === "Name" && isOverRows(named ?? axis) ? data.id : undefined;
}

function isOverRows(axis: Expression | undefined): boolean {
  if (axis?.kind === "Tuple") return axis.elements[0] !== undefined && isOverRows(axis.elements[0]);
  return (
    axis === undefined ||
    (axis.kind === "Constant" && (axis.type === "none" || (axis.type === "int" && axis.value === 0)))
  );
}
