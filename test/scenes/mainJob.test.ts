/** The main job in one go: a student sees why the sample does not learn, opens the question behind it, and is graded. */
import { assert } from "chai";
import { clickText, hover, waitForSquiggles } from "../vscode/editor";
import { themes, type Theme } from "../vscode/profile";
import { scene } from "../vscode/scene";
import { openFile, screenshot, setTheme, webview } from "../vscode/workbench";

describe("the sample that does not learn", () => {
  const workbench = scene("main-job");
  const page = () => workbench().page;
  const frame = () => webview(workbench());

  it("has its three mistakes underlined", async () => {
    await page().setViewportSize({ width: 1440, height: 1080 });
    await openFile(workbench(), "photo_mlp.py");
    const lines = (await waitForSquiggles(workbench(), 3)).map(({ line }) => line);
    for (const words of ["nn.Tanh()", "std=0.01", "lr=0.1"]) assert.include(lines.join("\n"), words);
    assert.lengthOf(lines, 3);
  });

  it("shows what a layer does in the hover", async () => {
    for (const theme of Object.keys(themes) as Theme[]) {
      await setTheme(workbench(), theme);
      assert.match(await hover(workbench(), "nn.Linear(512"), /512.*256.*131,328/s);
      await screenshot(workbench(), `hover-${theme}`);
      await page().mouse.move(0, 0);
    }
  });

  it("explains a mistake from the lamp", async () => {
    await setTheme(workbench(), "light");
    await clickText(workbench(), "lr=0.1");
    await page().keyboard.press("Control+.");
    await page().locator(".action-widget").getByText("Explain ").waitFor();
    await screenshot(workbench(), "lamp");
    await page().keyboard.press("ArrowDown");
    await page().keyboard.press("Enter");
    await frame().getByRole("heading", { name: "Why it is wrong" }).waitFor();
    for (const theme of Object.keys(themes) as Theme[]) {
      await setTheme(workbench(), theme);
      await screenshot(workbench(), `main-job-${theme}`);
    }
  });

  it("leads to the question that teaches it, which is answered by the keyboard", async () => {
    const question = frame().getByRole("button", { name: "Question: Adam with a learning rate of 0.1" });
    await question.focus();
    await page().keyboard.press("Enter");
    await frame().locator("h1").getByText("Adam with a learning rate of 0.1").waitFor();
    await frame().locator("input:focus").waitFor();
    // Options stand in another order each time.
    await frame().getByRole("radio", { name: "Adam divides by the size of the gradient" }).focus();
    await page().keyboard.press("Space");
    await page().keyboard.press("Enter");
    await frame().locator(".verdict.right").waitFor();
    await frame().getByText("0.5 of 2 points so far").waitFor();
  });
});
