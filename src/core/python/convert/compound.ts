/** Statements that hold blocks, apart from definitions and `match`: `if`, loops, `try` and `with`. */
import type { ParseNode } from "../parseTree";
import type { ExceptHandler, Expression, For, If, Statement, Try, While, With, WithItem } from "../syntax";
import { deepest, type Conversion, field, fields, identifier, lastEnd, parts, problem, token } from "./context";
import { expression, expressionAt, optional } from "./expressions";
import { block } from "./statements";

/** Each `elif` is an `If` in the `orelse` of the one before it; a long row of them nests in a loop, not by recursion. */
export function ifStatement(c: Conversion, node: ParseNode): If {
  const clauses = fields(node, "alternative");
  const end = lastEnd(node);
  const last = clauses.at(-1);
  let orelse: readonly Statement[] = last?.type === "else_clause" ? elseBody(c, last) : [];
  const elifs = clauses.filter((clause) => clause.type === "elif_clause");
  const room = Math.max(0, deepest - c.depth);
  if (elifs.length > room) {
    problem(c, elifs[room]!, "This row of `elif` is too long to be read.");
    orelse = [];
  }
  for (const clause of elifs.slice(0, room).reverse()) orelse = [branch(c, clause, orelse, end)];
  return branch(c, node, orelse, end);
}

function branch(c: Conversion, node: ParseNode, orelse: readonly Statement[], end: number): If {
  const { start } = node;
  const test = expressionAt(c, field(node, "condition"), start + (token(node, "if") ? 2 : 4));
  const body = block(c, field(node, "consequence"));
  return { kind: "If", test, body, orelse, start, end };
}

export function elseBody(c: Conversion, clause: ParseNode | undefined): Statement[] {
  return clause ? block(c, field(clause, "body")) : [];
}

export function forLoop(c: Conversion, node: ParseNode): For {
  const { start } = node;
  const target = expressionAt(c, field(node, "left"), token(node, "for")?.end ?? start);
  const iterable = expressionAt(c, field(node, "right"), token(node, "in")?.end ?? target.end);
  const body = block(c, field(node, "body"));
  const orelse = elseBody(c, field(node, "alternative"));
  const isAsync = token(node, "async") !== undefined;
  return { kind: "For", target, iterable, body, orelse, isAsync, start, end: lastEnd(node) };
}

export function whileLoop(c: Conversion, node: ParseNode): While {
  const { start } = node;
  const test = expressionAt(c, field(node, "condition"), token(node, "while")?.end ?? start);
  const body = block(c, field(node, "body"));
  const orelse = elseBody(c, field(node, "alternative"));
  return { kind: "While", test, body, orelse, start, end: lastEnd(node) };
}

export function tryStatement(c: Conversion, node: ParseNode): Try {
  const { start } = node;
  const clauses = parts(node);
  const body = block(c, field(node, "body"));
  const handlers = clauses.filter((clause) => clause.type === "except_clause").map((clause) => handler(c, clause));
  const orelse = elseBody(
    c,
    clauses.find((clause) => clause.type === "else_clause"),
  );
  const last = clauses.find((clause) => clause.type === "finally_clause");
  const finalbody = last
    ? block(
        c,
        parts(last).find((child) => child.type === "block"),
      )
    : [];
  const end = lastEnd(node);
  return { kind: "Try", body, handlers, orelse, finalbody, start, end };
}

/** `except type as name:`; several types without parentheses (Python 3.14) are a tuple. */
function handler(c: Conversion, node: ParseNode): ExceptHandler {
  const { start } = node;
  const values = fields(node, "value");
  const caught = values[0];
  const renamed = caught?.type === "as_pattern" ? caught : undefined;
  const name = renamed ? field(renamed, "alias") : field(node, "alias");
  const body = block(
    c,
    parts(node).find((child) => child.type === "block"),
  );
  return {
    isGroup: token(node, "*") !== undefined,
    type: values.length > 1 ? several(c, values) : optional(c, renamed ? parts(renamed)[0] : caught),
    name: name && identifier(c, name, name.start),
    body,
    start,
    end: lastEnd(node),
  };
}

function several(c: Conversion, nodes: readonly ParseNode[]): Expression {
  const elements = nodes.map((node) => expression(c, node));
  return { kind: "Tuple", elements, start: nodes[0]!.start, end: nodes.at(-1)!.end };
}

export function withStatement(c: Conversion, node: ParseNode): With {
  const { start } = node;
  const clause = parts(node).find((child) => child.type === "with_clause");
  const items = clause ? parts(clause).flatMap((item) => withItems(c, item)) : [];
  const body = block(c, field(node, "body"));
  return { kind: "With", items, body, isAsync: token(node, "async") !== undefined, start, end: lastEnd(node) };
}

/** `with (open(a) as f):` reaches us as one item in parentheses. */
function withItems(c: Conversion, node: ParseNode): WithItem[] {
  const value = field(node, "value") ?? parts(node)[0];
  if (value && (value.type === "parenthesized_expression" || value.type === "tuple")) {
    const inside = parts(value);
    if (inside.some((child) => child.type === "as_pattern")) return inside.map((child) => withItem(c, child));
  }
  return value ? [withItem(c, value)] : [];
}

function withItem(c: Conversion, value: ParseNode): WithItem {
  const { start, end } = value;
  if (value.type !== "as_pattern") return { context: expression(c, value), target: undefined, start, end };
  const context = expressionAt(c, parts(value)[0], start);
  return { context, target: optional(c, field(value, "alias")), start, end };
}
