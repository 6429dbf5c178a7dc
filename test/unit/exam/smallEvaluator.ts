/** A second opinion on drills: Python's arithmetic, and the formulas of the layers that the built-in drills ask about. */
import type { Evaluator } from "../../../src/core/exam/drill";

type Value = number | readonly number[];
type Named = Readonly<Record<string, number>>;

const functions: Readonly<Record<string, (places: readonly number[], named: Named) => Value>> = {
  conv2d: (sizes, { kernel = NaN, stride = 1, padding = 0 }) =>
    sizes.map((n) => Math.floor((n + 2 * padding - kernel) / stride) + 1),
  params: ([count = NaN]) => count,
  Linear: ([inputs = NaN, outputs = NaN]) => inputs * outputs + outputs,
  Conv2d: ([inputs = NaN, outputs = NaN, kernel = NaN]) => outputs * (inputs * kernel ** 2 + 1),
};

const levels: readonly Readonly<Record<string, (a: number, b: number) => number>>[] = [
  { "<=": (a, b) => Number(a <= b), ">=": (a, b) => Number(a >= b), "==": (a, b) => Number(a === b) },
  { "+": (a, b) => a + b, "-": (a, b) => a - b },
  { "*": (a, b) => a * b, "/": (a, b) => a / b, "//": (a, b) => Math.floor(a / b) },
];

export const evaluator: Evaluator = (expression, variables) => {
  const tokens = expression.match(/\d+|\w+|\/\/|[<>=]=|\S/g) ?? [];
  let at = 0;
  const take = (text: string): boolean => tokens[at] === text && at++ >= 0;
  const number = (value: Value): number => {
    if (typeof value !== "number") throw new Error("a shape is not a number");
    return value;
  };
  const read = (level = 0): Value => {
    const operators = levels[level];
    if (!operators) return atom();
    let value = read(level + 1);
    while (tokens[at] !== undefined && Object.hasOwn(operators, tokens[at]!)) {
      const operator = operators[tokens[at++]!]!;
      value = operator(number(value), number(read(level + 1)));
    }
    return value;
  };
  const atom = (): Value => {
    const token = tokens[at++] ?? "the end";
    if (token === "(") {
      const values = [read()];
      while (take(",")) values.push(read());
      if (!take(")")) fail(")");
      return values.length === 1 ? values[0]! : values.map(number);
    }
    if (/^\d/.test(token)) return Number(token);
    if (take("(")) return call(token);
    return variables[token] ?? fail(token);
  };
  const call = (name: string): Value => {
    const places: number[] = [];
    const named: Record<string, number> = {};
    while (!take(")")) {
      const key = tokens[at + 1] === "=" ? tokens[at] : undefined;
      if (key !== undefined) at += 2;
      const value = read();
      if (key !== undefined) named[key] = number(value);
      else if (typeof value === "number") places.push(value);
      else places.push(...value);
      if (!take(",") && tokens[at] !== ")") fail(tokens[at] ?? "the end");
    }
    return functions[name]?.(places, named) ?? fail(name);
  };
  try {
    const value = read();
    return at === tokens.length ? value : { problem: `${tokens[at]!} does not fit` };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : "failed" };
  }
};

function fail(name: string): never {
  throw new Error(`${name} is not defined`);
}
