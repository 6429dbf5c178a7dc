/** The grammar's own nodes for types, which Python reads as ordinary expressions; and type parameters (PEP 695, 696). */
import type { ParseNode } from "../parseTree";
import type { Attribute, BinaryOperation, Expression, Identifier, Slice, TypeParameter } from "../syntax";
import { indices } from "./chains";
import { type Conversion, identifier, parts, problem, textOf, token } from "./context";
import { expressionAt, optional, unwrapped } from "./expressions";

/** `List[int]`. */
export function genericType(c: Conversion, node: ParseNode): Expression {
  const { start, end } = node;
  const [name, list] = parts(node);
  const value = expressionAt(c, name, start);
  if (list?.type !== "type_parameter") return value;
  const index = indices(c, list, parts(list), list.start + 1);
  return { kind: "Subscript", value, index, start, end };
}

export function unionType(c: Conversion, node: ParseNode): BinaryOperation {
  const { start, end } = node;
  const [left, right] = parts(node);
  return {
    kind: "BinaryOperation",
    operator: "|",
    left: expressionAt(c, left, start),
    right: expressionAt(c, right, end),
    start,
    end,
  };
}

export function memberType(c: Conversion, node: ParseNode): Attribute {
  const { start, end } = node;
  const [value, name] = parts(node);
  return { kind: "Attribute", value: expressionAt(c, value, start), attribute: identifier(c, name, end), start, end };
}

/** `a: b` between brackets of an annotation is a slice. */
export function constrainedType(c: Conversion, node: ParseNode): Slice {
  const { start, end } = node;
  const [lower, rest] = parts(node);
  const inner = rest && unwrapped(rest);
  const [upper, step] = inner?.type === "constrained_type" ? parts(inner) : [rest, undefined];
  return {
    kind: "Slice",
    lower: optional(c, lower),
    upper: optional(c, upper),
    step: optional(c, step),
    start,
    end,
  };
}

/** `[T: bound = default, *Ts, **P]`. */
export function typeParameters(c: Conversion, node: ParseNode | undefined): TypeParameter[] {
  return node ? parts(node).map((child) => typeParameter(c, child)) : [];
}

/**
 * The grammar knows no defaults; the parser writes each `=` as `:` before it reads (see `mend.ts`), so the text says
 * which of the two a separator is.
 */
function typeParameter(c: Conversion, node: ParseNode): TypeParameter {
  const { start, end } = node;
  let kind: TypeParameter["kind"] = "type";
  let name: Identifier | undefined;
  let bound: Expression | undefined;
  let otherwise: Expression | undefined;
  let rest: ParseNode | undefined = node;
  let separator = "";
  while (rest) {
    const inner: ParseNode | undefined = unwrapped(rest);
    const colon: ParseNode | undefined = inner?.type === "constrained_type" ? token(inner, ":") : undefined;
    const head: ParseNode | undefined = colon && inner ? parts(inner)[0] : rest;
    if (separator === "=") otherwise ??= optional(c, head);
    else if (separator === ":") bound ??= optional(c, head);
    else ({ name, kind } = declared(c, head));
    separator = colon ? textOf(c, colon) : "";
    rest = colon && inner ? parts(inner)[1] : undefined;
  }
  return { name: name ?? { name: "", start, end: start }, kind, bound, default: otherwise, start, end };
}

function declared(c: Conversion, node: ParseNode | undefined): { name?: Identifier; kind: TypeParameter["kind"] } {
  const inner = node && unwrapped(node);
  if (inner?.type === "splat_type") {
    const kind = token(inner, "**") ? "parameters" : "tuple";
    return { name: identifier(c, parts(inner)[0], inner.end), kind };
  }
  if (inner?.type === "identifier") return { name: identifier(c, inner, inner.start), kind: "type" };
  if (node) problem(c, node, "A type parameter must be a name.");
  return { kind: "type" };
}

/** `type Name[T] = value`: the left side is a type of its own in the grammar. */
export function aliasHead(c: Conversion, node: ParseNode | undefined, offset: number): [Identifier, TypeParameter[]] {
  const inner = node && unwrapped(node);
  if (inner?.type === "generic_type") {
    const [name, list] = parts(inner);
    return [identifier(c, name, offset), typeParameters(c, list)];
  }
  if (inner && inner.type !== "identifier") problem(c, inner, "A type alias must be a name.");
  return [identifier(c, inner?.type === "identifier" ? inner : undefined, offset), []];
}
