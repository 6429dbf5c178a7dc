/** A student sees a finding in the editor, mends it by the lamp, and reads why. */
import { assert } from "chai";
import { seriousFaults } from "../vscode/accessibility";
import { themes, type Theme } from "../vscode/profile";
import { scene } from "../vscode/scene";
import { clickText, hover, waitForSquiggles } from "../vscode/editor";
import { openFile, reloadWindow, runCommand, screenshot, setTheme, webview } from "../vscode/workbench";

const program = `import torch
import torch.nn as nn

model = nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
optimizer = torch.optim.Adam(model.parameters(), lr=0.1)

images = torch.randn(32, 1, 28, 28)
logits = model(images)
`;

describe("a finding", () => {
  const workbench = scene("findings", { files: { "train.py": program } });
  const page = () => workbench().page;
  const frame = () => webview(workbench());

  it("underlines its line, with the reason in the hover", async () => {
    await openFile(workbench(), "train.py");
    const [finding] = await waitForSquiggles(workbench(), 1);
    assert.include(finding?.line, "lr=0.1");
    const words = await hover(workbench(), "0.1");
    assert.include(words, "Forward Pass");
    assert.include(words, "learning rate");
    await screenshot(workbench(), "finding-hover");
  });

  it("opens its explanation by the link in the hover", async () => {
    await hover(workbench(), "0.1");
    await page().locator(".monaco-hover:not(.hidden) a.code-link").click();
    await frame().locator("h1").waitFor();
    await frame().locator(".katex").first().waitFor();
    await page().mouse.move(0, 0);
    for (const theme of Object.keys(themes) as Theme[]) {
      await setTheme(workbench(), theme);
      await screenshot(workbench(), `explanation-${theme}`);
      assert.deepEqual(await seriousFaults(workbench()), [], theme);
    }
  });

  it("keeps the explanation when the window is loaded again", async () => {
    await reloadWindow(workbench());
    await frame().getByRole("heading", { name: "Why it is wrong" }).waitFor();
    await frame().locator(".katex").first().waitFor();
  });

  it("leads from the explanation to the question that teaches it, and back", async () => {
    await frame().getByRole("button", { name: "Question: Adam with a learning rate of 0.1" }).click();
    await frame().locator("h1").getByText("Adam with a learning rate of 0.1").waitFor();
    await page().mouse.move(0, 0);
    await screenshot(workbench(), "explanation-to-question");
    await frame().getByRole("button", { name: "Adam's learning rate is far out of range" }).click();
    await frame().getByRole("heading", { name: "Why it is wrong" }).waitFor();
  });

  it("says what a layer does when the pointer rests on it", async () => {
    await runCommand(workbench(), "View: Close All Editors");
    await openFile(workbench(), "train.py");
    assert.match(await hover(workbench(), "Linear"), /784.*256.*200,960/s);
    await screenshot(workbench(), "hover");
  });

  it("is mended by the lamp", async () => {
    await waitForSquiggles(workbench(), 1);
    await clickText(workbench(), "lr=0.1");
    await page().keyboard.press("Control+.");
    const menu = page().locator(".action-widget");
    await menu.getByText("Explain ").waitFor();
    await menu.getByText("Ignore ").waitFor();
    await screenshot(workbench(), "lamp");
    await page().keyboard.press("Enter");
    await page().waitForFunction(() => !document.querySelector(".view-overlays [class*=squiggly-]"));
    assert.equal(await page().locator(".view-line", { hasText: "lr=0.1" }).count(), 0);
  });
});
