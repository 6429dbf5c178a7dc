/** Everything for those who write banks. */
import * as vscode from "vscode";
import type { Evaluator } from "../../core/exam/drill";
import { registerPreview } from "../pages/preview";
import { registerBankCompletion } from "./bankCompletion";
import { registerBankDiagnostics } from "./bankDiagnostics";
import { createBankDocuments } from "./bankDocuments";
import { registerNewBank } from "./newBank";

export function registerAuthoring(extension: vscode.Uri, evaluator: () => Promise<Evaluator>): vscode.Disposable {
  const documents = createBankDocuments();
  return vscode.Disposable.from(
    documents,
    registerBankDiagnostics(documents, evaluator),
    registerBankCompletion(),
    registerNewBank(),
    registerPreview(extension, documents, evaluator),
  );
}
