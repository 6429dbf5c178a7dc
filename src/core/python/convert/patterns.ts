/** `match` statements and their patterns. */
import { errorType, type ParseNode } from "../parseTree";
import type {
  Expression,
  Identifier,
  InvalidPattern,
  Match,
  MatchCase,
  MatchClass,
  MatchMapping,
  Pattern,
} from "../syntax";
import {
  type Conversion,
  field,
  fields,
  identifier,
  lastEnd,
  lastToken,
  nested,
  parts,
  problem,
  runs,
  textOf,
  token,
} from "./context";
import { indices } from "./chains";
import { expression, expressionAt } from "./expressions";
import { block } from "./statements";

export function matchStatement(c: Conversion, node: ParseNode): Match {
  const { start } = node;
  const body = field(node, "body");
  const head = { ...node, children: node.children.filter((child) => child.field !== "body") };
  const subject = indices(c, head, fields(node, "subject"), start + "match".length);
  const cases = body ? parts(body).filter((child) => child.type === "case_clause") : [];
  const converted = cases.map((clause) => matchCase(c, clause));
  return { kind: "Match", subject, cases: converted, start, end: lastEnd(node) };
}

function matchCase(c: Conversion, node: ParseNode): MatchCase {
  const { start } = node;
  const patterns = parts(node).filter((child) => child.type === "case_pattern");
  const guard = field(node, "guard");
  const body = block(c, field(node, "consequence"));
  return {
    pattern: casePattern(c, node, patterns),
    guard: guard && expressionAt(c, parts(guard)[0], guard.end),
    body,
    start,
    end: lastEnd(node),
  };
}

/** `case a, b:` and `case a,:` match a sequence. */
function casePattern(c: Conversion, node: ParseNode, patterns: readonly ParseNode[]): Pattern {
  const first = patterns[0];
  const comma = lastToken(node, ",");
  if (!first) return invalid(node.start + "case".length);
  if (!comma) return pattern(c, [first]);
  const end = Math.max(comma.end, patterns.at(-1)!.end);
  return { kind: "MatchSequence", patterns: patterns.map((one) => pattern(c, [one])), start: first.start, end };
}

function invalid(start: number, end: number = start): InvalidPattern {
  return { kind: "InvalidPattern", start, end };
}

/** One pattern; the grammar spreads signed and complex numbers over several tokens. */
function pattern(c: Conversion, given: readonly ParseNode[]): Pattern {
  const first = given[0];
  if (!first) return invalid(0);
  const last = given.at(-1)!;
  return nested(
    c,
    first,
    1,
    () => single(c, given, first),
    () => invalid(first.start, last.end),
  );
}

function single(c: Conversion, given: readonly ParseNode[], node: ParseNode): Pattern {
  const { start, end } = node;
  if (given.length > 1) return numberPattern(c, given);
  switch (node.type) {
    case "case_pattern":
      return pattern(
        c,
        node.children.filter((child) => child.type !== errorType),
      );
    case "complex_pattern":
      return numberPattern(c, node.children);
    case "_":
      return { kind: "MatchAs", pattern: undefined, name: undefined, start, end };
    case "dotted_name":
      return nameOrValue(c, node);
    case "as_pattern": {
      const [inner, name] = parts(node);
      return { kind: "MatchAs", pattern: pattern(c, inner ? [inner] : []), name: identifier(c, name, end), start, end };
    }
    case "splat_pattern":
      return { kind: "MatchStar", name: captured(c, node), start, end };
    case "union_pattern":
      return { kind: "MatchOr", patterns: runs(node.children, "|").map((run) => pattern(c, run)), start, end };
    case "list_pattern":
      return { kind: "MatchSequence", patterns: listed(c, node), start, end };
    case "tuple_pattern":
      return groupOrSequence(c, node);
    case "dict_pattern":
      return mapping(c, node);
    case "class_pattern":
      return classPattern(c, node);
    case "keyword_pattern":
      problem(c, node, "A keyword pattern belongs into the parentheses of a class.");
      return invalid(start, end);
    default:
      return { kind: "MatchValue", value: expression(c, node), start, end };
  }
}

