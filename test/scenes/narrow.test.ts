/** Every page of the study in a narrow window: nothing is cut off, in any theme. */
import { assert } from "chai";
import { seriousFaults } from "../vscode/accessibility";
import { scene } from "../vscode/scene";
import { quickInput, runCommand, runCommandThatAsks, screenshotInAllThemes, webview } from "../vscode/workbench";

const day = 24 * 60 * 60 * 1000;
const attempt = (days: number, question: string, fraction: number, more: object = {}): string =>
  JSON.stringify({
    ...{ version: 1, at: new Date(Date.now() - days * day).toISOString(), bank: "training-bugs", question },
    ...{ response: { text: "" }, fraction, points: 2, confidence: "sure", ...more },
  });

const progress = [
  attempt(40, "loss-broadcasts", 0, { part: "mend" }),
  attempt(33, "adam-learning-rate", 0.5, { confidence: "guess" }),
  attempt(20, "training-loop", 1),
  attempt(9, "mlp-parameters", 1, { bank: "drills", variant: 5 }),
  attempt(1, "cross-entropy-input", 0, { response: { chosen: [2] }, confidence: "unsure" }),
].join("\n");

describe("a narrow window", () => {
  const workbench = scene("narrow", { progress: [progress] });
  const page = () => workbench().page;
  const frame = () => webview(workbench());

  before(async () => {
    await runCommand(workbench(), "View: Close Primary Side Bar");
    await page().setViewportSize({ width: 380, height: 1000 });
  });

  /** Takes a command, and what it asks for. */
  const choose = async (command: string, ask: string, answer: string): Promise<void> => {
    await runCommandThatAsks(workbench(), `Forward Pass: ${command}`, ask);
    await quickInput(page()).fill(answer);
    const first = page().locator(".quick-input-list .monaco-list-row.focused");
    await first.filter({ hasText: new RegExp(answer, "i") }).waitFor();
    await page().keyboard.press("Enter");
  };
  const looksWell = async (name: string): Promise<void> => {
    const wide = await frame()
      .locator("html")
      .evaluate((html) => html.scrollWidth - html.clientWidth);
    const cut = await frame().locator("main").evaluate(cutOff);
    await screenshotInAllThemes(workbench(), `narrow-${name}`);
    assert.isAtMost(wide, 0, "nothing sticks out to the right");
    assert.deepEqual(cut, []);
    assert.deepEqual(await seriousFaults(workbench()), []);
  };

  it("shows a question with options and their reasons", async () => {
    await choose("Open question…", "Which question?", "What nn.CrossEntropyLoss is given");
    await frame().getByRole("radio", { name: "A linear layer and nn.ReLU()" }).check();
    await frame().getByRole("button", { name: "Check" }).press("Enter");
    await frame().locator(".verdict.wrong").waitFor();
    await looksWell("question");
  });

  it("shows a drill with its symbols and a hint", async () => {
    await choose("Start drill…", "What do you want to drill?", "Output size of a convolution");
    await frame().getByText(/Variant \d+/).waitFor(); // prettier-ignore
    await frame().getByRole("button", { name: /^Hint/ }).first().press("Enter");
    await looksWell("drill");
  });

  it("shows an exam that is sat, and what it was worth", async () => {
    await choose("Sit a mock exam…", "Which exam do you want to sit?", "foundations");
    await frame().locator(".time").getByText("left").waitFor();
    await looksWell("exam");
    await frame().getByRole("button", { name: "Hand in" }).press("Enter");
    await frame().locator("#sure:focus").press("Enter");
    await frame().getByText("Points by topic").waitFor();
    await looksWell("results");
  });

  it("shows how a hunt stands", async () => {
    await choose("Start bug hunt…", "Which program? Or type the number of a hunt", "6");
    await page().locator('.tab.active[data-resource-name="hunt-6.py"]').waitFor();
    await runCommand(workbench(), "Forward Pass: Hint for bug hunt");
    await frame().getByText("Hint: ").waitFor();
    await runCommand(workbench(), "View: Join All Editor Groups");
    await choose("Open question…", "Which question?", "Lines that a training loop needs");
    await frame().locator("h1").getByText("Lines that a training loop needs").waitFor();
    await page().keyboard.press("Control+PageUp");
    await frame().getByText("Hint: ").waitFor();
    await looksWell("hunt");
  });

  it("shows the progress", async () => {
    await runCommand(workbench(), "Forward Pass: Show progress");
    await frame().getByText("answers so far").waitFor();
    await looksWell("progress");
    await frame().locator("html").evaluate((html) => { html.ownerDocument.defaultView?.scrollTo(0, 900); }); // prettier-ignore
    await looksWell("progress-below");
  });
});

/** Runs in the page: the texts that are wider than the box that they stand in and cannot be scrolled to. */
function cutOff(main: Element): string[] {
  return [...main.querySelectorAll("*")].flatMap((element) => {
    const { overflowX } = getComputedStyle(element);
    if (overflowX !== "hidden" && overflowX !== "clip") return [];
    if (element.clientWidth < 3 || element.scrollWidth <= element.clientWidth + 1) return [];
    return [`${element.tagName}.${element.className}: ${element.textContent.slice(0, 40)}`];
  });
}
