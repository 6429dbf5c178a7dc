/** Keeps the findings under the lines that they are about. */
import * as vscode from "vscode";
import { toDiagnostic } from "../convert";
import type { Analyses } from "./analyses";

export function registerDiagnostics({ onDidChange }: Analyses): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection("forwardPass");
  return vscode.Disposable.from(
    collection,
    onDidChange(({ document: { uri }, analysis }) => {
      if (!analysis) collection.delete(uri);
      else
        collection.set(
          uri,
          analysis.diagnostics.map((found) => toDiagnostic(uri, analysis.source, found)),
        );
    }),
  );
}
