/** Diagnostics as rows that other programs read: lines and columns from 1. */
import { type Diagnostic, type Severity } from "../../core/text/diagnostic";
import { type Notebook, cellAt } from "../../core/text/notebook";
import { type SourceText, type Span } from "../../core/text/source";

/** In a notebook lines count from the beginning of the `cell`, which counts from 1. */
export interface PlaceJson {
  readonly cell?: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface FixJson {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly (PlaceJson & { readonly text: string })[];
}

/** A row of `check --format json`. */
export interface DiagnosticJson extends PlaceJson {
  readonly file: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly fix?: FixJson;
}

/** A text as it was read from a file: Python, or the cells of a notebook. */
export interface CheckedText {
  readonly source: SourceText;
  readonly notebook?: Notebook | undefined;
}

/** The diagnostics of one file. */
export interface FileReport extends CheckedText {
  readonly diagnostics: readonly Diagnostic[];
}

export function placeToJson(span: Span, { source, notebook }: CheckedText): PlaceJson {
  const start = source.positionAt(span.start);
  const end = source.positionAt(span.end);
  const cell = notebook && cellAt(notebook, start.line);
  const first = cell?.firstLine ?? 0;
  return {
    ...(cell && { cell: cell.number }),
    line: start.line - first + 1,
    column: start.column + 1,
    endLine: end.line - first + 1,
    endColumn: end.column + 1,
  };
}

export function diagnosticToJson(diagnostic: Diagnostic, text: CheckedText): DiagnosticJson {
  const { source } = text;
  const { rule, severity, message, span, fixes } = diagnostic;
  const [fix] = fixes;
  return {
    file: source.path,
    ...placeToJson(span, text),
    rule,
    severity,
    message,
    ...(fix && {
      fix: {
        title: fix.title,
        safe: fix.safe,
        edits: fix.edits.map((edit) => ({ ...placeToJson(edit.span, text), text: edit.text })),
      },
    }),
  };
}

/** A finding as a line for people, where its text is not shown beside it. */
export function diagnosticLine({ file, line, column, severity, rule, message }: DiagnosticJson): string {
  return `${file}:${line}:${column} ${severity} ${rule}\n  ${message}`;
}
