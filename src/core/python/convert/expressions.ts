/** Expressions: which converter reads which node of the grammar, and the expressions that need no file of their own. */
import { errorType, type ParseNode } from "../parseTree";
import type { Expression, Starred } from "../syntax";
import { chain } from "./chains";
import { comprehension, dict, list, set, slice, tuple } from "./collections";
import { type Conversion, invalid, isBroken, nameOf, nested, ownName, parts, problem, textOf } from "./context";
import { number } from "./numbers";
import {
  awaiting,
  booleanOperation,
  comparison,
  conditional,
  lambda,
  namedExpression,
  negation,
  unaryOperation,
  yielding,
} from "./operators";
import { string } from "./strings";
import { constrainedType, genericType, memberType, unionType } from "./types";

type Converter = (c: Conversion, node: ParseNode) => Expression;

const converters: Readonly<Record<string, Converter>> = {
  identifier: name,
  integer: number,
  float: number,
  string,
  concatenated_string: string,
  true: (_, { start, end }) => ({ kind: "Constant", type: "bool", value: true, start, end }),
  false: (_, { start, end }) => ({ kind: "Constant", type: "bool", value: false, start, end }),
  none: (_, { start, end }) => ({ kind: "Constant", type: "none", start, end }),
  ellipsis: (_, { start, end }) => ({ kind: "Constant", type: "ellipsis", start, end }),
  attribute: chain,
  call: chain,
  subscript: chain,
  binary_operator: chain,
  slice,
  list,
  list_pattern: list,
  tuple,
  tuple_pattern: tuple,
  expression_list: tuple,
  pattern_list: tuple,
  set,
  dictionary: dict,
  list_comprehension: comprehension,
  set_comprehension: comprehension,
  dictionary_comprehension: comprehension,
  generator_expression: comprehension,
  list_splat: starred,
  list_splat_pattern: starred,
  splat_type: starred,
  boolean_operator: booleanOperation,
  comparison_operator: comparison,
  not_operator: negation,
  unary_operator: unaryOperation,
  conditional_expression: conditional,
  named_expression: namedExpression,
  lambda,
  await: awaiting,
  yield: yielding,
  generic_type: genericType,
  union_type: unionType,
  member_type: memberType,
  constrained_type: constrainedType,
};

/** Nodes that only wrap one expression, which keeps its own span. */
const wrappers = new Set(["parenthesized_expression", "type", "as_pattern_target"]);

/** Nodes whose elements stand for themselves when one of them cannot be read; the strings and chains look inside. */
const lists = new Set(
  "list tuple set dictionary expression_list list_pattern tuple_pattern pattern_list string concatenated_string attribute call subscript binary_operator".split(
    " ",
  ),
);

export function expression(c: Conversion, node: ParseNode): Expression {
  const inner = unwrapped(node);
  if (!inner) {
    problem(c, node, "An expression is missing here.");
    return invalid(node.start, node.end);
  }
  const convert = converters[inner.type];
  if (isBroken(inner) && !lists.has(inner.type)) return invalid(inner.start, inner.end);
  if (convert && inner.named)
    return nested(
      c,
      inner,
      1,
      () => convert(c, inner),
      () => invalid(inner.start, inner.end),
    );
  if (inner.type !== errorType) problem(c, inner, "This is not valid as an expression.");
  return invalid(inner.start, inner.end);
}

/** The expression, or an invalid one of no width at `offset` where there is none. */
export function expressionAt(c: Conversion, node: ParseNode | undefined, offset: number): Expression {
  return node ? expression(c, node) : invalid(offset);
}

export function optional(c: Conversion, node: ParseNode | undefined): Expression | undefined {
  return node && expression(c, node);
}

/** The node inside parentheses and other wrappers. */
export function unwrapped(node: ParseNode): ParseNode | undefined {
  let inner: ParseNode | undefined = node;
  while (inner && inner.named && wrappers.has(inner.type)) inner = parts(inner)[0];
  return inner;
}

function name(c: Conversion, node: ParseNode): Expression {
  const { start, end } = node;
  if (start === end) return invalid(start);
  return { kind: "Name", id: ownName(c, nameOf(textOf(c, node))), start, end };
}

function starred(c: Conversion, node: ParseNode): Starred {
  const { start, end } = node;
  return { kind: "Starred", value: expressionAt(c, parts(node)[0], end), start, end };
}
