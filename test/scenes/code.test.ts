/** A program is mended by keyboard: opened from its question, checked where it is written, graded in the question. */
import { assert } from "chai";
import { seriousFaults } from "../vscode/accessibility";
import { builtinBanks } from "../../src/core/exam/builtin";
import { squiggles, writeEditor } from "../vscode/editor";
import { scene } from "../vscode/scene";
import {
  quickInput,
  reloadWindow,
  runCommand,
  runCommandThatAsks,
  screenshotInAllThemes,
  webview,
} from "../vscode/workbench";

describe("a program to mend", () => {
  const workbench = scene("code");
  const page = () => workbench().page;
  const frame = () => webview(workbench());
  const title = "Three reasons not to learn";

  /** Writes the given program with some changes, each of which has to fit. */
  const mend = async (...changes: readonly (readonly [from: string, to: string])[]): Promise<void> => {
    const text = changes.reduce((before, [from, to]) => {
      assert.include(before, from);
      return before.replaceAll(from, to);
    }, givenProgram());
    await writeEditor(workbench(), "answer.py", text);
  };

  it("opens beside its question and gives no finding away", async () => {
    await runCommandThatAsks(workbench(), "Forward Pass: Open question…", "Which question?");
    await quickInput(page()).fill(title);
    await page().keyboard.press("Enter");
    await frame().locator("h1").getByText(title).waitFor();
    const open = frame().getByRole("button", { name: "Open in the editor" });
    await open.focus();
    assert.deepEqual(await seriousFaults(workbench()), []);
    await page().keyboard.press("Enter");
    await page().locator('.tab.active[data-resource-name="answer.py"]').waitFor();
    for (const name of ["Check", "Start over"])
      await page().locator(".codelens-decoration a", { hasText: name }).waitFor();
    await page().waitForTimeout(1500);
    assert.isEmpty(await squiggles(workbench()));
    await screenshotInAllThemes(workbench(), "code");
  });

  it("is worth a third with one flaw of three mended", async () => {
    await mend(noTanh);
    await runCommand(workbench(), "Forward Pass: Check program of a question");
    await frame().locator(".verdict").getByText("2 of 6 points").waitFor();
    assert.deepEqual(await seriousFaults(workbench()), []);
  });

  it("is worth everything when the engine finds nothing any more, also after a reload", async () => {
    await mend(noTanh, ["lr=0.1", "lr=0.001"], ["std=1e-6", "std=0.05"]);
    await runCommand(workbench(), "Forward Pass: Check program of a question");
    await frame().locator(".verdict").getByText("6 of 6 points").waitFor();
    await screenshotInAllThemes(workbench(), "code-mended");
    await reloadWindow(workbench());
    await frame().locator(".verdict").getByText("6 of 6 points").waitFor();
    await page().locator(".view-line", { hasText: "std=0.05" }).waitFor();
  });
});

const noTanh = ["torch.tanh(self.last(x))", "self.last(x)"] as const;

function givenProgram(): string {
  const questions = builtinBanks().flatMap(({ bank }) => bank.questions);
  const answer = questions.find(({ id }) => id === "mlp-classifier")?.parts[0]?.answer;
  assert(answer?.kind === "code" && answer.program.kind === "text");
  return answer.program.given;
}
