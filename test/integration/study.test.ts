/** The study's commands open their panels, also when they are asked for what is not there. */
import { assert } from "chai";
import { commands } from "vscode";
import { closeEverything, tabTitles, until } from "./support";

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

  it("opens the view of the exams", async () => {
    await commands.executeCommand("forwardPass.exams.focus");
    await commands.executeCommand("forwardPass.refreshExams");
  });
});
