/** A drill is started from the palette, answered, and drawn again. */
import { assert } from "chai";
import { seriousFaults } from "../vscode/accessibility";
import { scene } from "../vscode/scene";
import { quickInput, reloadWindow, runCommandThatAsks, screenshotInAllThemes, webview } from "../vscode/workbench";

describe("a drill", () => {
  const workbench = scene("drill");
  const page = () => workbench().page;
  const frame = () => webview(workbench());
  const variant = () =>
    frame()
      .getByText(/Variant \d+/)
      .innerText();

  it("is drawn by the palette, and graded by what the engine computes", async () => {
    await runCommandThatAsks(workbench(), "Forward Pass: Start drill…", "What do you want to drill?");
    await quickInput(page()).fill("Parameters of an MLP");
    await page().keyboard.press("Enter");
    await frame()
      .getByText(/Variant \d+/)
      .waitFor();
    const sizes = /layers of (\d+), (\d+) and (\d+) units/.exec(await frame().locator("main").innerText());
    assert.isNotNull(sizes);
    const [a = 0, b = 0, c = 0] = sizes.slice(1).map(Number);
    await frame().locator("input:focus").waitFor();
    await page().keyboard.type(String(a * b + b + b * c + c));
    await page().keyboard.press("Enter");
    await frame().locator(".verdict.right").waitFor();
    assert.deepEqual(await seriousFaults(workbench()), []);
    await screenshotInAllThemes(workbench(), "drill");
  });

  it("gives another variant at request, with the focus in its answer", async () => {
    const before = await variant();
    await frame().getByRole("button", { name: "New variant" }).click();
    await frame().locator(".verdict:empty").waitFor({ state: "attached" });
    assert.notEqual(await variant(), before);
    const input = frame().locator("input[type=text]");
    assert.isTrue(await input.evaluate((node) => node === document.activeElement));
    await input.fill("1");
    await page().keyboard.press("Enter");
    await frame().locator(".verdict.wrong").waitFor();
  });

  it("brings a variant back by its number", async () => {
    const before = await variant();
    const number = /\d+/.exec(before)![0];
    await frame().getByRole("button", { name: "New variant" }).press("Enter");
    await frame().locator(".verdict:empty").waitFor({ state: "attached" });
    await frame().getByRole("button", { name: "Variant by number…" }).press("Enter");
    await quickInput(page()).fill("0");
    await page().getByText("A whole number from 1 to 999999.").waitFor();
    await quickInput(page()).fill(number);
    await page().keyboard.press("Enter");
    await frame().locator(".verdict.wrong").waitFor();
    assert.equal(await variant(), before);
  });

  it("keeps its variant when the window is loaded again", async () => {
    const before = await variant();
    await reloadWindow(workbench());
    await frame().locator(".verdict.wrong").waitFor();
    assert.equal(await variant(), before);
  });
});