function listed(c: Conversion, node: ParseNode): Pattern[] {
  return parts(node).map((child) => pattern(c, [child]));
}

function groupOrSequence(c: Conversion, node: ParseNode): Pattern {
  const inside = listed(c, node);
  if (inside.length === 1 && !token(node, ",")) return inside[0]!;
  return { kind: "MatchSequence", patterns: inside, start: node.start, end: node.end };
}

/** A bare name is captured, `_` matches anything, a dotted name is compared with. */
function nameOrValue(c: Conversion, node: ParseNode): Pattern {
  const { start, end } = node;
  if (parts(node).length > 1) return { kind: "MatchValue", value: dottedName(c, node), start, end };
  const name = identifier(c, node, start);
  return { kind: "MatchAs", pattern: undefined, name: name.name === "_" ? undefined : name, start, end };
}

function dottedName(c: Conversion, node: ParseNode): Expression {
  const [first, ...rest] = parts(node);
  let value: Expression = expressionAt(c, first, node.start);
  for (const part of rest) {
    value = { kind: "Attribute", value, attribute: identifier(c, part, part.start), start: node.start, end: part.end };
  }
  return value;
}

function captured(c: Conversion, node: ParseNode): Identifier | undefined {
  const name = parts(node)[0];
  return name && textOf(c, name) !== "_" ? identifier(c, name, name.start) : undefined;
}

/** `-1`, `1 + 2j`, `-1 - 2j`. */
function numberPattern(c: Conversion, given: readonly ParseNode[]): Pattern {
  const numbers = given.filter((node) => node.named);
  const start = given[0]!.start;
  const end = given.at(-1)!.end;
  const [real, imaginary] = numbers;
  if (!real) return invalid(start, end);
  let value = expression(c, real);
  if (given[0]!.type === "-") {
    value = { kind: "UnaryOperation", operator: "-", operand: value, start, end: real.end };
  }
  if (imaginary) {
    const operator = given.at(-2)!.type === "-" ? "-" : "+";
    value = { kind: "BinaryOperation", operator, left: value, right: expression(c, imaginary), start, end };
  }
  return { kind: "MatchValue", value, start, end };
}

function mapping(c: Conversion, node: ParseNode): MatchMapping {
  const entries: { key: Expression; pattern: Pattern }[] = [];
  let rest: Identifier | undefined;
  const inside = node.children.filter((child) => child.type !== "{" && child.type !== "}");
  for (const run of runs(inside, ",")) {
    const first = run[0]!;
    if (first.type === "splat_pattern") {
      rest = captured(c, first);
      continue;
    }
    const [key, value] = runs(run, ":");
    const keyPattern = pattern(c, key ?? []);
    const valuePattern = value ? pattern(c, value) : invalid(run.at(-1)!.end);
    if (keyPattern.kind === "MatchValue") entries.push({ key: keyPattern.value, pattern: valuePattern });
    else problem(c, first, "A key of a mapping pattern must be a literal or a dotted name.");
  }
  return { kind: "MatchMapping", entries, rest, start: node.start, end: node.end };
}

function classPattern(c: Conversion, node: ParseNode): MatchClass {
  const [name, ...given] = parts(node);
  const patterns: Pattern[] = [];
  const keywords: { name: Identifier; pattern: Pattern }[] = [];
  for (const child of given) {
    const inner = parts(child)[0];
    if (inner?.type === "keyword_pattern") {
      const [key] = parts(inner);
      const value = inner.children.slice(inner.children.findIndex((one) => one.type === "=") + 1);
      keywords.push({ name: identifier(c, key, inner.start), pattern: pattern(c, value) });
    } else patterns.push(pattern(c, [child]));
  }
  const callee: Expression = name
    ? dottedName(c, name)
    : { kind: "InvalidExpression", start: node.start, end: node.start };
  return { kind: "MatchClass", callee, patterns, keywords, start: node.start, end: node.end };
}
