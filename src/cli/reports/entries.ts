/** Diagnostics as rows that other programs read: lines and columns from 1. */
import { type Diagnostic, type Severity } from "../../core/text/diagnostic";
import { type SourceText, type Span } from "../../core/text/source";

export interface PlaceJson {
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

/** The diagnostics of one file. */
export interface FileReport {
  readonly source: SourceText;
  readonly diagnostics: readonly Diagnostic[];
}

export function placeToJson(span: Span, source: SourceText): PlaceJson {
  const start = source.positionAt(span.start);
  const end = source.positionAt(span.end);
  return { line: start.line + 1, column: start.column + 1, endLine: end.line + 1, endColumn: end.column + 1 };
}

export function diagnosticToJson(diagnostic: Diagnostic, source: SourceText): DiagnosticJson {
  const { rule, severity, message, span, fixes } = diagnostic;
  const [fix] = fixes;
  return {
    file: source.path,
    ...placeToJson(span, source),
    rule,
    severity,
    message,
    ...(fix && {
      fix: {
        title: fix.title,
        safe: fix.safe,
        edits: fix.edits.map((edit) => ({ ...placeToJson(edit.span, source), text: edit.text })),
      },
    }),
  };
}
