/** Shapes behind the names that hold tensors, as inlay hints. */
import * as vscode from "vscode";
import { shapeHints } from "../../core/features/hints";
import { toPosition, toSpan } from "../convert";
import type { Analyses } from "./analyses";
import { python } from "./selector";
import { affectsHints, hintsEnabled } from "./settings";

export function registerHints(analyses: Analyses): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    analyses.onDidChange(() => {
      changed.fire();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (affectsHints(event)) changed.fire();
    }),
    vscode.languages.registerInlayHintsProvider(python, {
      onDidChangeInlayHints: changed.event,
      async provideInlayHints(document, range, token) {
        if (!hintsEnabled(document)) return [];
        const analysis = await analyses.of(document);
        if (!analysis || token.isCancellationRequested) return [];
        return shapeHints(analysis, toSpan(analysis.source, range)).map(
          ({ offset, text }) =>
            new vscode.InlayHint(toPosition(analysis.source, offset), text, vscode.InlayHintKind.Type),
        );
      },
    }),
  );
}
