/** A mock exam that asks for a program: opened from the exam's page, mended in the editor, judged when it is handed in. */
import { assert } from "chai";
import { seriousFaults } from "../vscode/accessibility";
import { squiggles, writeEditor } from "../vscode/editor";
import { scene } from "../vscode/scene";
import {
  notifications,
  quickInput,
  reloadWindow,
  runCommand,
  runCommandThatAsks,
  screenshot,
  screenshotInAllThemes,
  webview,
} from "../vscode/workbench";

const program = (rate: string, activation: string): string => `import torch
from torch import nn

model = nn.Sequential(nn.Linear(784, 100), nn.${activation}(), nn.Linear(100, 10), nn.Tanh())
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=${rate})
loss = criterion(model(torch.randn(32, 784)), torch.randint(0, 10, (32,)))
`;
const indented = (text: string): string => text.replace(/^(?=.)/gm, "  ");

const bank = `---
id: practical
title: Practical
minutes: 30
---

## steps Steps {pts=1}
In which order? Type the letters.

- **a**: backward pass
- **b**: forward pass
- **c**: update

\`\`\`answer
kind: ordering
value: b a c
\`\`\`
\`\`\`solution
Forward, backward, update.
\`\`\`

## mend A rate to mend {pts=4}
Mend the rate.

\`\`\`answer
kind: code
rules: [adam-learning-rate-too-high]
program: |
${indented(program("0.1", "ReLU"))}mended: |
${indented(program("0.001", "ReLU"))}\`\`\`
\`\`\`solution
A thousandth.
\`\`\`
`;

describe("a mock exam with a program", () => {
  const workbench = scene("examProgram", { files: { "practical.quiz.md": bank } });
  const page = () => workbench().page;
  const frame = () => webview(workbench());
  const entry = (number: number) => frame().locator(`#entry-${number - 1}`);
  let steps = "";

  it("opens the program from the page of the exam", async () => {
    await runCommandThatAsks(workbench(), "Forward Pass: Sit a mock exam…", "Which exam do you want to sit?");
    await quickInput(page()).fill("Practical");
    await page().keyboard.press("Enter");
    await frame().locator("input:focus").waitFor();
    steps = await frame().getByRole("listitem").filter({ hasText: "pass" }).allInnerTexts().then((texts) => texts.join()); // prettier-ignore
    assert.include(steps, "backward pass");
    await page().keyboard.type("b a c");
    await entry(1).and(frame().locator(".all")).waitFor();
    await entry(2).press("Enter");
    const open = frame().getByRole("button", { name: "Open in the editor" });
    await open.waitFor();
    assert.deepEqual(await seriousFaults(workbench()), []);
    await open.press("Enter");
    await page().locator('.tab.active[data-resource-name="answer.py"]').waitFor();
    await page().locator(".view-line", { hasText: "lr=0.1" }).waitFor();
  });

  it("gives no finding away, and judges nothing before the end", async () => {
    await page().locator(".codelens-decoration a", { hasText: "Start over" }).waitFor();
    assert.equal(await page().locator(".codelens-decoration a", { hasText: "Check" }).count(), 0);
    // Long enough for findings to show where there are any.
    await page().waitForTimeout(1500);
    assert.isEmpty(await squiggles(workbench()));
    await writeEditor(workbench(), "answer.py", program("0.001", "ReLU"));
    await runCommand(workbench(), "Forward Pass: Check program of a question");
    await page().locator(".notifications-toasts").getByText("It is judged when you hand in the exam.").waitFor();
    assert.equal(await frame().locator(".verdict:not(:empty)").count(), 0);
    await screenshotInAllThemes(workbench(), "exam-program");
  });

  it("has the program, the answers and the order of the steps after a reload", async () => {
    await page().keyboard.press("Control+s");
    await page().locator('.tab.active:not(.dirty)[data-resource-name="answer.py"]').waitFor();
    await reloadWindow(workbench());
    await page().locator(".view-line", { hasText: "lr=0.001" }).waitFor();
    await frame().getByRole("button", { name: "Go on" }).press("Enter");
    await entry(2).and(frame().locator(".all")).waitFor();
    await entry(1).press("Enter");
    await frame().locator("input:focus").waitFor();
    assert.equal(await frame().locator("input[type=text]").first().inputValue(), "b a c");
    const again = await frame().getByRole("listitem").filter({ hasText: "pass" }).allInnerTexts();
    assert.equal(again.join(), steps);
  });

  it("gives the points when it is handed in", async () => {
    await frame().getByRole("button", { name: "Hand in" }).press("Enter");
    await frame().getByRole("heading", { name: "5 of 5 points" }).waitFor();
    await entry(2).and(frame().locator(".right")).press("Enter");
    await frame().locator(".verdict.right").waitFor();
    assert.deepEqual(await seriousFaults(workbench()), []);
    await screenshot(workbench(), "exam-program-results");
    assert.isEmpty(await notifications(workbench()));
  });
});
