/** Lines of a foreign text as a bank may hold them: what would begin something in a bank is made harmless, never left out. */
import { fenceNames } from "../reader/blocks";
import { fencedLines } from "./lineKinds";

/** Lines as prose of a bank. The mark in front of a heading gets longer, or a backslash takes a mark's meaning away. */
export function asProse(lines: readonly string[]): string[] {
  const literal = fencedLines(lines);
  return trimBlank(lines.map((line, place) => (literal[place] ? asLiteral(line) : asPlain(line))));
}

/** In a fence only its name could mean something. */
function asLiteral(line: string): string {
  const match = /^(\s*(?:`{3,}|~{3,}))\s*(\S+)\s*$/.exec(line);
  return match && (fenceNames as readonly string[]).includes(match[2]!) ? `${match[1]!}text ${match[2]!}` : line;
}

function asPlain(line: string): string {
  const escaped = line
    .replace(/^(\s{0,3})(#{1,3})(?=\s|$)/, "$1####")
    .replace(/^(\s*)(`{3,}|~{3,})/, "$1\\$2")
    .replace(/^(\s*)<(?=!|\?|pre|script|style|textarea)/i, "$1\\<")
    .replace(/^(\s*[-*+]\s+)\[(?=[ xX]\])/, "$1\\[");
  return escaped.replaceAll("@{", "@\\{");
}

/** A line as a heading's text: no marks in front, no braces that would be read as attributes. */
export function asTitle(line: string): string {
  const text = line.trim().replace(/^#{1,6}\s+/, "").replace(/^\s*[-*+•]\s+/, "").trim(); // prettier-ignore
  return text.replace(/\*\*|__/g, "").trim().replaceAll("@{", "@\\{"); // prettier-ignore
}

export function trimBlank(lines: readonly string[]): string[] {
  const filled = (line: string): boolean => line.trim() !== "";
  const first = lines.findIndex(filled);
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex(filled) + 1);
}

/** Characters that only break a text are shown by their symbols: `␇`. */
export function visible(text: string): string {
  let shown = "";
  for (const character of text) {
    const code = character.charCodeAt(0);
    shown += code < 32 && character !== "\t" ? String.fromCharCode(0x2400 + code) : character;
  }
  return shown;
}
