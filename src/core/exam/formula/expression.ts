/** A formula as a tree, and the functions that formulas may call. */

export type Operator = "+" | "-" | "*" | "/" | "^";

export type Expression =
  | { readonly kind: "number"; readonly value: number; readonly text: string }
  /** A declared symbol, a summation index, or a constant (`e`, `pi`). */
  | { readonly kind: "symbol"; readonly name: string }
  /** One member of an indexed family: `yhat_c`. */
  | {
      readonly kind: "member";
      readonly name: string;
      readonly first: number;
      readonly last: number;
      readonly at: Expression;
    }
  /** A whole indexed family, as the argument of a function of vectors. */
  | { readonly kind: "family"; readonly name: string; readonly first: number; readonly last: number }
  | { readonly kind: "negate"; readonly operand: Expression }
  | { readonly kind: "binary"; readonly operator: Operator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "call"; readonly name: string; readonly operands: readonly Expression[] }
  | {
      readonly kind: "sum";
      readonly variable: string;
      readonly first: Expression;
      readonly last: Expression;
      readonly body: Expression;
    }
  /** `max_i …`: the largest or smallest value of the body. */
  | {
      readonly kind: "extreme";
      readonly name: "max" | "min";
      readonly variable: string;
      readonly first: Expression;
      readonly last: Expression;
      readonly body: Expression;
    };

/** What runs an index over its body. */
export type Indexed = Extract<Expression, { kind: "sum" | "extreme" }>;

export interface FormulaFunction {
  /** How many operands; `max` absent means any number from `min` up. */
  readonly min: number;
  readonly max?: number;
  readonly value: (...operands: number[]) => number;
  /** Of a function of one operand, for `f'(x)`. */
  readonly slope?: (operand: number) => number;
  readonly latex: string;
  /** Whether it has corners or jumps. */
  readonly steps?: boolean;
  /** Other names. */
  readonly also?: readonly string[];
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

const one = (latex: string, value: (x: number) => number, more: Partial<FormulaFunction> = {}): FormulaFunction => ({
  min: 1,
  max: 1,
  value,
  latex,
  ...more,
});

/** The functions by name. `log` without a base is the natural logarithm, as everywhere in the field. */
export const functions: Readonly<Record<string, FormulaFunction>> = {
  exp: one("\\exp", Math.exp, { slope: Math.exp }),
  ln: one("\\ln", Math.log, { slope: (x) => 1 / x, also: ["log"] }),
  log2: one("\\log_{2}", Math.log2, { also: ["log_2"] }),
  log10: one("\\log_{10}", Math.log10, { also: ["log_10"] }),
  sqrt: one("\\sqrt", Math.sqrt),
  sin: one("\\sin", Math.sin, { slope: Math.cos }),
  cos: one("\\cos", Math.cos, { slope: (x) => -Math.sin(x) }),
  tan: one("\\tan", Math.tan),
  sinh: one("\\sinh", Math.sinh, { slope: Math.cosh }),
  cosh: one("\\cosh", Math.cosh, { slope: Math.sinh }),
  tanh: one("\\tanh", Math.tanh, { slope: (x) => 1 - Math.tanh(x) ** 2 }),
  sech: one("\\operatorname{sech}", (x) => 1 / Math.cosh(x)),
  sigmoid: one("\\sigma", sigmoid, { slope: (x) => sigmoid(x) * (1 - sigmoid(x)), also: ["sigma"] }),
  relu: one("\\operatorname{ReLU}", (x) => Math.max(0, x), {
    slope: (x) => (x > 0 ? 1 : 0),
    steps: true,
    also: ["ReLU"],
  }),
  softplus: one("\\operatorname{softplus}", (x) => Math.log1p(Math.exp(x)), { slope: sigmoid }),
  abs: one("\\operatorname{abs}", Math.abs, { slope: Math.sign, steps: true }),
  sign: one("\\operatorname{sign}", Math.sign, { steps: true, also: ["sgn"] }),
  floor: one("\\operatorname{floor}", Math.floor, { steps: true }),
  ceil: one("\\operatorname{ceil}", Math.ceil, { steps: true }),
  max: { min: 2, value: Math.max, latex: "\\max", steps: true },
  min: { min: 2, value: Math.min, latex: "\\min", steps: true },
  /** `logbase(b, x)`: what `\log_b x` is read as. */
  logbase: { min: 2, max: 2, value: (base, x) => Math.log(x) / Math.log(base), latex: "\\log" },
};

/** Functions of a whole family; `at` is the member asked for, where the result is a vector. */
export const vectorFunctions: Readonly<
  Record<string, { readonly member: boolean; readonly value: (values: readonly number[], at: number) => number }>
> = {
  softmax: { member: true, value: (values, at) => Math.exp((values[at] ?? NaN) - logSumExp(values)) },
  logsoftmax: { member: true, value: (values, at) => (values[at] ?? NaN) - logSumExp(values) },
  logsumexp: { member: false, value: logSumExp },
};

export const constants: Readonly<Record<string, { readonly value: number; readonly latex: string }>> = {
  e: { value: Math.E, latex: "e" },
  pi: { value: Math.PI, latex: "\\pi" },
};

function logSumExp(values: readonly number[]): number {
  const highest = Math.max(...values);
  return highest + Math.log(values.reduce((total, value) => total + Math.exp(value - highest), 0));
}

/** The direct parts of a formula, in reading order. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "number":
    case "symbol":
    case "family":
      return [];
    case "member":
      return [expression.at];
    case "negate":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "call":
      return expression.operands;
    case "sum":
    case "extreme":
      return [expression.first, expression.last, expression.body];
  }
}
