/** The checks that need no running program: types, lint, format. Each counts as one test. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./places";
import { add, failure, nothing, type Tally } from "./tally";

const checks: Record<string, readonly string[]> = {
  types: ["node_modules/typescript/bin/tsc", "--build"],
  lint: ["node_modules/eslint/bin/eslint.js", "--max-warnings=0", "src/**/*.ts", "test/**/*.ts"],
  format: ["node_modules/prettier/bin/prettier.cjs", "--check", "--log-level=warn", "."],
};

/** Runs all checks side by side. */
export async function runChecks(): Promise<Tally> {
  const tallies = await Promise.all(Object.entries(checks).map(([name, command]) => runCheck(name, command)));
  return tallies.reduce(add, nothing);
}

async function runCheck(name: string, [program = "", ...args]: readonly string[]): Promise<Tally> {
  const child = spawn(process.execPath, [join(root, program), ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += text.toString()));
  const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
  console.log(status === 0 ? `  ✔ ${name}` : `  ✘ ${name}\n${output}`);
  return status === 0 ? { ...nothing, passed: 1 } : failure(name);
}
