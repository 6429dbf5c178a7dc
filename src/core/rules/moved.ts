/** Findings of a text that has been edited since: those before and behind the edit keep their places until they are read anew. */
import { type Elsewhere, type Shown } from "./elsewhere";
import type { Diagnostic } from "../text/diagnostic";
import type { SourceText, Span } from "../text/source";

/** What a run shows of a file, with places as a later text of the file has them. */
export function movedTo(view: Elsewhere, source: SourceText): Elsewhere {
  if (view.source.text === source.text) return view;
  const place = placesBetween(view.source.text, source.text);
  return {
    ...view,
    source,
    shown: view.shown.flatMap(({ diagnostic, inside }): Shown[] => {
      const moved = movedDiagnostic(diagnostic, place);
      const around = inside === undefined ? undefined : place({ start: inside, end: inside })?.start;
      return moved && (inside === undefined) === (around === undefined) ? [{ diagnostic: moved, inside: around }] : [];
    }),
    ran: view.ran.flatMap((start) => place({ start, end: start })?.start ?? []),
  };
}

type Place = (span: Span) => Span | undefined;

/** Where a span is after one edit, somewhere in the text; undefined for what the edit touches. */
function placesBetween(before: string, after: string): Place {
  const least = Math.min(before.length, after.length);
  let head = 0;
  while (head < least && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < least - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const shift = after.length - before.length;
  return ({ start, end }) => {
    if (start >= before.length - tail) return { start: start + shift, end: end + shift };
    return end <= head ? { start, end } : undefined;
  };
}

function movedDiagnostic(found: Diagnostic, place: Place): Diagnostic | undefined {
  const span = place(found.span);
  if (!span) return undefined;
  const related = found.related.flatMap((each) => {
    const moved = each.path === undefined ? place(each.span) : each.span;
    return moved ? [{ ...each, span: moved }] : [];
  });
  const fixes = found.fixes.flatMap((fix) => {
    const edits = fix.edits.flatMap(({ span: at, text }) => {
      const moved = place(at);
      return moved ? [{ span: moved, text }] : [];
    });
    return edits.length === fix.edits.length ? [{ ...fix, edits }] : [];
  });
  return { ...found, span, related, fixes };
}
