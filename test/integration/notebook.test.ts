/** The cells of a notebook are one program: what one says holds for the next, each with its own places. */
import { assert } from "chai";
import { commands, window, workspace, type Hover, type MarkdownString, Position, Range, WorkspaceEdit } from "vscode";
import { closeEverything, findingsIn, until, writeFile } from "./support";

describe("a notebook", () => {
  afterEach(closeEverything);

  const cell = (source: string): object => ({ cell_type: "code", source, metadata: {}, outputs: [] });

  it("is one program, whose findings stand in their cells", async () => {
    const cells = [
      cell("%matplotlib inline\nimport torch\nfrom torch import nn"),
      cell("model = nn.Sequential(\n    nn.Linear(8, 4),\n)"),
      cell("x = torch.randn(2, 9)\ny = model(x)"),
    ];
    const metadata = { language_info: { name: "python" } };
    const uri = await writeFile("lesson.ipynb", JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells }));
    const notebook = await workspace.openNotebookDocument(uri);
    await window.showNotebookDocument(notebook);
    const [, built, called] = notebook.getCells().map(({ document }) => document);
    const [found] = await until(
      () => findingsIn(called!.uri),
      (findings) => findings.length > 0,
    );
    assert.equal(called!.getText(found!.range), "model(x)");
    assert.deepEqual(findingsIn(built!.uri), []);
    const hovers = await commands.executeCommand<Hover[]>(
      "vscode.executeHoverProvider",
      called!.uri,
      new Position(0, 0),
    );
    const texts = hovers.flatMap(({ contents }) => contents.map((content) => (content as MarkdownString).value));
    assert.include(texts.join("\n"), "(2, 9)");
    const edit = new WorkspaceEdit();
    edit.replace(built!.uri, new Range(1, 4, 1, 19), "nn.Linear(9, 4)");
    assert.isTrue(await workspace.applyEdit(edit));
    await notebook.save();
    await until(
      () => findingsIn(called!.uri),
      (findings) => findings.length === 0,
    );
  });
});
