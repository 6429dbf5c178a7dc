/** Boolean operations, comparisons, unary operators, conditionals, `:=`, `lambda`, `await` and `yield`. */
import type { ParseNode } from "../parseTree";
import type {
  Await,
  BooleanOperation,
  Compare,
  CompareOperator,
  Conditional,
  Expression,
  Lambda,
  NamedExpression,
  Starred,
  UnaryOperation,
  UnaryOperator,
  Yield,
  YieldFrom,
} from "../syntax";
import { type Conversion, field, invalid, nameOf, ownName, parts, problem, runs, textOf, token } from "./context";
import { expressionAt, optional } from "./expressions";
import { parameters } from "./parameters";
import { isRewrittenStar } from "./regroup";

/** `a and b and c` grows to the left and is one operation with three values. */
export function booleanOperation(c: Conversion, node: ParseNode): BooleanOperation {
  const { start, end } = node;
  const operator = operatorOf(node);
  const values: Expression[] = [];
  let at: ParseNode | undefined = node;
  while (at?.type === "boolean_operator" && operatorOf(at) === operator) {
    values.push(expressionAt(c, field(at, "right"), at.end));
    at = field(at, "left");
  }
  values.push(expressionAt(c, at, start));
  return { kind: "BooleanOperation", operator, values: values.reverse(), start, end };
}

function operatorOf(node: ParseNode): "and" | "or" {
  return field(node, "operator")?.type === "and" ? "and" : "or";
}

export function comparison(c: Conversion, node: ParseNode): Compare {
  const { start, end } = node;
  const operators: CompareOperator[] = [];
  const operands = parts(node);
  const signs = node.children.filter((child) => child.field === "operators");
  for (const sign of signs) operators.push(compareOperator(c, sign));
  const comparators = signs.map((sign, index) => expressionAt(c, operands[index + 1], sign.end));
  return { kind: "Compare", left: expressionAt(c, operands[0], start), operators, comparators, start, end };
}

function compareOperator(c: Conversion, sign: ParseNode): CompareOperator {
  if (sign.type === "<>") {
    problem(c, sign, "Python 3 writes `<>` as `!=`.");
    return "!=";
  }
  return sign.type as CompareOperator;
}

export function negation(c: Conversion, node: ParseNode): UnaryOperation {
  const { start, end } = node;
  return {
    kind: "UnaryOperation",
    operator: "not",
    operand: expressionAt(c, field(node, "argument"), end),
    start,
    end,
  };
}

export function unaryOperation(c: Conversion, node: ParseNode): UnaryOperation | Starred {
  const { start, end } = node;
  if (isRewrittenStar(c, node)) {
    return { kind: "Starred", value: expressionAt(c, field(node, "argument"), end), start, end };
  }
  const operator = (field(node, "operator")?.type ?? "-") as UnaryOperator;
  return { kind: "UnaryOperation", operator, operand: expressionAt(c, field(node, "argument"), end), start, end };
}

/** `body if test else orelse`. */
export function conditional(c: Conversion, node: ParseNode): Conditional {
  const { start, end } = node;
  const [before, after] = runs(node.children, "if");
  const [test, orelse] = runs(after ?? [], "else");
  return {
    kind: "Conditional",
    test: expressionAt(c, test?.[0], token(node, "if")?.end ?? end),
    body: expressionAt(c, before?.[0], start),
    orelse: expressionAt(c, orelse?.[0], end),
    start,
    end,
  };
}

export function namedExpression(c: Conversion, node: ParseNode): Expression {
  const { start, end } = node;
  const value = expressionAt(c, field(node, "value"), end);
  const target = field(node, "name");
  if (!target || target.start === target.end) return invalid(start, end);
  const result: NamedExpression = {
    kind: "NamedExpression",
    target: { kind: "Name", id: ownName(c, nameOf(textOf(c, target))), start: target.start, end: target.end },
    value,
    start,
    end,
  };
  return result;
}

export function lambda(c: Conversion, node: ParseNode): Lambda {
  const { start, end } = node;
  const given = field(node, "parameters");
  return {
    kind: "Lambda",
    parameters: given ? parameters(c, given) : [],
    body: expressionAt(c, field(node, "body"), end),
    start,
    end,
  };
}

/** The grammar lets `**` bind tighter than `await`; in Python `await x ** 2` is `(await x) ** 2`. */
export function awaiting(c: Conversion, node: ParseNode): Expression {
  const { start, end } = node;
  const operand = parts(node)[0];
  if (operand?.type !== "binary_operator" || field(operand, "operator")?.type !== "**") {
    return awaitOf(expressionAt(c, operand, end), start, end);
  }
  const base = field(operand, "left");
  const left = awaitOf(expressionAt(c, base, operand.start), start, base?.end ?? operand.start);
  const right = expressionAt(c, field(operand, "right"), end);
  return { kind: "BinaryOperation", operator: "**", left, right, start, end };
}

function awaitOf(value: Expression, start: number, end: number): Await {
  return { kind: "Await", value, start, end };
}

export function yielding(c: Conversion, node: ParseNode): Yield | YieldFrom {
  const { start, end } = node;
  const value = parts(node)[0];
  if (token(node, "from")) return { kind: "YieldFrom", value: expressionAt(c, value, end), start, end };
  return { kind: "Yield", value: optional(c, value), start, end };
}
