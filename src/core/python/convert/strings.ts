/** String literals: plain, bytes, formatted, and several of them side by side. */
import { errorType, type ParseNode } from "../parseTree";
import type { Expression, Interpolation, StringPart } from "../syntax";
import { type Conversion, field, invalid, nested, parts, problem, textOf, token } from "./context";
import { type LiteralStyle, literalValue } from "./escapes";
import { expression } from "./expressions";

type Part = StringPart | Interpolation;

/** A `string`, or a `concatenated_string` of several. */
export function string(c: Conversion, node: ParseNode): Expression {
  const literals = node.type === "string" ? [node] : parts(node).filter((child) => child.type === "string");
  const styles = literals.map((literal) => styleOf(c, literal));
  const { start, end } = node;
  if (styles.some((style) => style.bytes) && styles.some((style) => !style.bytes)) {
    problem(c, node, "Bytes and text cannot be joined.");
    return invalid(start, end);
  }
  const pieces = literals.flatMap((literal, index) => literalParts(c, literal, styles[index]!));
  if (styles.some((style) => style.formatted)) {
    return { kind: "FormattedString", parts: joined(pieces), start, end };
  }
  const value = pieces.map((piece) => (piece.kind === "StringPart" ? piece.value : "")).join("");
  return { kind: "Constant", type: styles.some((style) => style.bytes) ? "bytes" : "str", value, start, end };
}

function styleOf(c: Conversion, literal: ParseNode): LiteralStyle {
  const opening = literal.children[0];
  const prefix = opening
    ? textOf(c, opening)
        .replace(/["'].*$/s, "")
        .toLowerCase()
    : "";
  return { raw: prefix.includes("r"), bytes: prefix.includes("b"), formatted: /[ft]/.test(prefix) };
}

/** The parser counts trailing backslashes of a raw string to its closing quotes, so those are measured by the opening. */
function literalParts(c: Conversion, literal: ParseNode, style: LiteralStyle): Part[] {
  const opening = literal.children.find((child) => child.type === "string_start");
  const closing = literal.children.find((child) => child.type === "string_end" && !child.missing);
  const quotes = opening ? textOf(c, opening).replace(/^[a-z]*/i, "").length : 1;
  const start = opening?.end ?? literal.start;
  // Quotes that mending put in have no width.
  const end = closing ? Math.max(closing.start, closing.end - quotes) : literal.end;
  return filled(c, literal.children, start, Math.max(start, end), style);
}

/** The interpolations among `children`, and the text of `start` to `end` that lies between them. */
function filled(
  c: Conversion,
  children: readonly ParseNode[],
  start: number,
  end: number,
  style: LiteralStyle,
): Part[] {
  const result: Part[] = [];
  let at = start;
  const text = (to: number): void => {
    if (to > at)
      result.push({ kind: "StringPart", value: literalValue(c.text.slice(at, to), style), start: at, end: to });
  };
  for (const child of children) {
    if (child.type !== "interpolation" && child.type !== "format_expression") continue;
    text(child.start);
    result.push(...interpolation(c, child, style));
    at = child.end;
  }
  text(end);
  return result;
}

/** `{value!r:format}`; `{value=}` has its own source as text in front. */
function interpolation(c: Conversion, node: ParseNode, style: LiteralStyle): Part[] {
  const opening = node.children[0];
  const closing = node.children.at(-1);
  const value = interpolated(c, node);
  const equals = token(node, "=");
  const conversion = conversionOf(c, field(node, "type_conversion"));
  const specifier = field(node, "format_specifier");
  const formatEnd = closing?.type === "}" ? closing.start : node.end;
  const format = specifier
    ? nested(
        c,
        specifier,
        1,
        () => joined(filled(c, specifier.children, specifier.start + 1, formatEnd, style)),
        () => [],
      )
    : [];
  const { start, end } = node;
  if (!equals) return [{ kind: "Interpolation", value, conversion, format, start, end }];
  const from = opening?.end ?? start;
  const to = equals.end + /^\s*/.exec(c.text.slice(equals.end, end))![0].length;
  return [
    { kind: "StringPart", value: c.text.slice(from, to), start: from, end: to },
    {
      kind: "Interpolation",
      value,
      conversion: conversion ?? (specifier ? undefined : "r"),
      format,
      start: to,
      end,
    },
  ];
}

function interpolated(c: Conversion, node: ParseNode): Expression {
  const inside = field(node, "expression") ?? parts(node)[0];
  if (inside) return expression(c, inside);
  const start = node.children[0]?.end ?? node.start;
  if (!node.children.some((child) => child.type === errorType)) problem(c, node, "An expression is missing here.");
  return invalid(start);
}

function conversionOf(c: Conversion, node: ParseNode | undefined): Interpolation["conversion"] {
  const letter = node && textOf(c, node).slice(1);
  return letter === "s" || letter === "r" || letter === "a" ? letter : undefined;
}

/** Text parts side by side become one, as in CPython. */
function joined(pieces: readonly Part[]): Part[] {
  const result: Part[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (piece.kind === "StringPart" && last?.kind === "StringPart") {
      result[result.length - 1] = { ...last, value: last.value + piece.value, end: piece.end };
    } else result.push(piece);
  }
  return result;
}
