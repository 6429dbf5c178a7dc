/** Statements: which converter reads which node of the grammar, the simple statements, and what is left of broken ones. */
import { errorType, type ParseNode } from "../parseTree";
import type { AugAssign, BinaryOperator, Expression, InvalidStatement, Raise, Statement } from "../syntax";
import { forLoop, ifStatement, tryStatement, whileLoop, withStatement } from "./compound";
import {
  type Conversion,
  field,
  identifier,
  invalid,
  isBroken,
  lastEnd,
  nested,
  parts,
  problem,
  textOf,
  token,
} from "./context";
import { classDefinition, decorated, functionDefinition } from "./definitions";
import { expression, expressionAt, optional } from "./expressions";
import { importFrom, importStatement } from "./importStatements";
import { matchStatement } from "./patterns";
import { aliasHead } from "./types";

type Converter = (c: Conversion, node: ParseNode) => Statement;

const converters: Readonly<Record<string, Converter>> = {
  expression_statement: expressionStatement,
  return_statement: (c, node) => {
    const value = parts(node)[0];
    return { kind: "Return", value: value && assigned(c, node, value, lastEnd(node)), ...place(node) };
  },
  delete_statement: (c, node) => ({ kind: "Delete", targets: deleted(c, node), ...place(node) }),
  raise_statement: raise,
  assert_statement: (c, node) => {
    const [test, message] = parts(node);
    return {
      kind: "Assert",
      test: expressionAt(c, test, lastEnd(node)),
      message: optional(c, message),
      ...place(node),
    };
  },
  pass_statement: (_, node) => ({ kind: "Pass", ...place(node) }),
  break_statement: (_, node) => ({ kind: "Break", ...place(node) }),
  continue_statement: (_, node) => ({ kind: "Continue", ...place(node) }),
  global_statement: (c, node) => ({
    kind: "Global",
    names: parts(node).map((n) => identifier(c, n, 0)),
    ...place(node),
  }),
  nonlocal_statement: (c, node) => ({
    kind: "Nonlocal",
    names: parts(node).map((n) => identifier(c, n, 0)),
    ...place(node),
  }),
  type_alias_statement: typeAlias,
  import_statement: importStatement,
  import_from_statement: importFrom,
  future_import_statement: importFrom,
  if_statement: ifStatement,
  for_statement: forLoop,
  while_statement: whileLoop,
  try_statement: tryStatement,
  with_statement: withStatement,
  match_statement: matchStatement,
  function_definition: (c, node) => functionDefinition(c, node, []),
  class_definition: (c, node) => classDefinition(c, node, []),
  decorated_definition: decorated,
  print_statement: (c, node) => oldStatement(c, node, "print"),
  exec_statement: (c, node) => oldStatement(c, node, "exec"),
};

/** The statements among the children of a module or a block; of an error, those inside it that could be read. */
export function statements(c: Conversion, nodes: readonly ParseNode[]): Statement[] {
  return nodes.flatMap((node) => {
    if (node.type === errorType) return salvaged(c, node);
    const convert = node.named ? converters[node.type] : undefined;
    if (!convert) return [];
    return [
      nested(
        c,
        node,
        1,
        () => convert(c, node),
        () => invalidStatement(node),
      ),
    ];
  });
}

export function block(c: Conversion, node: ParseNode | undefined): Statement[] {
  if (node && node.children.length > 0) return statements(c, node.children);
  if (node) problem(c, { start: node.start, end: node.start }, "Expected an indented block.");
  return [];
}

/** The span of a statement ends with its last token. */
function place(node: ParseNode): { start: number; end: number } {
  return { start: node.start, end: lastEnd(node) };
}

function invalidStatement(node: ParseNode): InvalidStatement {
  return { kind: "InvalidStatement", ...place(node) };
}

/** Expressions that say something by themselves; a lone name or number in the wreck of a line does not. */
const telling = new Set(["call", "attribute", "subscript"]);

function salvaged(c: Conversion, error: ParseNode): Statement[] {
  const found = error.children.flatMap((child): Statement[] => {
    if (converters[child.type] || child.type === errorType) return statements(c, [child]);
    if (child.type === "block") return block(c, child);
    if (!telling.has(child.type)) return [];
    return [{ kind: "ExpressionStatement", value: expression(c, child), ...place(child) }];
  });
  return [invalidStatement(error), ...found];
}

function oldStatement(c: Conversion, node: ParseNode, word: string): InvalidStatement {
  problem(c, place(node), `In Python 3 \`${word}\` is a function: its arguments need parentheses.`);
  return invalidStatement(node);
}

function expressionStatement(c: Conversion, node: ParseNode): Statement {
  const inside = parts(node);
  const first = inside[0];
  if (first?.type === "assignment") return assignment(c, first);
  if (first?.type === "augmented_assignment") return augmentedAssignment(c, first);
  const { start, end } = place(node);
  if (!token(node, ",")) return { kind: "ExpressionStatement", value: expressionAt(c, first, start), start, end };
  const elements = inside.map((child) => expression(c, child));
  return { kind: "ExpressionStatement", value: { kind: "Tuple", elements, start, end }, start, end };
}

/** `a = b = value` nests to the right; `a: int = value` is an annotated assignment. */
function assignment(c: Conversion, node: ParseNode): Statement {
  const { start, end } = place(node);
  const annotation = field(node, "type");
  if (annotation) {
    return {
      kind: "AnnAssign",
      target: expressionAt(c, field(node, "left"), start),
      annotation: expression(c, annotation),
      value: field(node, "right") && assigned(c, node, field(node, "right"), end),
      start,
      end,
    };
  }
  const targets: Expression[] = [];
  let at = node;
  let value: ParseNode | undefined;
  for (;;) {
    targets.push(expressionAt(c, field(at, "left"), at.start));
    value = field(at, "right");
    if (value?.type !== "assignment" || field(value, "type")) break;
    at = value;
  }
  return { kind: "Assign", targets, value: assigned(c, at, value, end), start, end };
}

/** In `x = a b c` no part is the value. */
function assigned(c: Conversion, node: ParseNode, value: ParseNode | undefined, end: number): Expression {
  const error = isBroken(node) ? node.children.find((child) => child.type === errorType) : undefined;
  if (error) return invalid(Math.min(error.start, value?.start ?? error.start), end);
  return expressionAt(c, value, end);
}

function augmentedAssignment(c: Conversion, node: ParseNode): AugAssign {
  const { start, end } = place(node);
  const sign = field(node, "operator");
  return {
    kind: "AugAssign",
    target: expressionAt(c, field(node, "left"), start),
    operator: (sign ? textOf(c, sign).slice(0, -1) : "+") as BinaryOperator,
    value: assigned(c, node, field(node, "right"), end),
    start,
    end,
  };
}

/** `del a, b` has two targets; `del (a, b)` has one. */
function deleted(c: Conversion, node: ParseNode): Expression[] {
  const inside = parts(node)[0];
  if (inside?.type === "expression_list") return parts(inside).map((child) => expression(c, child));
  return [expressionAt(c, inside, lastEnd(node))];
}

function raise(c: Conversion, node: ParseNode): Raise {
  const cause = field(node, "cause");
  const exception = parts(node).find((child) => child !== cause);
  return { kind: "Raise", exception: optional(c, exception), cause: optional(c, cause), ...place(node) };
}

function typeAlias(c: Conversion, node: ParseNode): Statement {
  const { start, end } = place(node);
  const [name, typeParameters] = aliasHead(c, field(node, "left"), start);
  return { kind: "TypeAlias", name, typeParameters, value: expressionAt(c, field(node, "right"), end), start, end };
}
