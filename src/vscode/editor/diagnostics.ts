/** Keeps the findings under the lines that they are about. */
import * as vscode from "vscode";
import type { Diagnostic } from "../../core/text/diagnostic";
import { toDiagnostic } from "../convert";
import type { Analysed, Analyses } from "./analyses";

export function registerDiagnostics({ onDidChange, onDidChangeClosed }: Analyses): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection("forwardPass");
  const broken = new Map<string, Analysed>();

  const publish = (analysed: Analysed): void => {
    const { document, analysis } = analysed;
    const key = document.uri.toString();
    broken.delete(key);
    if (!analysis) {
      collection.delete(document.uri);
      return;
    }
    if (analysis.diagnostics.some(isSyntaxError)) broken.set(key, analysed);
    const shown = analysis.diagnostics
      .map((found) => ({ found, shown: toDiagnostic(document.uri, analysis.source, found) }))
      .filter(({ found, shown: { range } }) => !isSyntaxError(found) || !isBeingTyped(document, range));
    collection.set(
      document.uri,
      shown.map((each) => each.shown),
    );
  };

  return vscode.Disposable.from(
    collection,
    onDidChange(publish),
    onDidChangeClosed(({ uri, source, diagnostics = [] }) => {
      const shown = source && diagnostics.map((found) => toDiagnostic(uri, source, found));
      collection.set(uri, shown);
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor: { document } }) => {
      const analysed = broken.get(document.uri.toString());
      if (analysed) publish(analysed);
    }),
  );
}

function isSyntaxError({ rule }: Diagnostic): boolean {
  return rule === "syntax-error";
}

/** A line that is half typed is no mistake yet: it is reported when the cursor has left it. */
function isBeingTyped(document: vscode.TextDocument, { start, end }: vscode.Range): boolean {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document !== document) return false;
  const { line } = editor.selection.active;
  return start.line <= line && line <= end.line;
}
