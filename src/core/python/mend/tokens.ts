/** A light split of Python into tokens, just enough to follow brackets, strings and the ends of lines. */
import { stringEnd } from "./strings";

export type TokenKind = "newline" | "name" | "number" | "string" | "open" | "close" | "operator" | "punctuation";

export interface Token {
  readonly kind: TokenKind;
  /** Of a string only its prefix and opening quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The quotes that a string lacks at its end. */
  readonly unclosed?: string;
}

const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

export function closerOf(opener: string): string {
  return closers[opener] ?? "";
}

/** What a token that begins with a character is; spaces, comments and backslashes have classes of their own. */
type CharacterClass = TokenKind | "space" | "comment" | "backslash" | "dot" | "other";

const members: readonly (readonly [CharacterClass, string])[] = [
  ["space", " \t\f"],
  ["newline", "\r\n"],
  ["name", "ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"],
  ["number", "0123456789"],
  ["string", "\"'"],
  ["open", "([{"],
  ["close", ")]}"],
  ["operator", "-+*/%@&|^<>=!~"],
  ["punctuation", ",:;"],
  ["dot", "."],
  ["comment", "#"],
  ["backslash", "\\"],
];
const classes = Array.from({ length: 128 }, (_, code): CharacterClass => {
  return members.find(([, characters]) => characters.includes(String.fromCharCode(code)))?.[0] ?? "other";
});

function classAt(text: string, at: number): CharacterClass | undefined {
  const code = text.charCodeAt(at);
  // A byte order mark may stand in front; any other character beyond ASCII can be part of a name.
  return code < 128 ? classes[code] : code === 0xfeff ? "space" : code > 127 ? "name" : undefined;
}

const stringPrefix = /^(?:[bfru]|t|br|rb|fr|rf|tr|rt)$/i;

/** Calls `visit` for every token; spaces, comments and continued lines are skipped. */
export function eachToken(text: string, visit: (token: Token) => void): void {
  const token = (kind: TokenKind, start: number, end: number): number => {
    visit({ kind, text: text.slice(start, end), start, end });
    return end;
  };
  const string = (start: number, quote: number): number => {
    const opening = text.startsWith(text[quote]!.repeat(3), quote) ? quote + 3 : quote + 1;
    const { end, unclosed } = stringEnd(text, opening, text.slice(start, opening));
    visit({ kind: "string", text: text.slice(start, opening), start, end, ...(unclosed && { unclosed }) });
    return end;
  };
  for (let at = 0; at < text.length;) {
    const kind = classAt(text, at);
    switch (kind) {
      case "name": {
        const end = wordEnd(text, at);
        const quoted = end - at <= 2 && classAt(text, end) === "string" && stringPrefix.test(text.slice(at, end));
        at = quoted ? string(at, end) : token("name", at, end);
        break;
      }
      case "string":
        at = string(at, at);
        break;
      case "number":
        at = token("number", at, numberEnd(text, at));
        break;
      case "dot":
        if (classAt(text, at + 1) === "number") at = token("number", at, numberEnd(text, at));
        else at = token("operator", at, at + (text.startsWith("...", at) ? 3 : 1));
        break;
      case "operator":
        at = token("operator", at, runEnd(text, at, "operator"));
        break;
      case "comment":
        while (at < text.length && classAt(text, at) !== "newline") at++;
        break;
      case "newline":
        at = token("newline", at, lineBreakEnd(text, at));
        break;
      case "backslash":
        at = classAt(text, at + 1) === "newline" ? lineBreakEnd(text, at + 1) : at + 1;
        break;
      case "open":
      case "close":
      case "punctuation":
        at = token(kind, at, at + 1);
        break;
      default:
        at++;
    }
  }
}

function runEnd(text: string, at: number, kind: CharacterClass): number {
  let end = at + 1;
  while (classAt(text, end) === kind) end++;
  return end;
}

function wordEnd(text: string, at: number): number {
  let end = at + 1;
  for (let kind = classAt(text, end); kind === "name" || kind === "number"; kind = classAt(text, end)) end++;
  return end;
}

function numberEnd(text: string, at: number): number {
  let end = at + 1;
  for (
    let kind = classAt(text, end);
    kind === "name" || kind === "number" || kind === "dot";
    kind = classAt(text, end)
  ) {
    end++;
  }
  return end;
}

function lineBreakEnd(text: string, at: number): number {
  return at + (text[at] === "\r" && text[at + 1] === "\n" ? 2 : 1);
}
