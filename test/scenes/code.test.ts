/** A program is mended by keyboard: opened from its question, checked where it is written, graded in the question. */
import { assert } from "chai";
import { seriousFaults } from "../vscode/accessibility";
import { squiggles } from "../vscode/editor";
import { scene } from "../vscode/scene";
import { quickInput, runCommand, runCommandThatAsks, screenshotInAllThemes, webview } from "../vscode/workbench";

describe("a program to mend", () => {
  const workbench = scene("code", { settings: { "editor.find.seedSearchStringFromSelection": "never" } });
  const page = () => workbench().page;
  const frame = () => webview(workbench());
  const title = "Three reasons not to learn";

  const replace = async (from: string, to: string): Promise<void> => {
    await page().keyboard.press("Control+Home");
    await page().keyboard.press("Control+h");
    await page().keyboard.press("Control+a");
    await page().keyboard.type(from);
    await page().keyboard.press("Tab");
    await page().keyboard.press("Control+a");
    await page().keyboard.type(to);
    await page().keyboard.press("Control+Alt+Enter");
    await page().keyboard.press("Escape");
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
    await page().keyboard.press("Control+2");
    await replace("torch.tanh(self.last(x))", "self.last(x)");
    await runCommand(workbench(), "Forward Pass: Check program of a question");
    await frame().locator(".verdict").getByText("2 of 6 points").waitFor();
    assert.deepEqual(await seriousFaults(workbench()), []);
  });
});
