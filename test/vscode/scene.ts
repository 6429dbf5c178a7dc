/** The frame of a scene: a workbench that opens before its tests, closes after them, and is pictured when one fails. */
import { openWorkbench, screenshot, type Workbench, type WorkbenchOptions } from "./workbench";

/** To be called inside `describe`; the function that it returns gives the workbench to the tests. */
export function scene(name: string, options?: WorkbenchOptions): () => Workbench {
  let workbench: Workbench | undefined;

  before(async () => {
    workbench = await openWorkbench(name, options);
  });
  afterEach(async function () {
    if (this.currentTest?.state !== "failed" || !workbench) return;
    console.log(`      See ${await screenshot(workbench, `failed-${name}`)}`);
  });
  after(() => workbench?.close());

  return () => {
    if (!workbench) throw new Error("The workbench did not open.");
    return workbench;
  };
}
