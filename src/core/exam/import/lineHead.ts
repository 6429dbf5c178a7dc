/** What a line of an exam begins and ends with: decoration, label and points, and the text between. */
import { labelsAt, type Label } from "./labelText";
import { pointsAtEnd, pointsAtStart } from "./pointsText";

export interface LineHead {
  /** Readings of the label, the likeliest first; none for an ordinary line. */
  readonly labels: readonly Label[];
  readonly points?: number;
  /** Without decoration, label and points at the beginning. */
  readonly rest: string;
  /** `rest` without the points at its end, where they are the line's only ones. */
  readonly body: string;
  /** A Markdown heading, or a line that is bold as a whole. */
  readonly heading: boolean;
  /** Only points stand here. */
  readonly lone: boolean;
}

/** What may stand in front of a label: heading marks, bullets, emphasis, dollars, tags. */
const decoration = /^(?:\s+|#{1,6}\s+|[-*+•●▪]\s+|\*{1,3}|_{1,2}|\$|<\/?(?:b|strong|em|i|u)>|\\item\s+)/i;
const closing = /^(?:\*{1,3}|_{1,2}|\$|<\/(?:b|strong|em|i|u)>)/i;

export function readHead(line: string): LineHead {
  const heading = isHeading(line);
  let at = skip(line, 0, decoration);
  let labels: readonly Label[] = [];
  let points: number | undefined;
  let labelEnd = 0;
  for (let step = 0; step < 3; step++) {
    const found = points === undefined ? markedPoints(line, at) : undefined;
    if (found) {
      points = found.points;
      if (found.more) break;
      at = skip(line, found.end, decoration);
      labelEnd = at;
      continue;
    }
    if (labels.length > 0) break;
    const read = labelsAt(line.slice(at));
    if (read.length === 0) break;
    const decorated = /[*_]$/.test(line.slice(0, at)) && /^[*_]/.test(line.slice(at + read[0]!.end));
    const start = at;
    at = skip(line, skip(line, at + read[0]!.end, closing), /^\s+/);
    const next = markedPoints(line, at);
    const shown = decorated || heading || points !== undefined || next !== undefined;
    labels = read.filter((label) => shown || !label.weak);
    if (labels.length === 0) {
      at = start;
      break;
    }
    labelEnd = at;
  }
  const rest = unbalanced(line.slice(0, labelEnd), line.slice(at));
  const tail = points === undefined ? endPoints(rest) : undefined;
  const lone = labels.length === 0 && points !== undefined && /^[\s.:)]*$/.test(rest);
  const value = points ?? tail?.points;
  return {
    labels,
    ...(value === undefined ? {} : { points: value }),
    rest,
    body: tail ? rest.slice(0, tail.start).trimEnd() : rest,
    heading,
    lone,
  };
}

function skip(line: string, from: number, what: RegExp): number {
  let at = from;
  for (let match = what.exec(line.slice(at)); match; match = what.exec(line.slice(at))) at += match[0].length;
  return at;
}

/** Points at a place, through emphasis inside their brackets: `(**3pts**)`, `**(2pts)**`, `$2pt$`. */
function markedPoints(line: string, from: number): { points: number; end: number; more: boolean } | undefined {
  const raw = line.slice(from);
  const { plain, places } = plainOf(raw);
  const found = pointsAtStart(plain);
  if (!found || found.start > 0) return undefined;
  return { points: found.points, more: found.more, end: from + skip(raw, places[found.end - 1]! + 1, closing) };
}

function endPoints(rest: string): { points: number; start: number } | undefined {
  const { plain, places } = plainOf(rest);
  const found = pointsAtEnd(plain);
  if (!found) return undefined;
  const start = places[found.start] ?? 0;
  const opened = /(?:\*+|_+|\$)$/.exec(rest.slice(0, start))?.[0].length ?? 0;
  return { points: found.points, start: start - opened };
}

/** A text without emphasis, dollars and tags, and where each of its characters stood. */
function plainOf(text: string): { plain: string; places: readonly number[] } {
  const places: number[] = [];
  let plain = "";
  const marks = /\*+|__+|\$|<\/?(?:b|strong|em|i|u)>/giy;
  for (let at = 0; at < text.length; at++) {
    marks.lastIndex = at;
    const match = marks.exec(text);
    if (match) {
      at += match[0].length - 1;
      continue;
    }
    plain += text.charAt(at);
    places.push(at);
  }
  return { plain, places };
}

/** Emphasis that was opened before the text and closes at its end belongs to what was cut off. */
function unbalanced(before: string, rest: string): string {
  for (const mark of ["***", "**", "__"]) {
    const opened = before.split(mark).length % 2 === 0;
    if (opened && rest.trimEnd().endsWith(mark) && rest.split(mark).length % 2 === 0)
      return rest.trimEnd().slice(0, -mark.length);
  }
  return rest;
}

function isHeading(line: string): boolean {
  const text = line.trim();
  if (/^#{1,6}\s+\S/.test(text)) return true;
  return /^(\*\*|__)(?!\s)[^*_]+\1:?$/.test(text) && text.length < 120;
}
