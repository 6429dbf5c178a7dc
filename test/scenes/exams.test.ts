/** The view with exams and questions, as a student goes through it. */
import { assert } from "chai";
import { scene } from "../vscode/scene";
import { runCommand, screenshotInAllThemes, webview } from "../vscode/workbench";

describe("the view of the exams", () => {
  const workbench = scene("exams");
  const page = () => workbench().page;
  const frame = () => webview(workbench());
  const row = (text: string) => page().locator(".pane-body .monaco-list-row", { hasText: text });

  it("lists the exams and their questions", async () => {
    await runCommand(workbench(), "Forward Pass: Focus on Exams View");
    await row("Bugs that let training finish").click();
    await page().keyboard.press("ArrowRight");
    await row("What nn.CrossEntropyLoss is given").waitFor();
  });

  it("opens a question and shows how it went", async () => {
    await row("What nn.CrossEntropyLoss is given").click();
    await frame().locator("h1").getByText("What nn.CrossEntropyLoss is given").waitFor();
    await frame().locator("input[type=radio]").first().check();
    await frame().getByRole("button", { name: "Check" }).click();
    await frame().locator(".verdict.right").waitFor();
    const label = () => row("What nn.CrossEntropyLoss is given").getAttribute("aria-label");
    await page().waitForFunction(() => document.querySelector('[aria-label*="answered right"]'));
    assert.include(await label(), "answered right");
    await row("1 of 5 right").waitFor();
    await screenshotInAllThemes(workbench(), "exams");
  });

  it("still knows it when the window is loaded again", async () => {
    await page().reload();
    await row("1 of 5 right").waitFor();
  });
});
