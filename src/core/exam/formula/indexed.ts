/** A sum, a maximum or a minimum over an index: `\sum_{c=0}^{2} …`, `\max_{1 \le i \le n} …`, `\underset{i}{\max} …`. */
import { closers, type Cursor } from "./cursor";
import { childrenOf, type Expression } from "./expression";
import { matchAt, type Vocabulary } from "./vocabulary";
import type { Grammar } from "./grammar";
import type { Token } from "./tokens";

/** Where an index begins or ends: a value, or the edge of the vector inside. */
type Edge = Expression | "edge" | undefined;

interface Range {
  readonly variable: string;
  readonly first: Edge;
  readonly last: Edge;
}

/**
 * Reads behind the `_`. Without a range the index runs over the family inside, and so it does up to an `n` that the
 * question does not have. A sum reaches to the next plus or minus. How far a maximum reaches is not agreed on: it takes
 * a single factor, often in bars or brackets.
 */
export function readIndexed(
  cursor: Cursor,
  vocabulary: Vocabulary,
  grammar: Grammar,
  kind: "sum" | "max" | "min",
  start: number,
): Expression {
  const range = new RangeReader(cursor, vocabulary, grammar).range();
  if (cursor.bound.length >= 2) return cursor.fail("Sums within sums go two deep here.");
  cursor.bound.push(range.variable);
  const body = (kind === "sum" ? grammar.term : grammar.power)(cursor, vocabulary);
  cursor.bound.pop();
  const goesOn = cursor.token?.text === "*" || cursor.token?.text === "/" || grammar.startsFactor(cursor);
  if (kind !== "sum" && goesOn) return cursor.fail(`Put what “${kind}” is taken of in brackets.`);
  const { first, last } = within(range, familyRange(body, range.variable));
  if (first && last) {
    const indexed = { variable: range.variable, first, last, body };
    return kind === "sum" ? { kind, ...indexed } : { kind: "extreme", name: kind, ...indexed };
  }
  cursor.at = start;
  return cursor.fail(`From where to where does this index go? \\${kind}_{c=0}^{2} …`);
}

/** Both ends as values, where they are known. Up to an unknown `n` means all, whether one counts from 0 or from 1. */
function within(
  { first, last }: Range,
  family: { readonly first: number; readonly last: number } | undefined,
): { readonly first: Expression | undefined; readonly last: Expression | undefined } {
  const ends = { first: family && numeral(family.first), last: family && numeral(family.last) };
  const isUsualStart = typeof first === "object" && first.kind === "number" && first.value <= 1;
  if (last === "edge" && isUsualStart) return ends;
  return {
    first: first === undefined || first === "edge" ? ends.first : first,
    last: last === undefined || last === "edge" ? ends.last : last,
  };
}

class RangeReader {
  constructor(
    private readonly cursor: Cursor,
    private readonly vocabulary: Vocabulary,
    private readonly grammar: Grammar,
  ) {}

  range(): Range {
    const { cursor } = this;
    const opener = cursor.take("{", "(");
    const isBetween = opener !== undefined && this.isBetween();
    const range = isBetween ? this.between() : this.counted(opener !== undefined);
    if (opener) cursor.expect(closers[opener]!);
    const end = cursor.take("^") ? this.end() : undefined;
    return { ...range, last: end ?? range.last };
  }

  /** `c`, `c=0`, `c=1,…,n`, `c=1..n`. */
  private counted(isGrouped: boolean): Range {
    const { cursor, grammar, vocabulary } = this;
    const variable = this.variable();
    if (!cursor.take("=")) return { variable, first: undefined, last: undefined };
    const first = grammar.expression(cursor, vocabulary);
    if (!isGrouped || !this.takeDots()) return { variable, first, last: undefined };
    return { variable, first, last: this.edge() };
  }

  /** `1 \le i \le n`, `0 <= i < n`. */
  private between(): Range {
    const { cursor, grammar, vocabulary } = this;
    const low = grammar.expression(cursor, vocabulary);
    const first = this.isStrict() ? sum(low, 1) : low;
    const variable = this.variable();
    const isStrict = this.isStrict();
    const high = this.edge();
    return { variable, first, last: isStrict && typeof high === "object" ? sum(high, -1) : high };
  }

  /** Whether a sign of order comes before the group is closed. */
  private isBetween(): boolean {
    const { tokens, at } = this.cursor;
    const end = tokens.findIndex(({ text }, place) => place >= at && (text === "}" || text === ")"));
    return tokens.slice(at, end).some(({ text }) => text === "≤" || text === "<");
  }

  private isStrict(): boolean {
    const sign = this.cursor.take("≤", "<");
    return sign === undefined ? this.cursor.fail("The index stands between two values: 1 ≤ i ≤ 3.") : sign === "<";
  }

  private variable(): string {
    const { cursor } = this;
    const variable = cursor.token;
    if (variable?.kind !== "letter") return cursor.fail("The index is a letter.");
    cursor.at++;
    return variable.text;
  }

  /** Steps over `,…,` or `..`. */
  private takeDots(): boolean {
    const { cursor } = this;
    const from = cursor.at;
    cursor.take(",");
    if (!cursor.take("…")) {
      cursor.at = from;
      return false;
    }
    cursor.take(",");
    return true;
  }

  /** What stands behind `^`: a group or a single factor. */
  private end(): Edge {
    const { cursor, grammar, vocabulary } = this;
    if (this.isUnknown(cursor.at)) {
      cursor.at++;
      return "edge";
    }
    if (cursor.token?.text === "{" && this.isUnknown(cursor.at + 1) && cursor.tokens[cursor.at + 2]?.text === "}") {
      cursor.at += 3;
      return "edge";
    }
    if (cursor.token?.kind === "number" && /^\d\d/.test(cursor.token.text))
      return cursor.fail("Put braces around this.");
    return cursor.deeper(() => grammar.primary(cursor, vocabulary));
  }

  /** A value, or a letter that stands for the size of the vector. */
  private edge(): Edge {
    const { cursor, grammar, vocabulary } = this;
    if (!this.isUnknown(cursor.at)) return grammar.expression(cursor, vocabulary);
    cursor.at++;
    return "edge";
  }

  /** Whether a single letter stands there that the question does not declare. */
  private isUnknown(place: number): boolean {
    const { tokens, bound } = this.cursor;
    const token: Token | undefined = tokens[place];
    if (token?.kind !== "letter" || token.glued || tokens[place + 1]?.glued) return false;
    return tokens[place + 1]?.text !== "_" && !bound.includes(token.text) && !matchAt(this.vocabulary, tokens, place);
  }
}

const numeral = (value: number): Expression => ({ kind: "number", value, text: String(value) });

const sum = (left: Expression, by: number): Expression =>
  left.kind === "number"
    ? numeral(left.value + by)
    : { kind: "binary", operator: by < 0 ? "-" : "+", left, right: numeral(Math.abs(by)) };

/** The index range of the first family that a body indexes with its variable. */
function familyRange(
  body: Expression,
  variable: string,
): { readonly first: number; readonly last: number } | undefined {
  if (body.kind === "member" && body.at.kind === "symbol" && body.at.name === variable) return body;
  for (const child of childrenOf(body)) {
    const range = familyRange(child, variable);
    if (range) return range;
  }
  return undefined;
}
