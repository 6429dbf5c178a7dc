/** A place in a row of tokens, with what the parser has to remember there. */
import type { Span } from "../../text/source";
import type { Token } from "./tokens";

/** Thrown while parsing, caught by `parseFormula`: it never leaves the folder. */
export class ParseProblem extends Error {
  constructor(
    message: string,
    readonly span: Span,
  ) {
    super(message);
  }
}

/** Opening marks by what closes them. */
export const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "⌊": "⌋", "⌈": "⌉" };

const deepest = 120;

export class Cursor {
  at = 0;
  /** Whether a bar here closes an absolute value. */
  insideBars = false;
  /** The indices of the sums around this place. */
  readonly bound: string[] = [];
  private depth = 0;

  constructor(
    readonly tokens: readonly Token[],
    private readonly source: string,
  ) {}

  get token(): Token | undefined {
    return this.tokens[this.at];
  }

  /** Whether no blank stands in front of this token. */
  touches(place: number): boolean {
    const [before, token] = [this.tokens[place - 1], this.tokens[place]];
    return before !== undefined && token?.span.start === before.span.end;
  }

  /** The tokens from one place up to another, as they were typed. */
  written(from: number, to: number): string {
    return this.source.slice(this.tokens[from]!.span.start, this.tokens[to - 1]!.span.end);
  }

  /** The mark here if it is one of these, and a step behind it. */
  take(...texts: readonly string[]): string | undefined {
    const token = this.token;
    if (token?.kind !== "mark" || !texts.includes(token.text)) return undefined;
    this.at++;
    return token.text;
  }

  expect(text: string): void {
    if (this.take(text)) return;
    this.fail(this.token ? `“${text}” is missing before “${this.token.text}”.` : `“${text}” is missing at the end.`);
  }

  /** Reads something that may contain itself, to a depth that no formula needs. */
  deeper<Result>(read: () => Result): Result {
    if (++this.depth > deepest) return this.fail("This formula is nested too deeply.");
    const result = read();
    this.depth--;
    return result;
  }

  /** Reads what stands between brackets, where a bar opens anew. */
  inside<Result>(closer: string, read: () => Result): Result {
    const outer = this.insideBars;
    this.insideBars = closer === "|";
    const result = read();
    this.insideBars = outer;
    this.expect(closer);
    return result;
  }

  fail(problem: string): never {
    throw new ParseProblem(problem, (this.token ?? this.tokens.at(-1))?.span ?? { start: 0, end: this.source.length });
  }

  /** Nothing declares the word at this place: it is named as it was typed, from its first letter to its subscript. */
  unknown(place: number): never {
    const start = this.wordStart(place);
    const end = this.behindScript(this.behindWord(place));
    const span = { start: this.tokens[start]!.span.start, end: this.tokens[end - 1]!.span.end };
    const text = this.source.slice(span.start, span.end);
    throw new ParseProblem(`“${text}” is not one of the symbols of this question.`, span);
  }

  /** Of the word around this place; a subscript belongs to the word in front of it. */
  private wordStart(place: number): number {
    let start = place;
    while (start > 0 && this.tokens[start]!.glued) start--;
    const isSubscript = this.tokens[start - 1]?.text === "_" && this.tokens[start - 2]?.kind === "letter";
    return isSubscript ? this.wordStart(start - 2) : start;
  }

  private behindWord(place: number): number {
    let end = place + 1;
    while (this.tokens[end]?.glued === true) end++;
    return end;
  }

  /** Behind a subscript and a prime, where they follow. */
  private behindScript(place: number): number {
    let end = place;
    const subscript = this.tokens[end + 1];
    if (this.tokens[end]?.text === "_" && subscript) {
      const closer = closers[subscript.text];
      const close = closer ? this.tokens.findIndex(({ text }, at) => at > end && text === closer) : -1;
      if (close >= 0) end = close + 1;
      else if (subscript.kind !== "mark") end = this.behindWord(end + 1);
    }
    return this.tokens[end]?.text === "'" ? end + 1 : end;
  }
}
