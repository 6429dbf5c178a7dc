/** Sums that a loop over batches adds to, and what they are divided by when it is over. */
import { type Inference } from "../../infer/analysis";
import type { AugAssign, BinaryOperation, Expression, For } from "../../python/syntax";
import { type AnyNode, isKind } from "../../python/visit";
import { enclosing, nodesOf, parentOf } from "./syntax";
import { pathOf } from "./training";

export interface Tally {
  readonly loop: For;
  /** What the loop is over, progress bars and the like taken off: `test_loader`. */
  readonly over: string;
  readonly add: AugAssign;
  /** What is added in each round; a name that the loop's body gives a value stands for that value. */
  readonly added: Expression;
  /** `total / len(…)` behind the loop, where nothing else is divided or multiplied. */
  readonly means: readonly Division[];
}

const known = new WeakMap<Inference, readonly Tally[]>();

export function talliesOf(inference: Inference): readonly Tally[] {
  const found = known.get(inference) ?? findTallies(inference);
  known.set(inference, found);
  return found;
}

interface Division {
  /** `total / len(…)` or `total /= len(…)`. */
  readonly node: BinaryOperation | AugAssign;
  readonly divided: Expression;
  readonly divisor: Expression;
  readonly counted: Expression;
}

function findTallies(inference: Inference): Tally[] {
  const inside = nodesOf(inference, "BinaryOperation")
    .filter((node) => node.operator === "/" && !isScaled(inference, node))
    .flatMap((node) => divisionOf(node, node.left, node.right));
  const inPlace = nodesOf(inference, "AugAssign")
    .filter(({ operator }) => operator === "/")
    .flatMap((node) => divisionOf(node, node.target, node.value));
  const divisions = [...inside, ...inPlace];
  if (divisions.length === 0) return [];
  return nodesOf(inference, "AugAssign").flatMap((add) => tallyOf(inference, add, divisions) ?? []);
}

function divisionOf(node: Division["node"], divided: Expression, divisor: Expression): Division[] {
  const counted = lengthOf(divisor);
  return counted ? [{ node, divided, divisor, counted }] : [];
}

function tallyOf(inference: Inference, add: AugAssign, divisions: readonly Division[]): Tally | undefined {
  const name = pathOf(add.target);
  const loop = enclosing(inference, add, "For", "While", "FunctionDef");
  if (add.operator !== "+" || name === "" || !loop || !isKind(loop, "For")) return undefined;
  const over = pathOf(iterated(loop.iterable));
  const scope = enclosing(inference, add, "FunctionDef");
  const means = over === "" ? [] : divisions.filter((one) => isMeanOf(inference, one, name, loop, scope));
  return means.length > 0 ? { loop, over, add, added: resolved(inference, add.value, loop), means } : undefined;
}

/** The loader inside of `enumerate(tqdm(loader), 1)`. */
function iterated(iterable: Expression): Expression {
  let at = iterable;
  while (at.kind === "Call" && at.args[0] && /(^|\.)(enumerate|tqdm|track|trange)$/.test(pathOf(at.callee)))
    at = at.args[0];
  return at;
}

/** Behind the loop, in the same function. */
function isMeanOf(
  inference: Inference,
  { node, divided }: Division,
  name: string,
  loop: For,
  scope: AnyNode | undefined,
): boolean {
  if (node.start < loop.end || (scope && node.end > scope.end)) return false;
  const left = inference.source.slice(divided);
  return !left.includes("/") && mentions(left, name);
}

function lengthOf(node: Expression): Expression | undefined {
  return node.kind === "Call" && pathOf(node.callee) === "len" && node.args.length === 1 ? node.args[0] : undefined;
}

function mentions(text: string, name: string): boolean {
  const words = text.match(/[\w.]+/g) ?? [];
  return words.some((word) => word === name || word.startsWith(`${name}.`));
}

/** Part of a larger product, such as `total / len(loader) / batch_size`; a factor of 100 makes it a percentage. */
function isScaled(inference: Inference, node: BinaryOperation): boolean {
  const parent = parentOf(inference, node);
  if (!parent || !isKind(parent, "BinaryOperation") || !/^[*/]$/.test(parent.operator)) return false;
  const other = parent.left === node ? parent.right : parent.left;
  return parent.operator === "/" || !(other.kind === "Constant" && "value" in other && other.value === 100);
}

function resolved(inference: Inference, added: Expression, loop: For): Expression {
  const name = pathOf(withoutItem(added));
  const assigned = nodesOf(inference, "Assign").findLast(
    ({ start, end, targets }) =>
      start >= loop.start && end <= added.start && targets.some((target) => name !== "" && pathOf(target) === name),
  );
  return assigned ? assigned.value : added;
}

const handing = /^(item|detach|cpu|float|double|numpy|data)$/;

/** `loss` of `loss.detach().item()` and `float(loss)`. */
export function withoutItem(node: Expression): Expression {
  if (node.kind === "Attribute" && node.attribute.name === "data") return withoutItem(node.value);
  if (node.kind !== "Call") return node;
  const { callee, args } = node;
  if (callee.kind === "Attribute" && handing.test(callee.attribute.name)) return withoutItem(callee.value);
  return callee.kind === "Name" && callee.id === "float" && args[0] ? withoutItem(args[0]) : node;
}
