/** The value of a formula at a point. */
import { constants, functions, vectorFunctions, type Expression, type Indexed } from "./expression";

/** Values by symbol name; a member of a family is `name[index]`. */
export type Point = ReadonlyMap<string, number>;

/** Not a number (or infinite) wherever the formula has no value there. */
export function evaluate(expression: Expression, point: Point): number {
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "symbol":
      return point.get(expression.name) ?? constants[expression.name]?.value ?? NaN;
    case "member":
      return point.get(memberKey(expression.name, evaluate(expression.at, point))) ?? NaN;
    case "family":
      return NaN;
    case "negate":
      return -evaluate(expression.operand, point);
    case "binary":
      return binary(expression.operator, evaluate(expression.left, point), evaluate(expression.right, point));
    case "call":
      return call(expression.name, expression.operands, point);
    case "sum":
      return overIndex(expression, point).reduce((total, value) => total + value, 0);
    case "extreme":
      return Math[expression.name](...overIndex(expression, point));
  }
}

export function memberKey(name: string, index: number): string {
  return `${name}[${index}]`;
}

function binary(operator: "+" | "-" | "*" | "/" | "^", left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "^":
      return left ** right;
  }
}

function call(name: string, operands: readonly Expression[], point: Point): number {
  const [first, second] = operands;
  if (first?.kind === "family") {
    const values: number[] = [];
    for (let index = first.first; index <= first.last; index++)
      values.push(point.get(memberKey(first.name, index)) ?? NaN);
    const at = second ? evaluate(second, point) - first.first : 0;
    return vectorFunctions[name]?.value(values, at) ?? NaN;
  }
  const values = operands.map((operand) => evaluate(operand, point));
  if (name.endsWith("'")) return functions[name.slice(0, -1)]?.slope?.(values[0] ?? NaN) ?? NaN;
  return functions[name]?.value(...values) ?? NaN;
}

/** Keeps a sum within a sum quick. */
const mostTerms = 100;

/** The body's value at each index; a single one that is no number where the range is none. */
function overIndex(expression: Indexed, point: Point): readonly number[] {
  const first = evaluate(expression.first, point);
  const last = evaluate(expression.last, point);
  if (!Number.isInteger(first) || !Number.isInteger(last) || last - first >= mostTerms) return [NaN];
  const inner = new Map(point);
  const values: number[] = [];
  for (let index = first; index <= last; index++) {
    inner.set(expression.variable, index);
    values.push(evaluate(expression.body, inner));
  }
  return values;
}
