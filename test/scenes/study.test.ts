/** Studying from end to end, by the keyboard alone: an exam failed in two places, what comes back, the chart, an own bank. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import type { Locator } from "playwright-core";
import { seriousFaults } from "../vscode/accessibility";
import { writeEditor } from "../vscode/editor";
import { scene } from "../vscode/scene";
import {
  progressFolder,
  quickInput,
  quickPick,
  reloadWindow,
  screenshot,
  screenshotInAllThemes,
  webview,
} from "../vscode/workbench";

const exam = `---
id: warm-up
title: Warm-up
minutes: 20
symbols:
  x: real
---

## slope A slope {pts=1 topics=gradients}

What is the derivative of $x^2$?

\`\`\`answer
kind: formula
value: 2*x
\`\`\`

\`\`\`solution
The exponent comes down: $2x$.
\`\`\`

## weights Weights of a layer {pts=2 topics=parameters}

How many weights and biases has a linear layer from 10 to 5 features?

\`\`\`answer
kind: count
value: 55
\`\`\`

\`\`\`solution
$10 \\cdot 5 + 5 = 55$.
\`\`\`

## batch A shape {pts=1 topics=shapes}

A linear layer from 10 to 5 features gets a batch of 8 rows. What is the shape of its output?

\`\`\`answer
kind: shape
value: 8x5
\`\`\`

\`\`\`solution
The batch stays: $(8, 5)$.
\`\`\`
`;

describe("a week of study", () => {
  const workbench = scene("study", { files: { "warm-up.quiz.md": exam } });
  const page = () => workbench().page;
  const frame = () => webview(workbench());
  const named = (name: string | RegExp) => frame().getByRole("button", { name });

  /** Runs a command as a person does who has no mouse. */
  const command = async (title: string): Promise<void> => {
    await page().keyboard.press("F1");
    // A page hands the key on: what is typed before the palette is there stays in the page.
    await quickInput(page()).and(page().locator(":focus")).waitFor();
    await page().keyboard.type(title);
    await quickPick(page(), title).and(page().locator(".focused")).waitFor();
    await page().keyboard.press("Enter");
  };
  /** Goes to something on the page with the tabulator, which must lead there. */
  const tabTo = async (target: Locator, key = "Tab"): Promise<void> => {
    const hasFocus = (): Promise<boolean> => target.evaluate((node) => node === node.ownerDocument.activeElement);
    await target.waitFor();
    for (let step = 0; step < 60; step++) {
      if (await hasFocus()) return;
      await page().keyboard.press(key);
    }
    assert.fail(`The tabulator does not lead to ${String(target)}`);
  };
  const press = async (target: Locator): Promise<void> => {
    await tabTo(target);
    await page().keyboard.press("Enter");
  };
  /** A narrow window, without the side bar. */
  const narrow = async (name: string): Promise<void> => {
    await page().setViewportSize({ width: 480, height: 900 });
    if (await page().locator(".part.sidebar").isVisible()) await command("View: Close Primary Side Bar");
    const body = frame().locator("html");
    const wide = await body.evaluate((html) => html.scrollWidth - html.clientWidth);
    await screenshot(workbench(), name);
    await page().setViewportSize({ width: 1280, height: 800 });
    assert.isAtMost(wide, 0, "nothing sticks out to the right");
  };

  it("begins with a mock exam", async () => {
    await command("Forward Pass: Sit a mock exam…");
    await page().getByPlaceholder("Which exam do you want to sit?").waitFor();
    await page().keyboard.type("Warm");
    await quickPick(page(), "Warm-up").and(page().locator(".focused")).waitFor();
    await screenshot(workbench(), "study-choose");
    await page().keyboard.press("Enter");
    await frame().locator("input:focus").waitFor();
    await page().keyboard.type("x/2");
    await frame().locator(".reading .katex").first().waitFor();
    await press(named("Next question"));
    await frame().locator("h2", { hasText: "2. " }).waitFor();
    await frame().locator("input:focus").waitFor();
    await page().keyboard.type("50");
    await press(named("Next question"));
    await frame().locator("h2", { hasText: "3. " }).waitFor();
    await frame().locator("input:focus").waitFor();
    await page().keyboard.type("(8, 5)");
    await frame().locator("#entry-2.all").waitFor();
    assert.deepEqual(await seriousFaults(workbench()), []);
    await screenshotInAllThemes(workbench(), "study-exam");
    await narrow("study-exam-narrow");
  });

  it("fails two questions of it", async () => {
    await frame().locator("input").press("Control+End");
    await press(named("Hand in"));
    await frame().getByRole("heading", { name: "1 of 4 points" }).waitFor();
    await frame().locator("#entry-0.wrong").waitFor();
    await frame().locator("#entry-1.wrong").waitFor();
    await frame().locator("#entry-2.right").waitFor();
    assert.deepEqual(await seriousFaults(workbench()), []);
    await screenshotInAllThemes(workbench(), "study-results");
    await narrow("study-results-narrow");
  });

  it("sees them come due when their time has come", async () => {
    const folder = progressFolder("study");
    const files = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
    const hourAgo = new Date(Date.now() - 60 * 60 * 1000).toISOString();
    let answers = 0;
    for (const name of files) {
      const text = readFileSync(join(folder, name), "utf8");
      const earlier = text.replace(/"at":"[^"]*"/g, () => (answers++, `"at":"${hourAgo}"`));
      writeFileSync(join(folder, name), earlier);
    }
    assert.equal(answers, 3);
    await command("View: Close All Editors");
    await command("View: Show Explorer");
    await reloadWindow(workbench());
    await page().getByRole("button", { name: "2 questions due" }).waitFor();
    await command("Forward Pass: Focus on Exams View");
    await page().getByRole("treeitem", { name: "2 questions due now" }).waitFor();
    // The view was built by the first command; the second one finds rows to put the focus on.
    await command("Forward Pass: Focus on Exams View");
    await page().locator(".pane-body .monaco-list:focus").first().waitFor({ timeout: 5000 });
    await page().keyboard.press("Home");
    // While the view is filled anew a key is lost; on an open row this one only goes down.
    const slope = page().getByRole("treeitem", { name: "A slope, due" });
    for (let tries = 0; tries < 10 && !(await slope.isVisible()); tries++) {
      await page().keyboard.press("Home");
      await page().keyboard.press("ArrowRight");
      await page().waitForTimeout(500);
    }
    await slope.waitFor();
    assert.equal(await page().getByRole("treeitem", { name: /, due / }).count(), 2); // prettier-ignore
    await screenshotInAllThemes(workbench(), "study-due");
  });

  it("answers one of them, and finds the other behind it", async () => {
    await command("Forward Pass: Answer what is due");
    await frame().locator("h1").waitFor();
    const isSlope = (await frame().locator("h1").innerText()) === "A slope";
    const input = frame().locator("input[type=text]").first();
    await tabTo(input);
    assert.equal(await input.inputValue(), "", "the answer of the exam is not shown");
    await page().keyboard.type(isSlope ? "2x" : "55");
    await page().keyboard.press("Enter");
    await frame().locator(".verdict.right").waitFor();
    assert.deepEqual(await seriousFaults(workbench()), []);
    await screenshotInAllThemes(workbench(), "study-answered");
    await narrow("study-answered-narrow");
    await page().getByRole("button", { name: "1 question due" }).waitFor();
    await press(named(/Next due question/));
    await frame()
      .locator("h1")
      .getByText(isSlope ? "Weights of a layer" : "A slope")
      .waitFor();
  });

  it("reads the chart", async () => {
    await command("Forward Pass: Show progress");
    await frame().getByText("4 answers so far; 1 question is due.").waitFor();
    await press(frame().locator("summary").first());
    const table = frame().getByRole("region", { name: "Points by topic, as a table" });
    await table.getByRole("row", { name: /^shapes 1 of 1 100 %/ }).waitFor();
    assert.deepEqual(await seriousFaults(workbench()), []);
    await screenshotInAllThemes(workbench(), "study-progress");
    await narrow("study-progress-narrow");
  });

  it("writes a question with a mistake in it", async () => {
    await command("Forward Pass: New bank of questions");
    await page().locator(".editor-instance .monaco-editor.focused .selected-text").first().waitFor();
    own = (await page().locator(".tab.active").getAttribute("data-resource-name")) ?? "";
    await writeEditor(workbench(), own, ownBank("x*3"));
    await page().locator(".squiggly-error").first().waitFor();
    await page().keyboard.press("F8");
    await page().getByText("“x*3” is not equal to the value.").first().waitFor();
    await screenshotInAllThemes(workbench(), "study-mistake");
    await page().keyboard.press("Escape");
  });

  it("mends it, and sees the question beside as a student would", async () => {
    await writeEditor(workbench(), own, ownBank("x*2"));
    await page().locator(".squiggly-error").first().waitFor({ state: "detached" });
    await command("Forward Pass: Preview question");
    await frame().locator("h1").getByText("Twice as much").waitFor();
    assert.deepEqual(await seriousFaults(workbench()), []);
    await screenshotInAllThemes(workbench(), "study-preview");
  });
});

/** The name of the new bank's tab. */
let own = "";

const ownBank = (accepted: string): string => `---
id: my-own
title: My own
symbols:
  x: real
---

## double Twice as much {pts=1 topics=losses}

What is $x + x$?

\`\`\`answer
kind: formula
value: 2*x
accept: ['${accepted}']
\`\`\`

\`\`\`solution
It is $2x$.
\`\`\`
`;
