/** The lamp: fixes for findings, their explanations, and comments that silence them. */
import * as vscode from "vscode";
import type { Diagnostic, Fix } from "../../core/text/diagnostic";
import { ignoreComment } from "./ignore";
import type { SourceText, Span } from "../../core/text/source";
import { toDiagnostic, toSpan, toTextEdits } from "../convert";
import { commandIds } from "../ids";
import type { Analyses } from "./analyses";
import { python } from "./selector";

export function registerCodeActions(analyses: Analyses): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    async provideCodeActions(document, range, _context, token) {
      const analysis = await analyses.of(document);
      if (!analysis || token.isCancellationRequested) return [];
      const { source, diagnostics } = analysis;
      const asked = toSpan(source, range);
      return diagnostics
        .filter(({ span }) => touches(span, asked))
        .flatMap((found) => actionsFor(document.uri, source, found));
    },
  };
  const providedCodeActionKinds = [vscode.CodeActionKind.QuickFix];
  return vscode.languages.registerCodeActionsProvider(python, provider, { providedCodeActionKinds });
}

const touches = (a: Span, b: Span): boolean => a.start <= b.end && b.start <= a.end;

function actionsFor(uri: vscode.Uri, source: SourceText, found: Diagnostic): vscode.CodeAction[] {
  const diagnostic = toDiagnostic(uri, source, found);
  const action = (title: string, fields: Partial<vscode.CodeAction>): vscode.CodeAction =>
    Object.assign(new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix), { diagnostics: [diagnostic] }, fields);
  const edit = (edits: Fix["edits"]): vscode.WorkspaceEdit => {
    const change = new vscode.WorkspaceEdit();
    change.set(uri, toTextEdits(source, edits));
    return change;
  };
  const onlySafe = found.fixes.filter(({ safe }) => safe).length === 1;
  const fixes = found.fixes.map(({ title, safe, edits }) =>
    action(title, { edit: edit(edits), isPreferred: safe && onlySafe }),
  );
  const ignore = ignoreComment(source, found);
  return [
    ...fixes,
    action(`Explain ${found.rule}`, {
      command: { title: "Explain", command: commandIds.explainFinding, arguments: [found.rule] },
    }),
    ...(ignore ? [action(`Ignore ${found.rule} on this line`, { edit: edit([ignore]) })] : []),
  ];
}
