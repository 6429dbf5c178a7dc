/** The sample workspace as a newcomer sees it first. */
import { readdirSync } from "node:fs";
import { assert } from "chai";
import { scene } from "../vscode/scene";
import { openFile, screenshotInAllThemes } from "../vscode/workbench";

describe("the sample workspace", () => {
  const workbench = scene("sample");

  it("opens in the editor, in all themes", async () => {
    const [file] = readdirSync(workbench().folder).filter((name) => name.endsWith(".py"));
    assert.isDefined(file, "test/workspace holds no Python");
    await openFile(workbench(), file);
    await screenshotInAllThemes(workbench(), "sample");
  });
});
