/** Evaluates chains of comparisons: those of tensors are operations, those of other values have an answer or none. */
import { bool, unknown } from "../../ops/value";
import type { CompareOperator, Expression } from "../../python/syntax";
import { sidesOfPresence } from "../values/choices";
import { type Sides, tested, turned } from "../statements/conditions";
import { asUsed, namedSize } from "../values/unknownNumbers";
import { onArrays } from "../tensors/arrays";
import { type Machine, type Site, args } from "../machine";
import { ownComparison } from "../classes/specialMethods";
import { compare } from "../values/comparing";
import { truthOf } from "../values/truth";
import { type ListValue, type Value, external } from "../values/value";
import { forgetItems, isIterator, itemsAhead, take } from "../collections/taking";

export function evaluateCompare(
  machine: Machine,
  node: Expression & { kind: "Compare" },
  evaluate: (part: Expression) => Value,
  site: Site,
): Value {
  let left = evaluate(node.left);
  let result: boolean | undefined = true;
  let mayBeTensor = false;
  let sides: Sides | undefined;
  for (const [i, operator] of node.operators.entries()) {
    const right = evaluate(node.comparators[i]!);
    const own = ownComparison(machine, operator, left, right, site);
    if (own) {
      if (node.operators.length === 1) return own;
      const truth = truthOf(own);
      if (truth === false) return bool(false);
      if (truth === undefined) result = undefined;
      left = right;
      continue;
    }
    if (left.kind === "tensor" || right.kind === "tensor") {
      if (operator === "is" || operator === "is not" || operator === "in" || operator === "not in") {
        result = compare(operator, left, right, machine.facts);
        left = right;
        continue;
      }
      return machine.call(external(tensorComparisons[operator]), args(left, right), site);
    }
    if (operator in tensorComparisons) {
      const name = tensorComparisons[operator as keyof typeof tensorComparisons];
      const compared = onArrays(machine, left, right, (x, y) => machine.call(external(name), args(x, y), site), site);
      if (compared) return compared;
    }
    const [a, b] = [asUsed(left, machine.facts), asUsed(right, machine.facts)];
    if (isIterator(right) && (operator === "in" || operator === "not in")) {
      const isIn = takeUntilFound(machine, left, right);
      return bool(isIn === undefined ? undefined : isIn === (operator === "in"));
    }
    const answer = compare(operator, a, b, machine.facts);
    if (answer === false) return bool(false);
    if (answer === undefined) result = undefined;
    if (answer === undefined && node.operators.length === 1) sides = sidesOfComparison(operator, a, b);
    mayBeTensor ||= answer === undefined && operator in tensorComparisons && comparesElements(a, b);
    left = right;
  }
  const answer = mayBeTensor ? unknown("what is compared may be a tensor") : bool(result);
  return sides ? tested(answer, sides) : answer;
}

/** Whether an iterator gives something: it is asked for one item after the other until it does. */
function takeUntilFound(machine: Machine, wanted: Value, list: ListValue): boolean | undefined {
  const answers = itemsAhead(list)?.map((item) => compare("==", wanted, item, machine.facts));
  const place = answers?.findIndex((answer) => answer !== false);
  const isFound = place === undefined ? undefined : place < 0 ? false : answers![place];
  if (isFound === undefined) forgetItems(list);
  else take(list, isFound ? place! + 1 : undefined);
  return isFound;
}

/** What follows from sizes that are compared, and from asking whether something is there. */
function sidesOfComparison(operator: CompareOperator, left: Value, right: Value): Sides | undefined {
  if (operator === "==" || operator === "!=") {
    const [a, b] = [namedSize(left), namedSize(right)];
    if (!a || !b) return undefined;
    const equal: Sides = { first: [[a, b]], second: [] };
    return operator === "==" ? equal : turned(equal);
  }
  if ((operator !== "is" && operator !== "is not") || right.kind !== "none") return undefined;
  const present = sidesOfPresence(left);
  return present && operator === "is" ? turned(present) : present;
}

/** A tensor is compared element by element, though with no text and not with `None`. */
function comparesElements(left: Value, right: Value): boolean {
  const numbers = new Set(["unknown", "int", "float", "bool"]);
  return (left.kind === "unknown" && numbers.has(right.kind)) || (right.kind === "unknown" && numbers.has(left.kind));
}

const tensorComparisons = {
  "==": "torch.eq",
  "!=": "torch.ne",
  "<": "torch.lt",
  "<=": "torch.le",
  ">": "torch.gt",
  ">=": "torch.ge",
};
