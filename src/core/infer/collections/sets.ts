/** What Python's operators say of two sets whose items are known. */
import { isUnordered, leaveScattered, setOf } from "./iterators";
import { knownItems } from "./lists";
import { type Machine } from "../machine";
import { dictKey } from "../values/texts";
import { type Value } from "../values/value";

export type SetOperator = "|" | "&" | "-" | "^";

/** The items of a set by their keys; undefined where they are not known, or not which of them are equal. */
function keyed(set: Value): ReadonlyMap<string, Value> | undefined {
  const items = isUnordered(set) ? knownItems(set) : undefined;
  const keys = items?.map(dictKey);
  return items && keys && !keys.includes(undefined) ? new Map(items.map((item, i) => [keys[i]!, item])) : undefined;
}

/** What an operator makes of two sets; undefined where they are no sets, or not known. */
export function combinedSets(machine: Machine, operator: SetOperator, left: Value, right: Value): Value | undefined {
  const [a, b] = [keyed(left), keyed(right)];
  if (!a || !b) return undefined;
  const own = [...a].filter(([key]) => operator === "|" || b.has(key) === (operator === "&"));
  const others = operator === "|" || operator === "^" ? [...b].filter(([key]) => !a.has(key)) : [];
  const result = setOf(
    machine,
    [...own, ...others].map(([, item]) => item),
  );
  if (operator !== "|" && isUnordered(left)) leaveScattered(left, result);
  return result;
}

/** Whether they are equal, or one is in the other; undefined where that is not known. */
export function comparedSets(operator: string, left: Value, right: Value): boolean | undefined {
  const [a, b] = [keyed(left), keyed(right)];
  if (!a || !b) return undefined;
  const [small, large] = operator.startsWith(">") ? [b, a] : [a, b];
  const isWithin = [...small.keys()].every((key) => large.has(key));
  if (operator === "==") return isWithin && small.size === large.size;
  return isWithin && (operator.endsWith("=") || small.size < large.size);
}
