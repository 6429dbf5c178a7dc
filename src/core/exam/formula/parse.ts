/** Formula text, LaTeX or plain, to its tree. Only declared symbols are known; what cannot be read says why and where. */
import { closers, Cursor, ParseProblem } from "./cursor";
import { sidesOf } from "./equation";
import type { Expression } from "./expression";
import type { Grammar } from "./grammar";
import { readName } from "./names";
import type { SymbolDeclaration } from "./symbols";
import { tokenize, type Token, type Unreadable } from "./tokens";
import { vocabularyOf, type Vocabulary } from "./vocabulary";

/** `name`: what the formula was called, in LaTeX: `L` of `L = …`. */
export type ParsedFormula = { readonly expression: Expression; readonly name?: string } | Unreadable;

/** Reads a formula; of `L = …` the right-hand side, of `theta -= …` the value after it. */
export function parseFormula(source: string, symbols: readonly SymbolDeclaration[]): ParsedFormula {
  const read = tokenize(source.replace(remark, ""));
  if (!("tokens" in read)) return read;
  try {
    const vocabulary = vocabularyOf(symbols);
    const sides = sidesOf(withoutUnderset(read.tokens), vocabulary, source);
    if ("problem" in sides) return sides;
    const { right, name, update } = sides;
    const result = wholeFormula(new Cursor(right, source), vocabulary);
    if (!update) return { expression: result, ...(name === undefined ? {} : { name }) };
    const left = wholeFormula(new Cursor(update.left, source), vocabulary);
    return { expression: { kind: "binary", operator: update.operator, left, right: result } };
  } catch (error) {
    if (error instanceof ParseProblem) return { problem: error.message, span: error.span };
    throw error;
  }
}

/** `…, ε ~ N(0, 1)` behind a formula says what a symbol is. */
const remark = /\s*[,;]\s*(?:(?:with|where)\s+)?[^,;=+*/^()]{1,20}?\s*(?:~|∼|\\sim\b)[^=]*$/;

/** `\underset{i}{\max}` as `\max_{i}`. */
function withoutUnderset(tokens: readonly Token[]): readonly Token[] {
  const word = "underset";
  const start = tokens.findIndex((_token, place) =>
    Array.from(word).every((letter, at) => tokens[place + at]?.text === letter),
  );
  const opens = start + word.length;
  const closes = tokens.findIndex(({ text }, place) => place > opens && text === "}");
  const ends = tokens.findIndex(({ text }, place) => place > closes + 1 && text === "}");
  if (start < 0 || tokens[opens]?.text !== "{" || tokens[closes + 1]?.text !== "{" || ends < 0) return tokens;
  const script: Token = { kind: "mark", text: "_", glued: false, span: tokens[opens].span };
  const below = [script, ...tokens.slice(opens, closes + 1)];
  return [
    ...tokens.slice(0, start),
    ...tokens.slice(closes + 2, ends),
    ...below,
    ...withoutUnderset(tokens.slice(ends + 1)),
  ];
}

function wholeFormula(cursor: Cursor, vocabulary: Vocabulary): Expression {
  if (cursor.tokens.length === 0) return cursor.fail("There is no formula here.");
  const result = expression(cursor, vocabulary);
  const rest = cursor.token;
  if (!rest) return result;
  return cursor.fail(rest.text === "," ? "A decimal point is written “.”: 0.5." : `“${rest.text}” does not fit here.`);
}

function expression(cursor: Cursor, vocabulary: Vocabulary): Expression {
  return cursor.deeper(() => {
    let left = term(cursor, vocabulary);
    for (let sign = cursor.take("+", "-"); sign; sign = cursor.take("+", "-")) {
      left = { kind: "binary", operator: sign as "+" | "-", left, right: term(cursor, vocabulary) };
    }
    return left;
  });
}

function term(cursor: Cursor, vocabulary: Vocabulary): Expression {
  let left = signed(cursor, vocabulary);
  for (;;) {
    const sign = cursor.take("*", "/");
    if (!sign && !startsFactor(cursor)) return left;
    if (!sign && cursor.token?.kind === "number" && cursor.tokens[cursor.at - 1]?.kind === "number") {
      return cursor.fail("Two numbers stand side by side: what joins them?");
    }
    const right = sign ? signed(cursor, vocabulary) : power(cursor, vocabulary);
    left = { kind: "binary", operator: (sign ?? "*") as "*" | "/", left, right };
  }
}

function signed(cursor: Cursor, vocabulary: Vocabulary): Expression {
  const sign = cursor.take("-", "+");
  if (!sign) return power(cursor, vocabulary);
  const operand = cursor.deeper(() => signed(cursor, vocabulary));
  return sign === "-" ? { kind: "negate", operand } : operand;
}

function power(cursor: Cursor, vocabulary: Vocabulary): Expression {
  const base = primary(cursor, vocabulary);
  if (!cursor.take("^")) return base;
  return { kind: "binary", operator: "^", left: base, right: exponent(cursor, vocabulary) };
}

function exponent(cursor: Cursor, vocabulary: Vocabulary): Expression {
  return cursor.deeper(() => {
    const sign = cursor.take("-", "+");
    const value = sign ? exponent(cursor, vocabulary) : power(cursor, vocabulary);
    return sign === "-" ? { kind: "negate", operand: value } : value;
  });
}

/** Whether a factor begins here without a sign in front of it. */
function startsFactor(cursor: Cursor): boolean {
  const { token } = cursor;
  if (!token) return false;
  return token.kind !== "mark" || token.text in closers || (token.text === "|" && !cursor.insideBars);
}

function primary(cursor: Cursor, vocabulary: Vocabulary): Expression {
  const { token } = cursor;
  if (!token) return cursor.fail("The formula ends too early.");
  if (token.kind === "letter") return readName(cursor, vocabulary, grammar);
  const opensBars = token.text === "|" && !cursor.insideBars;
  if (token.kind === "mark" && !(token.text in closers) && !opensBars)
    return cursor.fail(`“${token.text}” does not fit here.`);
  cursor.at++;
  if (token.kind === "number") return { kind: "number", value: Number(token.text), text: token.text };
  const inner = cursor.inside(opensBars ? "|" : closers[token.text]!, () => expression(cursor, vocabulary));
  const name = bracketFunctions[token.text] ?? (takesPositivePart(cursor) ? "relu" : undefined);
  return name === undefined ? inner : { kind: "call", name, operands: [inner] };
}

/** `[x]_+`: what is positive of it. */
function takesPositivePart(cursor: Cursor): boolean {
  const texts = cursor.tokens.slice(cursor.at, cursor.at + 4).map(({ text }) => text);
  const length = texts.join("") === "_{+}" ? 4 : texts[0] === "_" && texts[1] === "+" ? 2 : 0;
  cursor.at += length;
  return length > 0;
}

const bracketFunctions: Readonly<Record<string, string>> = { "⌊": "floor", "⌈": "ceil", "|": "abs" };

const grammar: Grammar = { expression, term, power, primary, startsFactor };
