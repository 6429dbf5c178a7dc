/** NumPy's names for the operators: `np.multiply(a, b)` is `a * b` (https://numpy.org/doc/stable/reference/ufuncs.html). */
import { unknown } from "../../ops/value";
import type { BinaryOperator } from "../../python/syntax";
import { args } from "../machine";
import { binary } from "../expressions/operators";
import { external } from "../values/value";
import { type Builtin, type Functions } from "./given";

const operators: readonly (readonly [BinaryOperator, names: string])[] = [
  ["+", "add"],
  ["-", "subtract"],
  ["*", "multiply"],
  ["/", "divide true_divide"],
  ["//", "floor_divide"],
  ["%", "mod remainder"],
  ["&", "bitwise_and"],
  ["|", "bitwise_or"],
];

/** Lists count as arrays. */
const between =
  (operator: BinaryOperator): Builtin =>
  (machine, { positional, keywords, open }, site) => {
    if (open || positional.length !== 2 || keywords.size > 0) return unknown("the array is not known");
    const [left, right] = positional.map((value) =>
      value.kind === "list" || value.kind === "tuple"
        ? machine.call(external("numpy.asarray"), args(value), site)
        : value,
    );
    return binary(machine, operator, left!, right!, site);
  };

export const arrayArithmetic: Functions = operators.flatMap(([operator, names]) =>
  names.split(" ").map((name): Functions[number] => [`numpy.${name}`, between(operator)]),
);
