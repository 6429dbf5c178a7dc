/** The view with exams and questions, as a student goes through it. */
import { assert } from "chai";
import { scene } from "../vscode/scene";
import {
  chooseQuickly,
  runCommand,
  runCommandThatAsks,
  screenshot,
  screenshotInAllThemes,
  webview,
} from "../vscode/workbench";

describe("the view of the exams", () => {
  const workbench = scene("exams");
  const page = () => workbench().page;
  const frame = () => webview(workbench());
  const row = (text: string) => page().locator(".pane-body .monaco-list-row", { hasText: text });
  const item = (name: string | RegExp) => page().getByRole("treeitem", { name });
  const bugs = (right: number) => item(`Bugs that let training finish, ${right} of 8 right`);

  it("lists the exams and their questions", async () => {
    await runCommandThatAsks(workbench(), "Forward Pass: Open question…", "Which question?");
    await page().keyboard.press("Escape");
    await runCommand(workbench(), "Forward Pass: Focus on Exams View");
    await page().locator(".pane-body .monaco-list:focus").first().waitFor();
    await item(/^Exams, \d+ of \d+ right/).waitFor();
    await row("Foundations").waitFor();
    assert.isBelow(await page().locator(".pane-body .monaco-list-row").count(), 16);
    await item(/^Bugs, \d+ of \d+ right/).click();
    await bugs(0).click();
    await row("What nn.CrossEntropyLoss is given").waitFor();
    await screenshot(workbench(), "exams-groups");
  });

  it("has nothing due and no progress before the first answer, and says what to do", async () => {
    await row("Nothing is due").getByText("what you answer comes back here").waitFor();
    await runCommand(workbench(), "Forward Pass: Show progress");
    await frame().getByText("Nothing has been answered yet.").waitFor();
    await frame().getByRole("button", { name: "Open question…" }).press("Enter");
    await page().getByPlaceholder("Which question?").waitFor();
    await page().keyboard.press("Escape");
    await runCommand(workbench(), "View: Close Editor");
  });

  it("opens a question and shows how it went", async () => {
    await row("What nn.CrossEntropyLoss is given").click();
    await frame().locator("h1").getByText("What nn.CrossEntropyLoss is given").waitFor();
    await frame().getByRole("radio", { name: "A linear layer, nothing after it" }).check();
    await frame().getByRole("button", { name: "Check" }).click();
    await frame().locator(".verdict.right").waitFor();
    await page().getByRole("treeitem", { name: "answered right" }).waitFor();
    await bugs(1).waitFor();
    await screenshotInAllThemes(workbench(), "exams");
  });

  it("still knows it when the window is loaded again, and which groups stood open", async () => {
    await page().reload();
    await bugs(1).waitFor();
  });

  it("learns what was answered in a second window, and forgets nothing of its own", async () => {
    const second = await page().context().newPage();
    second.setDefaultTimeout(15_000);
    await second.goto(page().url());
    const other = { ...workbench(), page: second };
    await second.getByRole("treeitem", { name: "Bugs that let training finish, 1 of 8 right" }).waitFor();
    await runCommandThatAsks(other, "Forward Pass: Open question…", "Which question?");
    await chooseQuickly(second, "Adam with a learning rate of 0.1");
    await webview(other).locator("h1").getByText("Adam with a learning rate").waitFor();
    await webview(other)
      .getByRole("radio", { name: /^Adam divides by the size/ })
      .check();
    await webview(other).getByRole("button", { name: "Check" }).first().click();
    await webview(other).locator(".verdict.right").waitFor();
    await second.close();
    await page().bringToFront();
    await runCommand(workbench(), "Forward Pass: Refresh exams");
    await bugs(1).click();
    await item(/^Adam with a learning rate of 0.1.*answered partly right/).waitFor();
  });

  it("lets an exam be sat from its row", async () => {
    await row("Foundations").hover();
    await row("Foundations").getByRole("button", { name: "Sit a mock exam…" }).click();
    await frame().locator("h1").getByText("Deep learning: foundations").waitFor();
    await frame().locator(".time").getByText("left").waitFor();
    await screenshot(workbench(), "exams-sit");
  });

  it("has in a bank by topic what the exams ask about it", async () => {
    await bugs(1).press("ArrowLeft");
    await item(/^Topics, \d+ of \d+ right/).click();
    await item(/^Graph networks, \d+ of \d+ right/).click();
    await item(/^From the exams, 0 of 1 right/).click();
    await row("What an aggregation must be able to do").first().click();
    await frame().locator("h1").getByText("What an aggregation must be able to do").waitFor();
    await screenshot(workbench(), "exams-topics");
  });
});
