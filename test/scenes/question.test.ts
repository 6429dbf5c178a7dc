/** A question is opened, answered and graded as a student does it: by the keyboard, and looking at the page. */
import { assert } from "chai";
import { seriousFaults } from "../vscode/accessibility";
import { scene } from "../vscode/scene";
import {
  quickInput,
  reloadWindow,
  runCommandThatAsks,
  screenshot,
  screenshotInAllThemes,
  webview,
} from "../vscode/workbench";

describe("a question", () => {
  const workbench = scene("question");
  const page = () => workbench().page;
  const frame = () => webview(workbench());

  /** What the browser had to refuse to our pages. */
  const refused: string[] = [];

  before(() => {
    page().on("console", (message) => {
      if (message.text().includes("Content Security Policy")) refused.push(message.text());
    });
  });

  /** Opens a question by the palette, with the keyboard alone. */
  async function openQuestion(words: string): Promise<void> {
    await runCommandThatAsks(workbench(), "Forward Pass: Open question…", "Which question?");
    await quickInput(page()).fill(words);
    await page().keyboard.press("Enter");
    await frame().locator("h1").getByText(words).waitFor();
    await frame().locator("input:focus, textarea:focus").waitFor();
  }

  it("is answered by the keyboard and graded", async () => {
    await openQuestion("What nn.CrossEntropyLoss is given");
    // The options stand in another order each time: down to a wrong one.
    await page().keyboard.press("Space");
    while (!(await frame().getByRole("radio", { name: /ReLU/ }).isChecked())) await page().keyboard.press("ArrowDown");
    await page().keyboard.press("Enter");
    const verdict = frame().locator(".verdict.wrong");
    await verdict.getByText("0 of 1 point").waitFor();
    assert.isTrue(await verdict.evaluate((node) => node === document.activeElement), "the result has the focus");
    assert.equal(
      await frame()
        .locator(".reason")
        .filter({ hasText: /^(Right|Wrong)\. ./ })
        .count(),
      4,
    );
    assert.deepEqual(await seriousFaults(workbench()), []);
    await screenshotInAllThemes(workbench(), "question-choice");
  });

  it("shows how a formula is read before it is graded", async () => {
    await openQuestion("One step of gradient descent");
    await page().keyboard.type("theta - eta * grad");
    await frame().locator(".reading .katex").first().waitFor();
    assert.equal(await frame().locator(".verdict:not(:empty)").count(), 0);
    await page().keyboard.press("Enter");
    await frame().locator(".verdict.right").waitFor();
    assert.deepEqual(await seriousFaults(workbench()), []);
    await screenshotInAllThemes(workbench(), "question-formula");
  });

  it("does not grade what cannot be read", async () => {
    await openQuestion("Gradient descent with momentum");
    await frame().locator("input[type=text]").first().fill("theta - * (");
    await frame().locator(".reading.unreadable").first().waitFor();
    await page().keyboard.press("Enter");
    await frame().getByText("Not graded yet.").waitFor();
    assert.equal(await frame().getByText("so far").count(), 0);
    await screenshot(workbench(), "question-unreadable");
  });

  it("keeps what was typed, also what cannot be read, when another question is opened and the window is killed", async () => {
    await openQuestion("One step of gradient descent");
    // VS Code selects all in a page later than it takes the next key: what is there is replaced in one go.
    await frame().locator("input[type=text]").first().fill("theta - 2 * eta");
    await frame().locator(".reading", { hasText: "2" }).locator(".katex").first().waitFor();
    await openQuestion("Gradient descent with momentum");
    const typed = () => frame().locator("input[type=text]").first().inputValue();
    assert.equal(await typed(), "theta - * (");
    // Not as the command does it: nothing is asked and nothing is written any more.
    await page().goto("about:blank");
    await page().goBack();
    await page().locator(".explorer-folders-view").waitFor();
    await openQuestion("Gradient descent with momentum");
    assert.equal(await typed(), "theta - * (");
    await openQuestion("One step of gradient descent");
    assert.equal(await typed(), "theta - 2 * eta");
    await frame().locator(".verdict.right").waitFor();
  });

  it("has several parts, each checked by itself", async () => {
    await openQuestion("Five derivatives of a small network");
    const inputs = frame().locator("input[type=text]");
    assert.isAbove(await inputs.count(), 1);
    await inputs.first().fill("1");
    await inputs.first().press("Enter");
    await frame().locator(".verdict:not(:empty)").waitFor();
    await frame().getByText("so far").waitFor();
    await screenshotInAllThemes(workbench(), "question-parts");
  });

  it("lets an open answer be compared with the model answer", async () => {
    await openQuestion("Why convolutions");
    await page().keyboard.type("Fewer weights, shared over all places.");
    await page().keyboard.press("Control+Enter");
    await frame().getByText("Model answer", { exact: true }).waitFor();
    await page().keyboard.press("Tab");
    await page().keyboard.press("Space");
    assert.isAbove(await frame().locator(".rubric input:checked").count(), 0);
    await page().keyboard.press("Enter");
    await frame().locator(".verdict.partly").waitFor();
    assert.deepEqual(await seriousFaults(workbench()), []);
    await screenshotInAllThemes(workbench(), "question-open");
  });

  it("keeps the result when the window is loaded again", async () => {
    await reloadWindow(workbench());
    await frame().locator("h1").getByText("Why convolutions").waitFor();
    await frame().locator(".verdict.partly").waitFor();
    assert.equal(await frame().locator("textarea").inputValue(), "Fewer weights, shared over all places.");
  });

  it("needs nothing that its security policy forbids", () => {
    assert.deepEqual(refused, []);
  });

  it("fits a narrow window", async () => {
    await page().setViewportSize({ width: 620, height: 800 });
    await openQuestion("A loss for three classes");
    const wide = await frame()
      .locator("html")
      .evaluate((html) => html.scrollWidth - html.clientWidth);
    assert.isAtMost(wide, 0, "nothing sticks out to the right");
    await screenshot(workbench(), "question-narrow");
    await page().setViewportSize({ width: 1280, height: 800 });
  });
});
