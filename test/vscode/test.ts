/** `npm test [PART…]`: runs all parts, or those that are named, and ends in one line with the total. */
import { findBrowser } from "./browser";
import { runChecks } from "./checks";
import { runInNodeHost, runInWebHost, runPackaged } from "./hosts";
import { runMochaPart } from "./mochaPart";
import { installServer } from "./server";
import { add, describeTally, failure, nothing, type Tally } from "./tally";

const minutes = 60_000;

interface Part {
  readonly title: string;
  readonly run: () => Promise<Tally>;
  /** Whether it needs the VS Code server and a browser. */
  readonly vscode?: true;
}

const parts: Record<string, Part> = {
  checks: { title: "Types, lint and format", run: runChecks },
  unit: {
    title: "Unit tests",
    run: () => runMochaPart({ folder: "unit", reporter: "dot", timeout: 60_000, limit: 15 * minutes }),
  },
  node: { title: "VS Code, extension host of Node", run: runInNodeHost, vscode: true },
  web: { title: "VS Code, extension host of the web", run: runInWebHost, vscode: true },
  scenes: {
    title: "VS Code, as a person uses it",
    run: () => runMochaPart({ folder: "scenes", reporter: "spec", timeout: 60_000, limit: 10 * minutes, takes: 2 }),
    vscode: true,
  },
  packaged: { title: "VS Code, the package installed", run: runPackaged, vscode: true },
};

async function main(names: readonly string[]): Promise<Tally> {
  const unknown = names.filter((name) => !(name in parts));
  if (unknown.length > 0) throw new Error(`No part ${unknown.join(", ")}; there are ${Object.keys(parts).join(", ")}.`);
  const chosen = Object.entries(parts).filter(([name]) => names.length === 0 || names.includes(name));
  // Downloads wait for the network, checks and unit tests for the processor: side by side.
  const tools = chosen.some(([, { vscode }]) => vscode) ? Promise.all([installServer(), findBrowser()]) : undefined;
  tools?.catch(() => undefined); // Reported where the tools are needed.
  let total = nothing;
  for (const [, part] of chosen) total = add(total, await runPart(part, tools));
  return total;
}

async function runPart({ title, run, vscode }: Part, tools: Promise<unknown> | undefined): Promise<Tally> {
  console.log(`\n${title}`);
  const start = performance.now();
  try {
    if (vscode) await tools;
    const tally = await run();
    console.log(`  ${describeTally(tally)} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
    return tally;
  } catch (error) {
    console.log(`  ✘ ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return failure(title);
  }
}

main(process.argv.slice(3)).then(
  (total) => {
    if (total.failures.length > 0)
      console.log(`\nWhat failed:\n${total.failures.map((name) => `  ✘ ${name}`).join("\n")}`);
    console.log(`\n${describeTally(total)}`);
    process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    console.log("0 passed, 1 failed");
    process.exit(1);
  },
);
