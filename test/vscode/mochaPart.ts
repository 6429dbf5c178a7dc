/** Runs built test files with mocha in a process of its own: a test that hangs or crashes cannot take the others along. */
import { fork } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./places";
import { nothing, type Tally } from "./tally";

export interface MochaPart {
  /** The folder under out/test with the built test files. */
  readonly folder: string;
  /** mocha's reporter: "dot" for many quick tests, "spec" for few slow ones. */
  readonly reporter: "dot" | "spec";
  /** Milliseconds for one test. */
  readonly timeout: number;
  /** Milliseconds for all of them. */
  readonly limit: number;
}

export async function runMochaPart({ folder, reporter, timeout, limit }: MochaPart): Promise<Tally> {
  const place = join(root, "out/test", folder);
  const files = readdirSync(place, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.js"))
    .sort()
    .map((name) => join(place, name));
  const child = fork(join(root, "out/test/vscode/mochaChild.js"), [reporter, String(timeout), ...files], {
    execArgv: ["--enable-source-maps"],
  });
  let tally: Tally | undefined;
  child.on("message", (message) => (tally = message as Tally));
  const hanging = setTimeout(() => {
    console.log(`  ✘ ${folder}: not finished after ${limit / 1000} s`);
    child.kill();
    setTimeout(() => child.kill("SIGKILL"), 5000).unref();
  }, limit);
  const status = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  clearTimeout(hanging);
  if (tally) return tally;
  console.log(`  ✘ ${folder}: the tests ended with status ${status} before they reported a result`);
  return { ...nothing, failed: 1 };
}
