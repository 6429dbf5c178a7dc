/**
 * Attribute access, calls, subscripts and binary operators: the expressions that grow to the left. `a + b + c` and
 * `x.f().g()` nest as deeply as they are long, so they are read in a loop, from the innermost outwards.
 */
import type { ParseNode } from "../parseTree";
import type { BinaryOperator, Call, Expression, Keyword, Subscript } from "../syntax";
import {
  type Conversion,
  deepest,
  field,
  fields,
  identifier,
  invalid,
  isBroken,
  lastToken,
  members,
  nested,
  parts,
  problem,
  textOf,
  token,
} from "./context";
import { expression, expressionAt } from "./expressions";
import { isRewrittenStar, regrouped } from "./regroup";

/** The field that holds the left part. */
const leftPart: Readonly<Record<string, string>> = {
  attribute: "object",
  call: "function",
  subscript: "value",
  binary_operator: "left",
};

const splats = new Set(["list_splat", "list_splat_pattern"]);

export function chain(c: Conversion, node: ParseNode): Expression {
  const { links, base, star } = leftSpine(c, node);
  const room = Math.max(0, deepest - c.depth - 1);
  const tooLong = links.length > room ? links[links.length - room - 1] : undefined;
  const kept = links.slice(tooLong ? links.length - room : 0);
  const start = base?.start ?? node.start;
  let result: Expression;
  if (tooLong) {
    problem(c, tooLong, "This is nested too deeply to be read.");
    result = invalid(start, tooLong.end);
  } else {
    const inner = base;
    result = inner
      ? nested(
          c,
          inner,
          kept.length - 1,
          () => expression(c, inner),
          () => invalid(start),
        )
      : invalid(start);
  }
  kept.forEach((link, index) => {
    const left = result;
    const levels = kept.length - 1 - index;
    result = nested(
      c,
      link,
      levels,
      () => extended(c, link, left, start),
      () => left,
    );
  });
  return star === undefined ? result : { kind: "Starred", value: result, start: star, end: node.end };
}

interface Spine {
  /** From the innermost outwards. */
  readonly links: readonly ParseNode[];
  readonly base: ParseNode | undefined;
  /** Where a `*` stands that the grammar hung on the innermost name, though it belongs to the whole: `*f(x), y`. */
  readonly star: number | undefined;
}

function leftSpine(c: Conversion, node: ParseNode): Spine {
  const links: ParseNode[] = [];
  let star: number | undefined;
  let base: ParseNode | undefined = node;
  let outer: string | undefined;
  while (base) {
    if (base.type === "binary_operator" && outer !== "&") base = regrouped(base);
    const part: string | undefined = leftPart[base.type];
    if (part !== undefined) {
      links.push(base);
      outer = field(base, "operator")?.type;
      base = field(base, part);
    } else if (links.length > 0 && isSplat(c, base)) {
      star = base.start;
      base = parts(base)[0];
    } else break;
  }
  return { links: links.reverse(), base, star };
}

function isSplat(c: Conversion, node: ParseNode): boolean {
  return splats.has(node.type) || (node.type === "unary_operator" && isRewrittenStar(c, node));
}

function extended(c: Conversion, link: ParseNode, left: Expression, start: number): Expression {
  const { end } = link;
  if (isBroken(link)) return invalid(start, end);
  switch (link.type) {
    case "attribute": {
      const behindDot = token(link, ".")?.end ?? end;
      return {
        kind: "Attribute",
        value: left,
        attribute: identifier(c, field(link, "attribute"), behindDot),
        start,
        end,
      };
    }
    case "call":
      return call(c, link, left, start);
    case "subscript":
      return subscript(c, link, left, start);
    default: {
      const sign = field(link, "operator");
      const operator = (sign ? textOf(c, sign) : "+") as BinaryOperator;
      const right = expressionAt(c, field(link, "right"), sign?.end ?? end);
      return { kind: "BinaryOperation", operator, left, right, start, end };
    }
  }
}

function call(c: Conversion, node: ParseNode, callee: Expression, start: number): Call {
  const given = field(node, "arguments");
  const { args, keywords } = given ? argumentsOf(c, given) : { args: [], keywords: [] };
  return { kind: "Call", callee, args, keywords, start, end: node.end };
}

/** The arguments of a call or of a class line. */
export function argumentsOf(c: Conversion, node: ParseNode): Pick<Call, "args" | "keywords"> {
  if (node.type === "generator_expression") return { args: [expression(c, node)], keywords: [] };
  const args: Expression[] = [];
  const keywords: Keyword[] = [];
  for (const child of members(node)) {
    if (child.type === "keyword_argument") keywords.push(keyword(c, child));
    else if (child.type === "dictionary_splat") {
      const value = expressionAt(c, parts(child)[0], child.end);
      keywords.push({ name: undefined, value, start: child.start, end: child.end });
    } else args.push(expression(c, child));
  }
  return { args, keywords };
}

function keyword(c: Conversion, node: ParseNode): Keyword {
  const { start, end } = node;
  const name = identifier(c, field(node, "name"), start);
  return { name, value: expressionAt(c, field(node, "value"), end), start, end };
}

function subscript(c: Conversion, node: ParseNode, value: Expression, start: number): Subscript {
  const given = fields(node, "subscript");
  const from = token(node, "[")?.end ?? node.end;
  return { kind: "Subscript", value, index: indices(c, node, given, from), start, end: node.end };
}

/** One index is itself; several, or one with a comma behind it, are a tuple that ends at the last comma or index. */
export function indices(c: Conversion, node: ParseNode, given: readonly ParseNode[], offset: number): Expression {
  const comma = lastToken(node, ",");
  const first = given[0];
  if (!first || !comma) return expressionAt(c, first, offset);
  const elements = given.map((child) => expression(c, child));
  const end = Math.max(comma.end, given.at(-1)!.end);
  return { kind: "Tuple", elements, start: first.start, end };
}
