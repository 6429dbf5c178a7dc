/** The command that begins a bank: an unsaved document with one question of each sort. */
import * as vscode from "vscode";
import { bankTemplate } from "../../core/exam/authoring/template";
import { commandIds } from "../ids";

export function registerNewBank(): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.newBank, async () => {
    const document = await vscode.workspace.openTextDocument(await freeName());
    await vscode.languages.setTextDocumentLanguage(document, "markdown");
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), bankTemplate);
    });
    const title = document.getText().indexOf("my-questions");
    const range = [title, title + "my-questions".length].map((offset) => document.positionAt(offset));
    editor.selection = new vscode.Selection(range[0]!, range[1]!);
    editor.revealRange(editor.selection);
  });
}

/** `questions.quiz.md` in the first folder, or with a number where that is taken. */
async function freeName(): Promise<vscode.Uri> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  for (let count = 1; ; count++) {
    const name = count === 1 ? "questions.quiz.md" : `questions-${count}.quiz.md`;
    const file = folder ? vscode.Uri.joinPath(folder, name) : vscode.Uri.from({ scheme: "untitled", path: name });
    const untitled = file.with({ scheme: "untitled" });
    const isOpen = vscode.workspace.textDocuments.some(({ uri }) => uri.path === file.path);
    if (!isOpen && !(await exists(file))) return untitled;
  }
}

async function exists(file: vscode.Uri): Promise<boolean> {
  if (file.scheme === "untitled") return false;
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
