/** Python's operators over numbers, known or named. */
import { type FloatValue, numberLike } from "../../ops/value";
import type { BinaryOperator } from "../../python/syntax";
import { rangeOf } from "../../shape/bounds";
import { type Dim, add, constant, constantValue, multiply, subtract, unknownInteger } from "../../shape/dim";
import { floorDivide, modulo } from "../../shape/division";
import { asNumber } from "../values/truth";
import { fromNumbers, namedSize } from "../values/unknownNumbers";
import { type Value } from "../values/value";

const integerOperations: Partial<Record<BinaryOperator, (a: Dim, b: Dim) => Dim | undefined>> = {
  "+": add,
  "-": subtract,
  "*": multiply,
  "//": floorDivide,
  "%": modulo,
  "**": power,
  "<<": (a, b) => bits(a, b, (x, y) => x * 2 ** y),
  ">>": (a, b) => bits(a, b, (x, y) => Math.floor(x / 2 ** y)),
  "&": (a, b) => bits(a, b, (x, y) => x & y),
  "|": (a, b) => bits(a, b, (x, y) => x | y),
  "^": (a, b) => bits(a, b, (x, y) => x ^ y),
};

function power(base: Dim, exponent: Dim): Dim | undefined {
  const times = constantValue(exponent);
  if (times === undefined || times < 0 || times > 64) return undefined;
  let result = constant(1);
  for (let i = 0; i < times; i++) result = multiply(result, base);
  return result;
}

function bits(a: Dim, b: Dim, operation: (x: number, y: number) => number): Dim | undefined {
  const [x, y] = [constantValue(a), constantValue(b)];
  return x === undefined || y === undefined || x < 0 || y < 0 || x > 0x7fffffff || y > 0x7fffffff
    ? undefined
    : constant(operation(x, y));
}

/** What is left has the divisor's sign, and is exact, so that `5.0 // 0.1` is 49. */
function floatModulo(a: number, b: number): number {
  const left = a % b;
  return left !== 0 && left < 0 !== b < 0 ? left + b : left;
}

const floatOperations: Partial<Record<BinaryOperator, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "//": (a, b) => Math.round((a - floatModulo(a, b)) / b),
  "%": floatModulo,
  "**": (a, b) => a ** b,
};

/**
 * With a parameter that nobody gave a value: the result is not known, but where it is used as a size it is this one. What
 * divides a size, as in `C // heads`, is taken for an integer.
 */
export function namedOperation(operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  const [a, b] = [namedSize(left), namedSize(right)];
  const result = a && b && integerOperations[operator]?.(a, b);
  if (!result) return fromNumbers([left, right], operator);
  const measured = left.kind === "int" && left.measured && (operator === "//" || operator === "%");
  if (measured) return { kind: "int", value: result, measured };
  const name = [left, right].find((value) => value.kind === "unknown")?.name;
  return { kind: "unknown", reason: `the result of ${operator} is not known`, name: name ?? "n", size: result };
}

export function numberOperation(operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  const [a, b] = [toInteger(left), toInteger(right)];
  if (a && b) {
    const result = integerOperations[operator]?.(a.value, b.value);
    if (result)
      return (a.measured ?? b.measured)
        ? { kind: "int", value: result, measured: true }
        : { kind: "int", value: result };
  }
  const numeric = new Set(["int", "float", "bool"]);
  if (!numeric.has(left.kind) || !numeric.has(right.kind)) return undefined;
  if (left.kind !== "float" && right.kind !== "float" && operator !== "/")
    return integerOf(operator, right) ? { kind: "int", value: unknownInteger() } : undefined;
  const [x, y] = [asNumber(left), asNumber(right)];
  const calculate = floatOperations[operator];
  if (!calculate) return undefined;
  const value = x === undefined || y === undefined ? undefined : calculate(x, y);
  const [own, other] = [ofNumpyIn(left), ofNumpyIn(right)];
  return numberLike(value, own === true || other === true ? true : (own ?? other));
}

/** Of whole numbers and truths come whole numbers, but of a power that may be negative. */
const integerOf = (operator: BinaryOperator, right: Value): boolean =>
  operator in integerOperations &&
  (operator !== "**" || right.kind === "bool" || (right.kind === "int" && rangeOf(right.value).min >= 0));

/** What is computed with one of NumPy's numbers is one too. */
function ofNumpyIn(value: Value): FloatValue["ofNumpy"] {
  return value.kind === "float" ? value.ofNumpy : undefined;
}

/** Truth values count as numbers. */
export function toInteger(value: Value): { value: Dim; measured?: true } | undefined {
  if (value.kind === "int") return value;
  return value.kind === "bool" && value.value !== undefined ? { value: constant(value.value ? 1 : 0) } : undefined;
}
