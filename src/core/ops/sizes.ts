/** Evaluates the size expressions of operation rows over a call's arguments and the sizes of its inputs. */
import { atMost, equals } from "../shape/bounds";
import { type Dim, add, constant, constantValue, multiply, product, subtract, unknownSize } from "../shape/dim";
import { floorDivide, modulo } from "../shape/division";
import { type SizeExpression } from "../shape/expression";
import { type Shape, isRest, newRest } from "../shape/shape";
import { type Refusal, isRefusal } from "./call";
import { type OpValue, sizeNamed } from "./value";

/** What an expression can give; undefined where it is not known. */
export type SizeValue = Dim | Shape | boolean | string | null | undefined;

/** A function of a row: gets its arguments and a look at the other names. */
export type SizeFunction = (args: readonly SizeValue[], names: SizeNames) => SizeValue | Refusal;

export type SizeNames = (name: string) => SizeValue;

/** Thrown through an expression by a function that refuses; caught where the expression was started. */
export class RefusedSize extends Error {
  constructor(readonly refusal: Refusal) {
    super("refused");
  }
}

export function isDim(value: SizeValue): value is Dim {
  return typeof value === "object" && value !== null && "terms" in value;
}

export function isShape(value: SizeValue): value is Shape {
  return Array.isArray(value);
}

/** A value that an expression can count with. */
export function toSizeValue(value: OpValue | undefined): SizeValue {
  switch (value?.kind) {
    case "int":
      return value.value;
    case "bool":
    case "str":
      return value.value;
    case "none":
      return null;
    case "tuple": {
      const items = value.items.map(toSizeValue);
      return items.every(isDim) ? items : undefined;
    }
    case "tensor":
      return value.shape;
    case "unknown":
      return value.name === undefined ? undefined : sizeNamed(value);
    default:
      return undefined;
  }
}

const comparisons: Record<string, (a: Dim, b: Dim) => "yes" | "no" | "maybe"> = {
  "==": equals,
  "!=": (a, b) => opposite(equals(a, b)),
  "<=": atMost,
  ">=": (a, b) => atMost(b, a),
  "<": (a, b) => opposite(atMost(b, a)),
  ">": (a, b) => opposite(atMost(a, b)),
};

function opposite(answer: "yes" | "no" | "maybe"): "yes" | "no" | "maybe" {
  return answer === "yes" ? "no" : answer === "no" ? "yes" : "maybe";
}

const arithmetic: Record<string, (a: Dim, b: Dim) => Dim> = {
  "+": add,
  "-": subtract,
  "*": multiply,
  "//": floorDivide,
  "%": modulo,
};

/** Functions that every row may call. */
const common: Readonly<Record<string, SizeFunction>> = {
  least: ([value]) => (isDim(value) ? value : isShape(value) ? leastOf(value) : undefined),
  length: ([value]) => (isShape(value) && !value.some(isRest) ? constant(value.length) : undefined),
  prod: ([shape]) => (isShape(shape) && shape.every((axis) => !isRest(axis)) ? product(shape as Dim[]) : undefined),
};

/** The smallest of some sizes, where all are numbers. */
function leastOf(sizes: Shape): Dim | undefined {
  const values = sizes.map((size) => (isRest(size) ? undefined : constantValue(size)));
  return values.length > 0 && values.every((value) => value !== undefined) ? constant(Math.min(...values)) : undefined;
}

export function evaluateSize(
  expression: SizeExpression,
  names: SizeNames,
  functions: Readonly<Record<string, SizeFunction>>,
): SizeValue {
  const evaluate = (part: SizeExpression): SizeValue => evaluateSize(part, names, functions);
  switch (expression.kind) {
    case "number":
      return constant(expression.value);
    case "text":
      return expression.value;
    case "name":
    case "optional":
      return constantNames.has(expression.name) ? constantNames.get(expression.name) : names(expression.name);
    case "list":
      return evaluateItems(expression.items, names, functions);
    case "star":
      return undefined;
    case "unary": {
      const operand = evaluate(expression.operand);
      if (expression.operator === "not") return truth(operand) === undefined ? undefined : !truth(operand);
      return isDim(operand) ? subtract(constant(0), operand) : undefined;
    }
    case "binary":
      return binary(expression.operator, evaluate(expression.left), () => evaluate(expression.right));
    case "call": {
      const callee = functions[expression.callee] ?? common[expression.callee];
      if (!callee) throw new Error(`A row calls ${expression.callee}, which it does not define.`);
      const value = callee(expression.args.map(evaluate), names);
      if (typeof value === "object" && value !== null && isRefusal(value)) throw new RefusedSize(value);
      return value;
    }
    case "index": {
      const list = evaluate(expression.value);
      const index = evaluate(expression.index);
      if (!isShape(list) || !isDim(index)) return undefined;
      const axis = list.at(index.terms[0]?.coefficient ?? 0);
      return axis === undefined || isRest(axis) ? undefined : axis;
    }
    case "conditional": {
      const test = truth(evaluate(expression.test));
      return test === undefined ? undefined : evaluate(test ? expression.body : expression.orelse);
    }
  }
}

const constantNames = new Map<string, SizeValue>([
  ["None", null],
  ["True", true],
  ["False", false],
]);

/** Python's truth of a value, undefined where it is not known. */
export function truth(value: SizeValue): boolean | undefined {
  if (value === null) return false;
  if (typeof value === "boolean") return value;
  if (typeof value === "string") return value !== "";
  if (isDim(value)) {
    const isZero = equals(value, constant(0));
    return isZero === "maybe" ? undefined : isZero === "no";
  }
  return isShape(value) ? value.length > 0 : undefined;
}

function binary(operator: string, left: SizeValue, right: () => SizeValue): SizeValue {
  if (operator === "and" || operator === "or") {
    const first = truth(left);
    if (first === undefined) return undefined;
    return first === (operator === "and") ? right() : left;
  }
  const other = right();
  if (isDim(left) && isDim(other)) {
    const calculate = arithmetic[operator];
    if (calculate) return calculate(left, other);
    const answer = comparisons[operator]!(left, other);
    return answer === "maybe" ? undefined : answer === "yes";
  }
  if (left === undefined || other === undefined) return undefined;
  if (operator === "==") return left === other;
  if (operator === "!=") return left !== other;
  return undefined;
}

/** The items of a shape: `*name` and `*call(…)` are put in place, an optional item only where it has a value. */
export function evaluateItems(
  items: readonly SizeExpression[],
  names: SizeNames,
  functions: Readonly<Record<string, SizeFunction>>,
): Shape {
  return items.flatMap((item): Shape => {
    if (item.kind === "star") {
      const values = item.value ? evaluateSize(item.value, names, functions) : names("*");
      return isShape(values) ? values : [newRest("unknown")];
    }
    const value = evaluateSize(item, names, functions);
    if (item.kind === "optional" && value === null) return [];
    return [isDim(value) ? value : unknownSize()];
  });
}
