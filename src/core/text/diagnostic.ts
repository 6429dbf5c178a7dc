/** What the product says about a place in a text: diagnostics, their fixes, and the edits that fixes are made of. */
import type { Position, SourceText, Span } from "./source";

/** `error`: PyTorch refuses it or training fails; `warning`: likely harmful; `information`: worth knowing. */
export type Severity = "error" | "warning" | "information";

/** Another place that explains a diagnostic; `path` where it is another file, and then the lines too if they are known. */
export interface RelatedPlace {
  readonly path?: string;
  readonly span: Span;
  readonly lines?: { readonly start: Position; readonly end: Position };
  readonly message: string;
}

/** A place in another file. */
export function placeIn(source: SourceText, { start, end }: Span, message: string): RelatedPlace {
  const lines = { start: source.positionAt(start), end: source.positionAt(end) };
  return { path: source.path, span: { start, end }, lines, message };
}

/** Replaces the text of `span` by `text`, in the diagnostic's own file. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** A change that removes the cause. A `safe` one cannot change what the author meant; any other needs judgement. */
export interface Fix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly Edit[];
}

export interface Diagnostic {
  /** The rule's id: `shape-mismatch`, `adam-lr-too-high`, … */
  readonly rule: string;
  readonly severity: Severity;
  /** One or two sentences: what, and why. */
  readonly message: string;
  readonly span: Span;
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
}

/** The text after non-overlapping edits; where two overlap, the later one in the text is left out. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let result = "";
  let at = 0;
  for (const edit of ordered) {
    if (edit.span.start < at) continue;
    result += text.slice(at, edit.span.start) + edit.text;
    at = edit.span.end;
  }
  return result + text.slice(at);
}
