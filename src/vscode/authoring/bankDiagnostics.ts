/** Keeps what is wrong with a bank under its lines. */
import * as vscode from "vscode";
import type { Evaluator } from "../../core/exam/drill";
import { validateBank } from "../../core/exam/validate";
import { toRange } from "../convert";
import { productName } from "../ids";
import type { BankDocuments, OpenBank } from "./bankDocuments";

/** How many variants of a drill are tried while its author types. */
const draws = 8;

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
} as const;

export function registerBankDiagnostics(
  documents: BankDocuments,
  evaluator: () => Promise<Evaluator>,
): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection("forwardPassBanks");
  const publish = async ({ document, source, read }: OpenBank): Promise<void> => {
    const { version } = document;
    // KaTeX is loaded when the first bank is open.
    const { mathematicsFaults } = await import("../../core/exam/authoring/mathematics");
    const tried = [...mathematicsFaults(source), ...validateBank(read.bank, { evaluator: await evaluator(), draws })];
    if (document.isClosed || document.version !== version) return;
    collection.set(
      document.uri,
      [...read.diagnostics, ...tried].map(({ rule, severity, message, span }) => {
        const shown = new vscode.Diagnostic(toRange(source, span), message, severities[severity]);
        shown.source = productName;
        shown.code = rule;
        return shown;
      }),
    );
  };
  return vscode.Disposable.from(
    collection,
    documents.onDidRead((open) => void publish(open)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      collection.delete(uri);
    }),
  );
}
