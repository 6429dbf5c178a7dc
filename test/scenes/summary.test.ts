/** A model's summary is asked for from the palette, read, and follows the file. */
import { assert } from "chai";
import { seriousFaults } from "../vscode/accessibility";
import { clickText } from "../vscode/editor";
import { scene } from "../vscode/scene";
import { openFile, quickInput, reloadWindow, runCommand, screenshotInAllThemes, webview } from "../vscode/workbench";

const program = `import torch.nn as nn


class Small(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.head = nn.Linear(8 * 6 * 6, 10)

    def forward(self, x):
        return self.head(self.conv(x).flatten(1))
`;

describe("a model's summary", () => {
  const workbench = scene("summary", { files: { "small.py": program } });
  const page = () => workbench().page;
  const frame = () => webview(workbench());
  const rows = () => frame().locator("tbody tr").allInnerTexts();

  it("asks for the model and its input, and refuses a shape that is none", async () => {
    await openFile(workbench(), "small.py");
    await runCommand(workbench(), "Forward Pass: Show summary of a model…");
    await page().getByText("as this file would make it").waitFor();
    assert.equal(await quickInput(page()).inputValue(), "Small()");
    await page().keyboard.press("Enter");
    await page().getByText("The shape of its input").waitFor();
    await page().keyboard.type("1,3,?,8");
    await page().getByText("is no shape").waitFor();
    await quickInput(page()).fill("1,3,8,8");
    await page().keyboard.press("Enter");
    await frame().locator("h1").getByText("Small()").waitFor();
  });

  it("shows each module with its output and its parameters", async () => {
    const [, conv, head] = await rows();
    assert.match(conv ?? "", /conv\s+Conv2d\s+\(1, 8, 6, 6\)\s+224\s+7,776\s+3×3/);
    assert.match(head ?? "", /head\s+Linear\s+\(1, 10\)\s+2,890\s+2,880/);
    assert.match(await frame().locator(".totals").innerText(), /^3,114 parameters.*10,656 multiply-adds/);
    assert.deepEqual(await seriousFaults(workbench()), []);
    await screenshotInAllThemes(workbench(), "summary");
  });

  it("follows the file", async () => {
    await clickText(workbench(), "nn.Conv2d");
    await page().keyboard.press("Home");
    await page().keyboard.type("self.more = nn.Linear(2, 3)\n");
    await frame().locator("tbody tr", { hasText: "more" }).waitFor();
    await frame().locator(".totals").getByText("3,123 parameters").waitFor();
    await page().keyboard.press("Control+s");
    await page().locator(".tab.active:not(.dirty)").first().waitFor();
  });

  it("comes back when the window is loaded again", async () => {
    await reloadWindow(workbench());
    await frame().locator("tbody tr", { hasText: "more" }).waitFor();
  });
});
