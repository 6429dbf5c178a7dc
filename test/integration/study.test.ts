/** The study's commands open their panels, also when they are asked for what is not there. */
import { assert } from "chai";
import { commands, Uri, window, workspace } from "vscode";
import { closeEverything, replaceText, rulesIn, tabTitles, until } from "./support";

describe("the study", () => {
  afterEach(closeEverything);

  const untilTab = (title: string): Promise<string[]> => until(tabTitles, (titles) => titles.includes(title));

  it("opens a question by its reference", async () => {
    await commands.executeCommand("forwardPass.openQuestion", "training-bugs/adam-learning-rate");
    await untilTab("Adam with a learning rate of 0.1");
  });

  it("shows the next question in the same panel", async () => {
    await commands.executeCommand("forwardPass.openQuestion", "training-bugs/adam-learning-rate");
    await commands.executeCommand("forwardPass.openQuestion", "training-bugs/training-loop");
    await untilTab("Lines that a training loop needs");
    assert.lengthOf(tabTitles(), 1);
  });

  it("draws a drill with the engine", async () => {
    await commands.executeCommand("forwardPass.startDrill", "drills/conv-output");
    await untilTab("Output size of a convolution");
  });

  for (const reference of ["training-bugs/no-such-question", "no-such-bank/x", "", "///"]) {
    it(`opens nothing for “${reference}”`, async () => {
      await commands.executeCommand("forwardPass.openQuestion", reference);
      await commands.executeCommand("forwardPass.startDrill", reference);
      assert.isEmpty(tabTitles());
    });
  }

  it("opens a bug hunt by its number, keeps its findings to itself, and says how it stands", async () => {
    await commands.executeCommand("forwardPass.startHunt", 5);
    await untilTab("hunt-5.py");
    const { uri } = window.activeTextEditor!.document;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.isEmpty(rulesIn(uri));
    await commands.executeCommand("forwardPass.checkHunt", 5);
    await untilTab("Bug hunt 5");
  });

  it("keeps what was written into the program of a hunt", async () => {
    await commands.executeCommand("forwardPass.startHunt", 6);
    await untilTab("hunt-6.py");
    const { document } = window.activeTextEditor!;
    await replaceText(document, "import torch", "import  torch");
    assert.isTrue(await document.save());
    const kept = new TextDecoder().decode(await workspace.fs.readFile(document.uri));
    assert.include(kept, "import  torch");
    const correct = document.uri.with({ path: `/correct${document.uri.path}` });
    assert.notInclude(new TextDecoder().decode(await workspace.fs.readFile(correct)), "import  torch");
    assert.isFalse(await workspace.fs.writeFile(correct, new Uint8Array()).then(() => true, () => false)); // prettier-ignore
  });

  describe("in a mock exam with a program", () => {
    const sitting = Uri.from({ scheme: "forward-pass-code", path: "/some-sitting/code/mlp-classifier/answer.py" });
    const practice = sitting.with({ path: "/code/mlp-classifier/answer.py" });
    const textAt = async (uri: Uri): Promise<string> => new TextDecoder().decode(await workspace.fs.readFile(uri));

    it("gives no finding away, and keeps what is saved apart from practice, also for another window", async () => {
      const given = await textAt(practice);
      const document = await workspace.openTextDocument(sitting);
      assert.equal(document.getText(), given);
      await window.showTextDocument(document);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      assert.isEmpty(rulesIn(sitting));
      const before = await workspace.fs.stat(sitting);
      await replaceText(document, "lr=0.1", "lr=0.001");
      assert.isTrue(await document.save());
      assert.include(await textAt(sitting), "lr=0.001");
      assert.equal(await textAt(practice), given);
      const after = await workspace.fs.stat(sitting);
      assert.isAbove(after.mtime, before.mtime, "by which another window sees that it was changed");
    });

    it("puts back what was given, when the student starts over", async () => {
      await commands.executeCommand("forwardPass.resetProgram", sitting);
      await until(() => textAt(sitting), (text) => text.includes("lr=0.1)")); // prettier-ignore
    });
  });

  it("opens the view of the exams", async () => {
    await commands.executeCommand("forwardPass.exams.focus");
    await commands.executeCommand("forwardPass.refreshExams");
  });
});
