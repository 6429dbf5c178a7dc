/** A bank is written, its mistake underlined and mended, and its question looked at beside: by the keyboard alone. */
import { assert } from "chai";
import { seriousFaults } from "../vscode/accessibility";
import { focusEditor, writeEditor } from "../vscode/editor";
import { scene } from "../vscode/scene";
import {
  openFile,
  quickInput,
  runCommand,
  runCommandThatAsks,
  screenshot,
  screenshotInAllThemes,
  webview,
} from "../vscode/workbench";

const bank = `---
id: mine
title: Mine
symbols:
  x: real
---

## square A square {pts=1 topics=losses}

Let $f(x) = x^2$. What is $f'(x)$?

\`\`\`answer
kind: formula
value: 2*x
accept: ['x + x', 'x*3']
\`\`\`

\`\`\`solution
The exponent comes down: $2x$.
\`\`\`
`;

describe("writing a bank", () => {
  const workbench = scene("authoring", { files: { "mine.quiz.md": bank } });
  const page = () => workbench().page;
  const frame = () => webview(workbench());
  const refused: string[] = [];

  before(() => {
    page().on("console", (message) => {
      if (message.text().includes("Content Security Policy")) refused.push(message.text());
    });
  });

  it("underlines an accepted example that is not equal to the value, at its place", async () => {
    await openFile(workbench(), "mine.quiz.md");
    const mark = page().locator(".squiggly-error");
    await mark.first().waitFor();
    assert.equal(await mark.count(), 1);
    await page().keyboard.press("F8");
    await page().getByText("“x*3” is not equal to the value.").first().waitFor();
    await screenshotInAllThemes(workbench(), "authoring-error");
    await page().keyboard.press("Escape");
  });

  it("lets it be mended by the keyboard, and has nothing to say any more", async () => {
    await writeEditor(workbench(), "mine.quiz.md", bank.replace("'x*3'", "'x*2'"));
    await page().locator(".squiggly-error").first().waitFor({ state: "detached" });
  });

  it("shows the question beside, as a student sees it", async () => {
    await runCommand(workbench(), "Forward Pass: Preview question");
    await frame().locator("h1").getByText("A square").waitFor();
    await frame().locator(".katex").first().waitFor();
    assert.deepEqual(await seriousFaults(workbench()), []);
    await screenshotInAllThemes(workbench(), "authoring-preview");
  });

  it("can be answered there by the keyboard", async () => {
    await frame().locator("input[type=text]").first().focus();
    await page().keyboard.type("x + x");
    await page().keyboard.press("Enter");
    await frame().locator(".verdict.right").waitFor();
  });

  it("follows what is typed, and leaves the focus in the editor", async () => {
    await focusEditor(workbench(), "mine.quiz.md");
    await page().keyboard.press("Control+Home");
    for (let step = 0; step < 9; step++) await page().keyboard.press("ArrowDown");
    await page().keyboard.press("End");
    await page().keyboard.type(" Say it now: $\\alpha");
    await page().keyboard.type("$.");
    await frame().getByText("Say it now").waitFor();
    assert.isTrue(await page().evaluate(() => document.activeElement?.closest(".editor-instance") !== null));
    await screenshot(workbench(), "authoring-live");
  });

  it("offers the fields of an answer's kind", async () => {
    await focusEditor(workbench(), "mine.quiz.md");
    await page().keyboard.press("Control+End");
    await page().keyboard.type("\n## next {pts=1}\n\nHow many?\n\n```answer\nkind: number\n");
    await page().keyboard.press("Control+Space");
    await page().locator(".suggest-widget").getByText("magnitude").first().waitFor();
    await screenshot(workbench(), "authoring-completion");
    await page().keyboard.press("Escape");
  });

  it("begins a new bank without a fault, and previews its drill", async () => {
    await runCommand(workbench(), "Forward Pass: New bank of questions");
    await page().locator(".editor-instance .selected-text").first().waitFor();
    await page().keyboard.press("Control+End");
    await runCommand(workbench(), "Forward Pass: Preview question");
    await frame()
      .getByText(/Variant \d+/)
      .waitFor();
    assert.equal(
      await page().locator(".editor-instance .squiggly-error, .editor-instance .squiggly-warning").count(),
      0,
    );
    await screenshot(workbench(), "authoring-new");
  });

  it("stands among the exams, with its faults, and is answered as any other bank", async () => {
    await openFile(workbench(), "mine.quiz.md");
    await page().keyboard.press("Control+s");
    await runCommand(workbench(), "Forward Pass: Focus on Exams View");
    const rows = page().locator(".pane-body .monaco-list-row");
    await rows.getByText("Mine", { exact: true }).click();
    await rows.getByText("A square").waitFor();
    await rows.getByText("The field “value” is missing").waitFor();
    await screenshotInAllThemes(workbench(), "authoring-tree");
    await runCommandThatAsks(workbench(), "Forward Pass: Open question…", "Which question?");
    await quickInput(page()).fill("A square");
    await page().keyboard.press("Enter");
    await frame().getByText("Question 1 of 1").waitFor();
  });

  it("needs nothing that the pages' security policy forbids", () => {
    assert.deepEqual(refused, []);
  });
});
