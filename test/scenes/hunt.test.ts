/** A bug hunt by keyboard: started by its number, mended by typing, checked; another one with a hint, and given up. */
import { assert } from "chai";
import { createHunts } from "../../src/core/exam/hunt/hunt";
import { loadPythonParser } from "../unit/support/parser";
import { seriousFaults } from "../vscode/accessibility";
import { squiggles, writeEditor } from "../vscode/editor";
import { scene } from "../vscode/scene";
import {
  quickInput,
  reloadWindow,
  runCommand,
  runCommandThatAsks,
  screenshot,
  screenshotInAllThemes,
  webview,
} from "../vscode/workbench";

describe("a bug hunt", function () {
  const workbench = scene("hunt");
  const page = () => workbench().page;
  const frame = () => webview(workbench());
  let single = 0;
  let planted = "";
  let several = 0;

  /** Which numbers hold which bugs depends on the rules that the product has. */
  before(async function () {
    this.timeout(120_000);
    const hunts = createHunts(await loadPythonParser());
    let solved = "";
    for (let number = 1; single === 0; number++) {
      const { program, bugs, planted: text } = hunts.draw(number);
      if (bugs.map(({ bug }) => bug.mutation.id).join() !== "adam-rate") continue;
      single = number;
      planted = text.text;
      solved = program.id;
    }
    // Of another program: giving this one up must not touch that one's mark.
    for (let number = 1; several === 0; number++) {
      const { program, bugs } = hunts.draw(number);
      if (bugs.length > 1 && program.id !== solved) several = number;
    }
  });

  const start = async (number: number): Promise<void> => {
    await runCommandThatAsks(
      workbench(),
      "Forward Pass: Start bug hunt…",
      "Which program? Or type the number of a hunt",
    );
    await quickInput(page()).fill(String(number));
    await page()
      .locator(".quick-input-list .monaco-list-row", { hasText: `Hunt number ${number}` })
      .waitFor();
    await page().keyboard.press("Enter");
    await page().locator(`.tab.active[data-resource-name="hunt-${number}.py"]`).waitFor();
    await page()
      .locator(".view-line", { hasText: `Bug hunt ${number}` })
      .waitFor();
  };
  const verdict = (words: string | RegExp) => frame().locator(".verdict").getByText(words).waitFor();

  it("opens by its number, with what can be done above it and no finding given away", async () => {
    await start(single);
    for (const title of ["Check", "Hint (−10 %)", "Give up"])
      await page().locator(".codelens-decoration a", { hasText: title }).waitFor();
    // Long enough for findings to show where there are any.
    await page().waitForTimeout(1500);
    assert.isEmpty(await squiggles(workbench()));
    await screenshotInAllThemes(workbench(), "hunt");
  });

  it("explains no finding as long as it is hunted", async () => {
    await page().keyboard.press("Control+1");
    await runCommand(workbench(), "Forward Pass: Explain finding…");
    await page().locator(".notifications-toasts").getByText("is told when the hunt is over").waitFor();
  });

  it("says what is left, and does not name it", async () => {
    await runCommand(workbench(), "Forward Pass: Check bug hunt");
    await verdict("0 of 1 mended. As it stands: 0 %.");
    assert.notInclude(await frame().locator("main").innerText(), "Adam");
    assert.deepEqual(await seriousFaults(workbench()), []);
    await screenshot(workbench(), "hunt-checked");
  });

  it("is solved by typing", async () => {
    assert.include(planted, "lr=0.1");
    await writeEditor(workbench(), `hunt-${single}.py`, planted.replaceAll("lr=0.1", "lr=0.001"));
    await runCommand(workbench(), "Forward Pass: Check bug hunt");
    await verdict("Solved: 100 %.");
    await frame().getByText("Mended: Adam").waitFor();
    assert.deepEqual(await seriousFaults(workbench()), []);
    await screenshotInAllThemes(workbench(), "hunt-solved");
  });

  it("leads to the explanation and shows the differences", async () => {
    await frame().getByRole("button", { name: "Show the differences" }).click();
    await page().locator(".monaco-diff-editor .view-line").first().waitFor();
    await screenshot(workbench(), "hunt-differences");
  });

  it("gives hints for points, keeps them over a reload, and tells everything when it is given up", async () => {
    await runCommand(workbench(), "View: Close All Editors");
    await start(several);
    await runCommand(workbench(), "Forward Pass: Hint for bug hunt");
    await frame().getByText("Hint: ").waitFor();
    await screenshot(workbench(), "hunt-hint");
    await reloadWindow(workbench());
    await frame().getByText("Hint: ").waitFor();
    await verdict(/after 1 hint/);
    await page().keyboard.press("Control+1");
    await page().locator(".codelens-decoration a", { hasText: "Give up" }).waitFor();
    assert.isEmpty(await squiggles(workbench()));
    await runCommand(workbench(), "Forward Pass: Give up bug hunt");
    await page().locator(".monaco-dialog-box").waitFor();
    await screenshot(workbench(), "hunt-give-up");
    await page().keyboard.press("Enter");
    await verdict("Given up: 0 % after 1 hint.");
    await page().locator(".monaco-diff-editor .view-line").first().waitFor();
    assert.deepEqual(await seriousFaults(workbench()), []);
    await screenshotInAllThemes(workbench(), "hunt-given-up");
  });

  it("stands among the exams", async () => {
    await runCommand(workbench(), "View: Show Forward Pass");
    const row = page().locator(".tree-explorer-viewlet-tree-view .monaco-list-row", { hasText: "Bug hunts" });
    await row.scrollIntoViewIfNeeded();
    await row.click();
    await page().getByRole("treeitem", { name: "Bug hunts, 1 of 8 solved" }).waitFor();
    await screenshot(workbench(), "hunt-tree");
  });
});
