/** What is known while a text is scanned: the open brackets, the logical line, and the changes decided so far. */
import type { SyntaxProblem } from "../syntax";
import type { Token } from "./tokens";

/** Puts `text` in the place of `length` units at `at`. */
export interface Change {
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

export interface Bracket {
  readonly opener: Token;
  /** The indentation of the line on which it was opened. */
  readonly indent: number;
  /** Behind a value: a call's or a subscript's bracket. */
  readonly behindValue: boolean;
  /** The brackets of `def f[T]`, `class C[T]`, `type X[T]`. */
  readonly declaresTypes: boolean;
}

/** A logical line: several lines of text while brackets are open. */
export interface Line {
  /** Its first tokens, as far as the rules ask for them. */
  readonly head: Token[];
  /** The words outside brackets that some rule asks for. */
  readonly words: Set<string>;
  hasColon: boolean;
  hasParentheses: boolean;
}

export interface Scan {
  readonly text: string;
  readonly changes: Change[];
  readonly problems: SyntaxProblem[];
  readonly brackets: Bracket[];
  line: Line;
  /** Where the current line of text begins, and where the text on it does. */
  lineStart: number;
  indent: number | undefined;
  last: Token | undefined;
  /** The token in front of `last`. */
  previous: Token | undefined;
}

export function emptyLine(): Line {
  return { head: [], words: new Set(), hasColon: false, hasParentheses: false };
}

export function put(scan: Scan, at: number, text: string): void {
  scan.changes.push({ at, length: 0, text });
}

export function report(scan: Scan, start: number, end: number, message: string): void {
  scan.problems.push({ start, end, message });
}

const notValues = new Set(
  "and as assert async await case class def del elif else except for from global if import in is lambda match nonlocal not or raise return while with yield".split(
    " ",
  ),
);

export function isKeyword(word: string): boolean {
  return notValues.has(word);
}

/** Whether a value ends with this token, so that no other can follow without an operator. */
export function endsValue(token: Token | undefined): boolean {
  if (!token) return false;
  if (token.kind === "name") return !isKeyword(token.text) || token.text === "match" || token.text === "case";
  return token.kind === "number" || token.kind === "string" || token.kind === "close" || token.text === "...";
}
