/** The only translator between the core's plain data and VS Code's types. */
import * as vscode from "vscode";
import type { Diagnostic, Edit, RelatedPlace, Severity } from "../core/text/diagnostic";
import type { SourceText, Span } from "../core/text/source";
import { commandIds, productName } from "./ids";

const severities: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

export function toPosition(source: SourceText, offset: number): vscode.Position {
  const { line, column } = source.positionAt(offset);
  return new vscode.Position(line, column);
}

export function toRange(source: SourceText, { start, end }: Span): vscode.Range {
  return new vscode.Range(toPosition(source, start), toPosition(source, end));
}

export function toOffset(source: SourceText, { line, character }: vscode.Position): number {
  return source.offsetAt({ line, column: character });
}

export function toSpan(source: SourceText, { start, end }: vscode.Range): Span {
  return { start: toOffset(source, start), end: toOffset(source, end) };
}

export function toTextEdits(source: SourceText, edits: readonly Edit[]): vscode.TextEdit[] {
  return edits.map(({ span, text }) => vscode.TextEdit.replace(toRange(source, span), text));
}

function linesToRange({ start, end }: NonNullable<RelatedPlace["lines"]>): vscode.Range {
  return new vscode.Range(start.line, start.column, end.line, end.column);
}

/** A finding as VS Code shows it. Its code is a link that opens the rule's explanation. */
export function toDiagnostic(uri: vscode.Uri, source: SourceText, found: Diagnostic): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(toRange(source, found.span), found.message, severities[found.severity]);
  diagnostic.source = productName;
  diagnostic.code = { value: found.rule, target: commandLink(commandIds.explainFinding, found.rule) };
  diagnostic.relatedInformation = found.related.flatMap((place) => {
    const { path = source.path, span, lines, message } = place;
    if (path === source.path)
      return new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, toRange(source, span)), message);
    // The lines of a notebook are those of all its cells together.
    if (!lines || path.endsWith(".ipynb")) return [];
    const location = new vscode.Location(vscode.Uri.parse(path), linesToRange(lines));
    return new vscode.DiagnosticRelatedInformation(location, message);
  });
  return diagnostic;
}

/** A link that runs a command with plain arguments. */
export function commandLink(command: string, ...values: readonly unknown[]): vscode.Uri {
  return vscode.Uri.from({ scheme: "command", path: command, query: JSON.stringify(values) });
}
