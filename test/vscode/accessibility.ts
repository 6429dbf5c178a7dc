/** Looks at a page of the extension with axe, as an accessibility review does. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { webview, type Workbench } from "./workbench";

const axe = readFileSync(createRequire(__filename).resolve("axe-core/axe.min.js"), "utf8");

/** The serious faults of the visible webview, one line each. */
export async function seriousFaults(workbench: Workbench): Promise<string[]> {
  const body = webview(workbench).locator("body");
  // The page's policy lets no script in, so axe comes by the debugger's way, which no policy concerns.
  await body.evaluate((_body, script) => {
    (0, eval)(script);
  }, axe);
  const { violations } = await body.evaluate(async (element) => {
    const { axe: tool } = globalThis as unknown as { axe: { run: (node: Element) => Promise<AxeResults> } };
    return tool.run(element);
  });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html.slice(0, 120)).join("; ")})`);
}
