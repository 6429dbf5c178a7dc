/** Where in a bank the cursor stands: in which question, block and field. */
import type { SourceText } from "../../text/source";

export interface BankPlace {
  /** Inside the front matter. */
  readonly front: boolean;
  /** The id of the question above, where there is one. */
  readonly question?: string;
  /** The first and the last line of that question. */
  readonly lines?: { readonly first: number; readonly last: number };
  /** The name of the fenced block around the cursor; empty in a fence without a name. */
  readonly fence?: string;
  /** The `kind` that the answer or figure block around the cursor names. */
  readonly kind?: string;
  /** The line up to the cursor. */
  readonly before: string;
}

export function placeAt(source: SourceText, offset: number): BankPlace {
  const { line, column } = source.positionAt(offset);
  const before = source.lineAt(line).slice(0, column);
  if (isFront(source, line)) return { front: true, before };
  const heading = questionLine(source, line);
  const open = openFence(source, Math.max(0, heading), line);
  const place = { front: false, before, ...questionOf(source, heading) };
  if (!open) return place;
  const kind = open.name === "answer" || open.name === "figure" ? kindIn(source, open.line + 1) : undefined;
  return { ...place, fence: open.name, ...(kind === undefined ? {} : { kind }) };
}

function isFront(source: SourceText, line: number): boolean {
  if (!/^\uFEFF?---\s*$/.test(source.lineAt(0)) || line === 0) return false;
  for (let above = 1; above < line; above++) if (/^---\s*$/.test(source.lineAt(above))) return false;
  return !/^---\s*$/.test(source.lineAt(line));
}

const isHeading = (text: string): boolean => /^##\s+\S/.test(text);

function questionLine(source: SourceText, line: number): number {
  let at = line;
  while (at >= 0 && !isHeading(source.lineAt(at))) at -= 1;
  return at;
}

function questionOf(source: SourceText, heading: number): Pick<BankPlace, "question" | "lines"> {
  if (heading < 0) return {};
  const question = /^##\s+(\S+)/.exec(source.lineAt(heading))![1]!;
  let last = heading;
  while (last + 1 < source.lineCount && !/^##?\s/.test(source.lineAt(last + 1))) last += 1;
  return { question, lines: { first: heading, last } };
}

/** The fence that is open at the beginning of a line. */
function openFence(source: SourceText, from: number, line: number): { name: string; line: number } | undefined {
  let open: { name: string; line: number; marks: string } | undefined;
  for (let at = from; at < line; at++) {
    const match = /^\s{0,3}(`{3,}|~{3,})\s*(\S*)\s*$/.exec(source.lineAt(at));
    if (!match) continue;
    if (!open) open = { name: match[2]!, line: at, marks: match[1]! };
    else if (match[2] === "" && match[1]!.startsWith(open.marks)) open = undefined;
  }
  return open;
}

function kindIn(source: SourceText, from: number): string | undefined {
  for (let at = from; at < source.lineCount && !source.lineAt(at).startsWith("```"); at++) {
    const kind = /^kind:\s*(\w+)/.exec(source.lineAt(at))?.[1];
    if (kind !== undefined) return kind;
  }
  return undefined;
}
