/** What the integration tests need of VS Code: documents to try things on, and patience. */
import { commands, languages, Range, Uri, window, workspace, type Diagnostic, type TextDocument } from "vscode";

/** A program with one finding, at `lr=0.1`. */
export const program = `import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
logits = model(torch.randn(32, 784))
`;

/** The rule of that finding. */
export const rule = "adam-learning-rate-too-high";

/** Shows a Python document that is on no disk. */
export async function showPython(content: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument({ language: "python", content });
  await window.showTextDocument(document);
  return document;
}

/** Writes a file into the workspace. */
export async function writeFile(name: string, content: string): Promise<Uri> {
  const uri = Uri.joinPath(workspace.workspaceFolders![0]!.uri, name);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  return uri;
}

/** Asks again and again until the answer pleases; the last answer is in the error. */
export async function until<Value>(
  ask: () => Value | PromiseLike<Value>,
  pleases: (value: Value) => boolean,
): Promise<Value> {
  let value = await ask();
  for (let attempt = 0; attempt < 150 && !pleases(value); attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    value = await ask();
  }
  if (!pleases(value)) throw new Error(`Waited in vain; the last answer is ${JSON.stringify(value)}.`);
  return value;
}

/** Our findings in a document, as the rules' ids. */
export const rulesIn = (uri: Uri): string[] => findingsIn(uri).map(ruleOf);

export const findingsIn = (uri: Uri): Diagnostic[] =>
  languages.getDiagnostics(uri).filter(({ source }) => source === "Forward Pass");

export function ruleOf({ code }: Diagnostic): string {
  return typeof code === "object" ? String(code.value) : String(code);
}

/** Waits for exactly these findings. */
export const untilRules = (uri: Uri, ...expected: readonly string[]): Promise<string[]> =>
  until(
    () => rulesIn(uri),
    (rules) => rules.join() === expected.join(),
  );

/** Replaces the first place of some text in the shown document. */
export async function replaceText(document: TextDocument, text: string, by: string): Promise<void> {
  const editor = await window.showTextDocument(document);
  const at = document.getText().indexOf(text);
  const range = new Range(document.positionAt(at), document.positionAt(at + text.length));
  await editor.edit((edit) => {
    edit.replace(range, by);
  });
}

/** The titles of all tabs. */
export const tabTitles = (): string[] => window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));

/**
 * Closes all tabs, and drops what was typed into those without a file. Such a document without a tab is shown first: the
 * editor would show it of its own accord a second later, in the middle of the next test.
 */
export async function closeEverything(): Promise<void> {
  for (const document of workspace.textDocuments) if (document.isUntitled) await window.showTextDocument(document);
  await until(
    async () => {
      await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
      return tabTitles().length;
    },
    (left) => left === 0,
  );
}
