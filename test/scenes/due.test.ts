/** What was answered wrong comes due, is answered one after the other, and is gone from the list when it was right. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { seriousFaults } from "../vscode/accessibility";
import { scene } from "../vscode/scene";
import {
  progressFolder,
  quickInput,
  reloadWindow,
  runCommand,
  runCommandThatAsks,
  screenshot,
  screenshotInAllThemes,
  webview,
} from "../vscode/workbench";

const day = 24 * 60 * 60 * 1000;
const daysAgo = (days: number): string => new Date(Date.now() - days * day).toISOString();
const attempt = (at: string, question: string, fraction: number, more: object = {}): string =>
  JSON.stringify({ version: 1, at, question, response: { text: "" }, fraction, points: 1, ...more });

const progress = [
  attempt(daysAgo(20), "loss-broadcasts", 0, { bank: "training-bugs", part: "mend" }),
  attempt(daysAgo(9), "mlp-parameters", 1, { bank: "drills", variant: 5, confidence: "sure" }),
  attempt(daysAgo(1), "cross-entropy-input", 0, { bank: "training-bugs", response: { chosen: [2] }, confidence: "sure" }),
]; // prettier-ignore

/** Many windows were open before; a newer version has written in each of them. */
const newer = Array.from({ length: 60 }, (_none, window) => `{"version":9,"window":${window}}\n`);

