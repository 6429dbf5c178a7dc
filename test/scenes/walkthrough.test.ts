/** The walkthrough that a newcomer finds on the welcome page. */
import { scene } from "../vscode/scene";
import { chooseQuickly, runCommand, screenshotInAllThemes } from "../vscode/workbench";

describe("the walkthrough", () => {
  const workbench = scene("walkthrough");
  const page = () => workbench().page;

  it("opens and shows its steps", async () => {
    await runCommand(workbench(), "Welcome: Open Walkthrough...");
    await chooseQuickly(page(), "Get started with Forward Pass");
    const steps = [
      "See the shapes",
      "Find what keeps a network from learning",
      "Practise for the exam",
      "Sit a mock exam",
      "Hunt bugs",
    ];
    for (const step of steps) {
      await page().locator(".getting-started-step", { hasText: step }).waitFor();
    }
    await screenshotInAllThemes(workbench(), "walkthrough");
  });
});
