/**
 * Prepares a text for the parser. A line that somebody is still typing (`x = self.`, `nn.Linear(`, `if x`) would take
 * the lines behind it with it, because the parser reads on until the line makes sense; so what such a line lacks is put
 * in where it ends. The tree that comes out refers to the original text throughout: `place` leads back to it.
 */
import type { SyntaxProblem } from "../syntax";
import { bridgeGap } from "./gaps";
import { endLine } from "./lines";
import { beginsStatement } from "./recovery";
import { type Change, emptyLine, endsValue, put, report, type Scan } from "./scan";
import { closerOf, eachToken, type Token } from "./tokens";

export interface MendedText {
  readonly text: string;
  /** What the text lacked; empty when it is only rewritten, or unchanged. */
  readonly problems: readonly SyntaxProblem[];
  /** The original offset of an offset in `text`; what was put in has no width there. */
  readonly place: (offset: number) => number;
  /** The original text with the rewritten forms only: every offset is its own. */
  readonly rewritten: string;
}

/** A long row of continued empty lines takes the parser quadratic time; to it they are spaces. */
const emptyContinuations = /(?:\\(?:\r\n|\r|\n)[ \t\f]*){8,}/g;

export function mend(original: string): MendedText {
  const text = original.replace(emptyContinuations, (row) => " ".repeat(row.length));
  const scan: Scan = {
    text,
    changes: [],
    problems: [],
    brackets: [],
    line: emptyLine(),
    lineStart: 0,
    indent: undefined,
    last: undefined,
    previous: undefined,
  };
  eachToken(text, (token) => {
    if (token.kind === "newline") newline(scan, token);
    else read(scan, token);
  });
  closeDownTo(scan, 0);
  endLine(scan);
  return apply(scan);
}

function newline(scan: Scan, token: Token): void {
  scan.lineStart = token.end;
  scan.indent = undefined;
  if (scan.brackets.length > 0) {
    if (!beginsStatement(scan, token.end)) return;
    closeDownTo(scan, 0);
  }
  endLine(scan);
  scan.line = emptyLine();
  scan.last = undefined;
  scan.previous = undefined;
}

function read(scan: Scan, token: Token): void {
  const { line, brackets } = scan;
  scan.indent ??= token.start - scan.lineStart;
  bridgeGap(scan, token);
  if (token.kind === "open") open(scan, token);
  else if (token.kind === "close") close(scan, token);
  else if (brackets.length === 0 && token.text === ":") line.hasColon = true;
  else if (brackets.length === 0 && (token.text === "in" || token.text === "import")) line.words.add(token.text);
  if (line.head.length < 3) line.head.push(token);
  if (token.unclosed !== undefined && brackets.length > 0) {
    report(scan, token.start, token.end, "This string is never closed.");
    put(scan, token.end, token.unclosed);
  }
  scan.previous = scan.last;
  scan.last = token;
}

const declarations = new Set(["class", "def", "type"]);

function open(scan: Scan, opener: Token): void {
  const { line, brackets, last, indent = 0 } = scan;
  const heads = line.head.filter((token) => token.text !== "async").map((token) => token.text);
  const declaresTypes =
    opener.text === "[" && brackets.length === 0 && heads.length === 2 && declarations.has(heads[0]!);
  if (brackets.length === 0 && opener.text === "(") line.hasParentheses = true;
  brackets.push({ opener, indent, behindValue: endsValue(last), declaresTypes });
}

/** A bracket of the wrong kind closes those inside the one that it belongs to; one that belongs nowhere stays. */
function close(scan: Scan, token: Token): void {
  const { brackets } = scan;
  let depth = brackets.length - 1;
  while (depth >= 0 && closerOf(brackets[depth]!.opener.text) !== token.text) depth--;
  if (depth < 0) return;
  closeDownTo(scan, depth + 1);
  brackets.pop();
}

/** Closes the open brackets behind the last token, all but `depth` of them. */
function closeDownTo(scan: Scan, depth: number): void {
  const { brackets, last } = scan;
  if (brackets.length <= depth || !last) return;
  const at = last.end;
  const open = brackets.at(-1)!;
  const emptySubscript = last === open.opener && open.behindValue && last.text === "[";
  const noValue = last.text === ":" && open.opener.text === "{";
  if (emptySubscript || noValue || (last.kind === "operator" && last.text !== "..."))
    put(scan, at, last.text === "." ? "_" : " _");
  while (brackets.length > depth) {
    const { opener } = brackets.pop()!;
    report(scan, opener.start, opener.end, `\`${opener.text}\` is never closed.`);
    put(scan, at, closerOf(opener.text));
  }
  scan.previous = last;
  scan.last = { kind: "close", text: "", start: at, end: at };
}

function apply({ changes, problems, text }: Scan): MendedText {
  const same = (offset: number): number => offset;
  if (changes.length === 0) return { text, problems, place: same, rewritten: text };
  const ordered = [...changes].sort((a, b) => a.at - b.at);
  const rewrites = ordered.filter((change) => change.length > 0);
  const rewritten = applied(text, rewrites).text;
  if (rewrites.length === ordered.length) return { text: rewritten, problems, place: same, rewritten };
  const { text: mended, insertions } = applied(text, ordered);
  return { text: mended, problems, place: placeAmong(insertions), rewritten };
}

function applied(text: string, changes: readonly Change[]): { text: string; insertions: Insertion[] } {
  let result = "";
  let at = 0;
  const insertions: Insertion[] = [];
  for (const change of changes) {
    result += text.slice(at, change.at);
    if (change.length === 0) insertions.push({ at: result.length, length: change.text.length });
    result += change.text;
    at = change.at + change.length;
  }
  return { text: result + text.slice(at), insertions };
}

interface Insertion {
  /** In the mended text. */
  readonly at: number;
  readonly length: number;
}

function placeAmong(insertions: readonly Insertion[]): (offset: number) => number {
  // `before[i]`: the width of everything put in ahead of insertion i.
  const before: number[] = [0];
  for (const { length } of insertions) before.push(before.at(-1)! + length);
  return (offset) => {
    let low = 0;
    let high = insertions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (insertions[middle]!.at < offset) low = middle + 1;
      else high = middle;
    }
    const inside = insertions[low - 1];
    const surplus = inside ? Math.min(offset - inside.at, inside.length) - inside.length : 0;
    return offset - before[low]! - surplus;
  };
}