describe("what is due", () => {
  const workbench = scene("due", { progress: [progress.join("\n"), ...newer] });
  const page = () => workbench().page;
  const frame = () => webview(workbench());
  const row = (text: string) => page().locator(".pane-body .monaco-list-row", { hasText: text });

  /** Asks again where a page that came late took the focus, which closes the box. */
  const askForDay = async (): Promise<void> => {
    const box = page().getByText("Everything comes back once more before it.");
    for (let attempt = 0; attempt < 4; attempt++) {
      await runCommand(workbench(), "Forward Pass: Set exam date…");
      if (await box.waitFor({ timeout: 3000 }).then(() => true, () => false)) return; // prettier-ignore
    }
    await box.waitFor();
  };

  it("stands on top of the exams, and in the status bar", async () => {
    await runCommand(workbench(), "Forward Pass: Focus on Exams View");
    const first = row("What nn.CrossEntropyLoss is given");
    // A tree that is just being filled folds the row again.
    for (let attempt = 0; attempt < 4 && !(await first.isVisible()); attempt++) {
      await row("Due now (3)").click();
      await first.waitFor({ timeout: 3000 }).catch(() => undefined);
    }
    await first.waitFor();
    const due = await page().getByRole("treeitem", { name: /, due / }).allInnerTexts(); // prettier-ignore
    assert.lengthOf(due, 3);
    assert.include(due[0], "A regression that learns the mean");
    await page().getByRole("button", { name: "3 questions due" }).waitFor();
    await screenshotInAllThemes(workbench(), "due");
  });

  it("stands in one file for all past windows soon, in which no line is missing", async () => {
    const folder = progressFolder("due");
    const names = () => readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
    for (let attempt = 0; attempt < 50 && names().length > 1; attempt++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    assert.lengthOf(names(), 1);
    const text = readFileSync(join(folder, names()[0]!), "utf8");
    for (const line of [...progress, ...newer]) assert.include(text, line);
  });

  it("is asked one after the other, without the old answers", async () => {
    await runCommand(workbench(), "Forward Pass: Answer what is due");
    await frame().locator("h1").getByText("A regression that learns the mean").waitFor();
    assert.equal(await frame().locator("input:checked").count(), 0);
    await frame().getByRole("button", { name: "Next due question (2 left)" }).press("Enter");
    await frame()
      .getByText(/Variant \d+/)
      .waitFor();
    assert.equal(
      await frame()
        .getByText(/Variant 5$/)
        .count(),
      0,
    );
    await frame().getByRole("button", { name: "Next due question (2 left)" }).press("Enter");
    await frame().locator("h1").getByText("What nn.CrossEntropyLoss is given").waitFor();
  });

  it("keeps its round and the order of the options when the window is loaded again", async () => {
    const labels = () => frame().locator(".option label").allInnerTexts();
    const before = await labels();
    await runCommand(workbench(), "View: Show Explorer");
    await reloadWindow(workbench());
    await frame().getByRole("button", { name: "Next due question (2 left)" }).waitFor();
    assert.deepEqual(await labels(), before);
    assert.equal(await frame().locator("input:checked").count(), 0);
    await runCommand(workbench(), "Forward Pass: Focus on Exams View");
  });

  it("is less after a right answer", async () => {
    const right = frame().getByRole("radio", { name: "A linear layer, nothing after it" });
    await right.press("Space");
    await frame().getByLabel("How sure are you?").selectOption("Unsure");
    await right.press("Enter");
    await frame().locator(".verdict.right").waitFor();
    assert.deepEqual(await seriousFaults(workbench()), []);
    await row("Due now (2)").waitFor();
    await page().getByRole("button", { name: "2 questions due" }).waitFor();
  });

  it("has the cheat sheet of its topic beside it", async () => {
    await frame().getByRole("button", { name: "Cheat sheet: Activations and losses" }).press("Enter");
    await frame().locator("h1").getByText("Activations and losses").waitFor();
    await frame().locator("td .katex").first().waitFor();
    assert.deepEqual(await seriousFaults(workbench()), []);
    await screenshotInAllThemes(workbench(), "cheat-sheet");
    await runCommand(workbench(), "View: Close Editor");
    await frame().getByRole("button", { name: "Next due question (2 left)" }).scrollIntoViewIfNeeded();
    await screenshot(workbench(), "due-question-footer");
  });

  it("can be crammed by topic, which changes nothing of it", async () => {
    await runCommandThatAsks(workbench(), "Forward Pass: Cram a topic…", "Which topics do you want to cram?");
    await quickInput(page()).fill("residual");
    await page().keyboard.press("ArrowDown");
    await page().keyboard.press("Space");
    await page().keyboard.press("Enter");
    await frame().getByRole("button", { name: /Next question to cram \(\d+ left\)/ }).waitFor(); // prettier-ignore
    await row("Due now (2)").waitFor();
  });

  it("shows in the progress, as charts that read out as tables", async () => {
    await runCommand(workbench(), "Forward Pass: Show progress");
    await frame().getByRole("img", { name: "Points by topic", exact: true }).waitFor();
    await frame().getByText("4 answers so far; 2 questions are due.").waitFor();
    await frame()
      .locator("#days-says")
      .getByText(/days? of study/)
      .waitFor();
    for (const name of [
      "Points by topic, week by week",
      "What comes back in the next 30 days",
      "How sure, and how right",
    ])
      await frame().getByRole("img", { name }).waitFor();
    await frame().getByText("100 % of 1").waitFor();
    const table = frame().getByRole("region", { name: "Points by topic, as a table" });
    await frame().locator("summary").first().focus();
    await page().keyboard.press("Enter");
    await table.getByRole("row", { name: /^softmax 1 of 1 100 %/ }).waitFor();
    assert.deepEqual(await seriousFaults(workbench()), []);
    await page().keyboard.press("Enter");
    await page().setViewportSize({ width: 1280, height: 1800 });
    await screenshotInAllThemes(workbench(), "progress");
    await page().setViewportSize({ width: 620, height: 1400 });
    const wide = await frame()
      .locator("html")
      .evaluate((html) => html.scrollWidth - html.clientWidth);
    await screenshot(workbench(), "progress-narrow");
    await page().setViewportSize({ width: 1280, height: 800 });
    assert.isAtMost(wide, 0, "nothing sticks out to the right");
  });

  it("has an exam to be ready for, and says when the day is none", async () => {
    await askForDay();
    await quickInput(page()).fill("soon");
    await page().getByText("Write the day as year-month-day").waitFor();
    await quickInput(page()).fill("2199-02-03");
    await page().getByText("Write the day as year-month-day").waitFor({ state: "hidden" });
    await page().keyboard.press("Enter");
    await askForDay();
    assert.equal(await quickInput(page()).inputValue(), "2199-02-03");
    await quickInput(page()).fill("");
    await page().keyboard.press("Enter");
  });
});
