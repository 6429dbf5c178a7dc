/** A mock exam is sat by the keyboard: answered, flagged, paused, left and found again, handed in and looked through. */
import { assert } from "chai";
import { seriousFaults } from "../vscode/accessibility";
import { scene } from "../vscode/scene";
import { quickInput, reloadWindow, runCommandThatAsks, screenshotInAllThemes, webview } from "../vscode/workbench";

describe("a mock exam", () => {
  const workbench = scene("mockExam");
  const page = () => workbench().page;
  const frame = () => webview(workbench());
  const entry = (number: number) => frame().locator(`#entry-${number - 1}`);

  it("is begun from the palette, with the clock running", async () => {
    await runCommandThatAsks(workbench(), "Forward Pass: Sit a mock exam…", "Which exam do you want to sit?");
    await quickInput(page()).fill("foundations");
    await page().keyboard.press("Enter");
    await frame().locator(".time").getByText("left").waitFor();
    await frame().locator("textarea:focus, input:focus").waitFor();
  });

  it("keeps what is typed, and grades nothing", async () => {
    await page().keyboard.type("Layers of affine maps with a nonlinear function between them.");
    await entry(1).and(frame().locator(".all")).waitFor();
    await frame().getByRole("button", { name: "Flag for later" }).press("Enter");
    await frame().getByRole("button", { name: "Take the flag off" }).waitFor();
    await entry(3).press("Enter");
    await frame().locator("input:focus").waitFor();
    await page().keyboard.type("theta - eta * grad");
    await frame().locator(".reading .katex").first().waitFor();
    await entry(3).and(frame().locator(".all")).waitFor();
    assert.equal(await frame().locator(".verdict:not(:empty)").count(), 0);
    assert.deepEqual(await seriousFaults(workbench()), []);
    await screenshotInAllThemes(workbench(), "mock-exam");
  });

  it("says of which answer it is not sure how it is meant", async () => {
    await entry(11).press("Enter");
    await frame().locator("input:focus").waitFor();
    await page().keyboard.type("2,5e7");
    await frame().getByText("Did you mean").waitFor();
    await entry(11).and(frame().locator(".unclear")).waitFor();
  });

  it("hides the questions in a pause, and is there again after the window was loaded anew", async () => {
    await frame().getByRole("button", { name: "Pause" }).press("Enter");
    await frame().getByText("The clock stands still.").waitFor();
    assert.equal(await frame().locator("textarea, input").count(), 0);
    await reloadWindow(workbench());
    await frame().getByText("The clock stands still.").waitFor();
    await frame().getByRole("button", { name: "Go on" }).press("Enter");
    await entry(1).and(frame().locator(".flagged")).waitFor();
    await entry(3).press("Enter");
    await frame().locator("input:focus").waitFor();
    assert.equal(await frame().locator("input[type=text]").first().inputValue(), "theta - eta * grad");
  });

  it("gives marks after it was handed in, and asks for what only a person can judge", async () => {
    await frame().getByRole("button", { name: "Hand in" }).press("Enter");
    await frame().locator("#sure:focus").getByText("not fully answered and 1 not understood").press("Enter");
    await frame().getByText("Points by topic").waitFor();
    await frame().getByText("2 questions want your own judgement").waitFor();
    assert.deepEqual(await seriousFaults(workbench()), []);
    await screenshotInAllThemes(workbench(), "mock-exam-results");
    await entry(1).press("Enter");
    await frame().locator(".rubric input").first().check();
    await frame().getByRole("button", { name: "Count my points" }).press("Enter");
    await entry(1).and(frame().locator(".partly")).waitFor();
    await entry(2).and(frame().locator(".blank")).waitFor();
    await entry(10).press("Enter");
    await frame().getByRole("heading", { name: "10. Why convolutions" }).waitFor();
    await frame().getByRole("button", { name: "Next to look at" }).press("Enter");
    await frame().getByText("This could not be read for certain").waitFor();
    await frame().locator(".rubric input").first().check();
    await frame().getByRole("button", { name: "Count my points" }).press("Enter");
    await entry(11).and(frame().locator(".right, .partly")).waitFor();
  });
});
