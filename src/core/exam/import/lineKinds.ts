/** Lines of an exam that only look like questions, and those that begin something else. */
import type { LineHead } from "./lineHead";
import { labelsAt } from "./labelText";
import { pointsAtEnd } from "./pointsText";

/** For each line, whether it stands inside a fence or a block of mathematics, where labels mean nothing. */
export function literalLines(lines: readonly string[]): readonly boolean[] {
  return blockLines(lines, (first) => fenceEnd(lines, first) ?? mathEnd(lines, first));
}

/** For each line, whether it stands inside a fence. */
export function fencedLines(lines: readonly string[]): readonly boolean[] {
  return blockLines(lines, (first) => fenceEnd(lines, first));
}

function blockLines(lines: readonly string[], endOf: (first: number) => number | undefined): readonly boolean[] {
  const literal = lines.map(() => false);
  for (let line = 0; line < lines.length; line++) {
    const end = endOf(line);
    if (end === undefined) continue;
    literal.fill(true, line, end + 1);
    line = end;
  }
  return literal;
}

/** The last line of the fence that begins here; none where it is never closed. */
function fenceEnd(lines: readonly string[], first: number): number | undefined {
  const line = lines[first]!.trim();
  const fence = /^(`{3,}|~{3,})[^`]*$/.exec(line)?.[1];
  if (fence === undefined) return undefined;
  const end = lines.findIndex(
    (other, place) => place > first && other.trim().startsWith(fence) && /^[`~]+$/.test(other.trim()),
  );
  return end < 0 ? undefined : end;
}

function mathEnd(lines: readonly string[], first: number): number | undefined {
  const line = lines[first]!.trim();
  if (!line.startsWith("$$") || line.slice(2).includes("$$")) return undefined;
  const end = lines.findIndex((other, place) => place > first && other.includes("$$"));
  return end < 0 ? undefined : end;
}

/** A row of a table, such as a marking scheme: several cells that each have a label or points. */
export function isRow(line: string): boolean {
  const cells = line
    .split(/\t+|\s{3,}|\|/)
    .map((cell) => cell.replace(/[*_$]|<\/?\w+>/g, "").trim())
    .filter((cell) => cell !== "");
  if (cells.length < 2) return false;
  return (
    cells.filter((cell) => pointsAtEnd(cell) !== undefined || (cell.length < 12 && labelsAt(cell).length > 0)).length >=
    2
  );
}

const appendixWords =
  /^(?:(?:exam|useful|important|appendix|list of|some|the|answer|sample|model|formula)\s+)*(?:cheat[\s-]?sheets?|formula(?:e|s|ry)?(?: sheet)?|formelsammlung|formulaire|appendix|annexe|anhang|(?:grading|marking) (?:scheme|guide)|answers?(?: key)?|solutions?|lösungen|corrigé|useful (?:equations|formulas))\b/iu;

/** A heading or a short line of its own that begins a cheat sheet, a marking scheme or the answers. */
export function isAppendix({ labels, body, heading, points }: LineHead): boolean {
  if (labels.length > 0 || points !== undefined) return false;
  const text = body.replace(/[*_#]/g, "").trim();
  const short = heading ? text.length < 80 : /^[\p{L}\s-]{5,30}$/u.test(text) && text.split(/\s+/).length <= 3;
  return short && appendixWords.test(text) && (heading || !/^(?:answers?|solutions?)$/i.test(text));
}
