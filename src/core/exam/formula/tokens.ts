/**
 * Formula text to tokens. LaTeX commands, Greek letters and plain words all become runs of glued letters, so that
 * `\theta`, `θ` and `theta` are one thing to everything behind this file.
 */
import type { Span } from "../../text/source";
import {
  accents,
  commandMarks,
  fonts,
  fractions,
  looks,
  lowered,
  marks,
  otherNames,
  raised,
  words,
} from "./characters";

export interface Token {
  /** `letter`: one letter; `number`: a whole number's text; `mark`: one character of anything else. */
  readonly kind: "letter" | "number" | "mark";
  readonly text: string;
  /** Whether it continues the word of the token before. */
  readonly glued: boolean;
  readonly span: Span;
}

export interface Unreadable {
  readonly problem: string;
  /** The offending stretch of the input. */
  readonly span: Span;
}

export type Tokens = { readonly tokens: readonly Token[] } | Unreadable;

/** What one match stands for: a word becomes one token for each letter. */
interface Piece {
  readonly kind: "word" | "number" | "mark";
  readonly text: string;
}

type Rule = readonly [pattern: RegExp, pieces: (match: RegExpExecArray) => readonly Piece[] | undefined];

const word = (text: string): Piece => ({ kind: "word", text });
const mark = (text: string): Piece => ({ kind: "mark", text });
const anyOf = (table: Readonly<Record<string, unknown>>): string => `[${Object.keys(table).join("")}]`;

/** In this order; a rule that yields nothing defined refuses the character. */
const rules: readonly Rule[] = [
  [/\s+|\$|\\[,;:!%\s]/y, () => []],
  [
    /(?:\d+(?:\.(?!\.)\d*)?|(?<!\.)\.\d+)(?:[eE][-+−]?\d+(?![\d.]))?/y,
    ([text]) => [{ kind: "number", text: text.replace("−", "-") }],
  ],
  [
    new RegExp(`\\\\(?:${fonts.join("|")})(?![A-Za-z])(?:\\s*\\{\\s*([A-Za-z]+)\\s*\\})?`, "y"),
    ([, name]) => (name ? [word(name)] : []),
  ],
  [/\\([A-Za-z]+)/y, ([, name = ""]) => command(name)],
  [/\\([{}|])/y, ([, sign]) => [mark(sign === "{" ? "(" : sign === "}" ? ")" : "|")]],
  [new RegExp(`${anyOf(raised)}+`, "y"), ([text]) => script("^", text, raised)],
  [new RegExp(`${anyOf(lowered)}+`, "y"), ([text]) => script("_", text, lowered)],
  [new RegExp(anyOf(fractions), "y"), ([text]) => small(fractions[text]!)],
  [new RegExp(anyOf(words), "y"), ([text]) => [word(words[text]!)]],
  [/(?:[A-Za-z](?![\u0300-\u036f]))+/y, ([text]) => [word(text)]],
  [/\p{L}[\u0300-\u036f]?/uy, ([text]) => accented(text)],
  [/\*\*/y, () => [mark("^")]],
  [/:=|<-/y, () => [mark("=")]],
  [/<=/y, () => [mark("≤")]],
  [/\.{2,3}/y, () => [mark("…")]],
  [/[-+*/^_(){}[\]|,'=!]/y, ([text]) => [mark(text)]],
  [new RegExp(anyOf(marks), "y"), ([text]) => [mark(marks[text]!)]],
];

const longest = 2000;

export function tokenize(source: string): Tokens {
  if (source.length > longest) {
    return { problem: `A formula may have ${longest} characters.`, span: { start: longest, end: source.length } };
  }
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const found = firstMatch(source, at);
    const end = at + (found?.length ?? (source.codePointAt(at)! > 0xffff ? 2 : 1));
    if (!found?.pieces)
      return { problem: `“${source.slice(at, end)}” has no meaning in a formula here.`, span: { start: at, end } };
    for (const piece of found.pieces) tokens.push(...tokensOf(piece, { start: at, end }, source));
    at = end;
  }
  return { tokens };
}

function firstMatch(source: string, at: number): { pieces: readonly Piece[] | undefined; length: number } | undefined {
  for (const [pattern, pieces] of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match) return { pieces: pieces(match), length: match[0].length };
  }
  return undefined;
}

/** A number right behind a plain letter continues its word: `x1`. */
function tokensOf({ kind, text }: Piece, span: Span, source: string): Token[] {
  if (kind === "word") {
    return Array.from({ length: text.length }, (_letter, place) => ({
      kind: "letter",
      text: text.charAt(place),
      glued: place > 0,
      span,
    }));
  }
  const glued = kind === "number" && /^\d/.test(text) && isPlainLetterBefore(source, span.start);
  return [{ kind, text, glued, span }];
}

/** Not the last letter of a command: `\theta 2` and `\theta2` are products. */
function isPlainLetterBefore(source: string, at: number): boolean {
  return /(?:^|[^A-Za-z\\])[A-Za-z]+$/.test(source.slice(0, at));
}

function command(name: string): readonly Piece[] {
  const sign = commandMarks[name];
  if (sign !== undefined) return [mark(sign)];
  return looks.has(name) ? [] : [word(otherNames[name] ?? name)];
}

/** Raised or lowered characters: the sign, and what they say in braces. */
function script(sign: string, text: string, table: Readonly<Record<string, string>>): readonly Piece[] {
  const plain = Array.from(text, (character) => table[character]!).join(""); // prettier-ignore
  return [mark(sign), mark("{"), ...small(plain), mark("}")];
}

/** The pieces of a short text of digits, letters and signs. */
function small(text: string): readonly Piece[] {
  return (text.match(/\d+|[A-Za-z]+|./g) ?? []).map((part) => {
    if (/\d/.test(part)) return { kind: "number", text: part };
    return /[A-Za-z]/.test(part) ? word(part) : mark(part);
  });
}

/** `ŷ` is `\hat{y}`: the accent's name, then the letter. */
function accented(text: string): readonly Piece[] | undefined {
  const [letter = "", sign = ""] = text.normalize("NFD");
  const name = accents[sign];
  return name !== undefined && /^[A-Za-z]$/.test(letter) ? [word(name + letter)] : undefined;
}
