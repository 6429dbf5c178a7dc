/** Banks of the workspace: their faults while they are written, and their questions beside the built-in ones. */
import { assert } from "chai";
import { commands, type CompletionList, type Uri, window, workspace } from "vscode";
import { closeEverything, findingsIn, tabTitles, until, writeFile } from "./support";

const bank = (value: string): string =>
  [
    ...["---", "id: integration-bank", "title: Integration", "symbols:", "  x: real", "---", ""],
    ...["## twice Twice as much {pts=1 topics=arithmetic}", "", "What is $x + x$?", ""],
    ...["```answer", "kind: formula", `value: ${value}`, "accept: [x + x]", "```", "", "```solution", "Count.", "```", ""],
  ].join("\n"); // prettier-ignore

describe("a bank of the workspace", () => {
  let file: Uri | undefined;

  afterEach(async () => {
    await closeEverything();
    if (file) await workspace.fs.delete(file);
    file = undefined;
  });

  const untilTab = (title: string): Promise<string[]> => until(tabTitles, (titles) => titles.includes(title));

  it("has its questions opened like any other, also when it comes later or changes", async () => {
    await commands.executeCommand("forwardPass.openQuestion", "integration-bank/twice");
    file = await writeFile("integration.quiz.md", bank("2*x"));
    const open = async (): Promise<string[]> => {
      await commands.executeCommand("forwardPass.openQuestion", "integration-bank/twice");
      return tabTitles();
    };
    await until(open, (titles) => titles.includes("Twice as much"));
    await writeFile("integration.quiz.md", bank("2*x").replace("Twice as much", "Double"));
    await until(open, (titles) => titles.includes("Double"));
  });

  it("has its faults under its lines while it is written", async () => {
    file = await writeFile("integration.quiz.md", bank("3*x"));
    const document = await workspace.openTextDocument(file);
    const editor = await window.showTextDocument(document);
    assert.equal(document.languageId, "markdown");
    const [fault] = await until(() => findingsIn(document.uri), (found) => found.length > 0); // prettier-ignore
    assert.equal(document.getText(fault!.range), "x + x");
    const at = document.getText().indexOf("3*x");
    await editor.edit((edit) => {
      edit.replace(document.getWordRangeAtPosition(document.positionAt(at), /3/)!, "2");
    });
    await until(() => findingsIn(document.uri), (found) => found.length === 0); // prettier-ignore
    await document.save();
  });

  it("is completed", async () => {
    file = await writeFile("integration.quiz.md", bank("2*x"));
    const document = await workspace.openTextDocument(file);
    const place = document.positionAt(document.getText().indexOf("accept"));
    const list = await commands.executeCommand<CompletionList>("vscode.executeCompletionItemProvider", file, place);
    const labels = list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
    assert.includeMembers(labels, ["accept", "also", "refuse"]);
  });

  it("begins as a document without a fault, and is previewed", async () => {
    await commands.executeCommand("forwardPass.newBank");
    const document = await until(
      () => window.activeTextEditor?.document,
      (active) => active?.isUntitled === true && active.uri.path.endsWith(".quiz.md"),
    );
    assert.isDefined(document);
    await commands.executeCommand("forwardPass.previewQuestion");
    await untilTab("Preview");
    await until(
      () => findingsIn(document.uri),
      (findings) => findings.length === 0,
    );
  });
});
