/** Figures in questions: drawn in every theme, named for those who listen, within a narrow page. */
import { assert } from "chai";
import { seriousFaults } from "../vscode/accessibility";
import { scene } from "../vscode/scene";
import { quickInput, runCommandThatAsks, screenshotInAllThemes, webview } from "../vscode/workbench";

describe("a figure", () => {
  const workbench = scene("figure");
  const page = () => workbench().page;
  const frame = () => webview(workbench());

  /** What the browser had to refuse to our pages. */
  const refused: string[] = [];

  before(() => {
    page().on("console", (message) => {
      if (message.text().includes("Content Security Policy")) refused.push(message.text());
    });
  });

  const questions = [
    ["What does this recurrent network compute?", "graph", /unrolled over the steps/],
    ["Two curves part ways", "plot", /Two losses over the time of training/],
    ["How the modes are shared out", "grid", /deeper shades for larger counts/],
  ] as const;

  for (const [title, kind, says] of questions) {
    it(`is drawn in a question: a ${kind}`, async () => {
      await runCommandThatAsks(workbench(), "Forward Pass: Open question…", "Which question?");
      await quickInput(page()).fill(title);
      await page().keyboard.press("Enter");
      await frame().locator("h1").getByText(title).waitFor();
      const picture = frame().getByRole("img", { name: says });
      await picture.waitFor();
      const fits = await picture.evaluate((node) => node.getBoundingClientRect().right <= document.body.clientWidth);
      assert.isTrue(fits, "it is no wider than the page");
      assert.deepEqual(await seriousFaults(workbench()), []);
      await screenshotInAllThemes(workbench(), `figure-${kind}`);
    });
  }

  it("asks nothing of the browser that the page's policy forbids", () => {
    assert.deepEqual(refused, []);
  });
});
