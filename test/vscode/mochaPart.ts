/** Runs built test files with mocha in a process of its own: a test that hangs or crashes cannot take the others along. */
import { fork } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "./places";
import { add, announceSecondTake, failure, nothing, type Tally } from "./tally";

export interface MochaPart {
  /** The folder under out/test with the built test files. */
  readonly folder: string;
  /** mocha's reporter: "dot" for many quick tests, "spec" for few slow ones. */
  readonly reporter: "dot" | "spec";
  /** Milliseconds for one test. */
  readonly timeout: number;
  /** Milliseconds for all of them. */
  readonly limit: number;
  /** 2: a few files that fail are run once more, and count as they do then. */
  readonly takes?: 1 | 2;
}

export async function runMochaPart(part: MochaPart): Promise<Tally> {
  const place = join(root, "out/test", part.folder);
  const files = readdirSync(place, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.js"))
    .sort()
    .map((name) => join(place, name));
  const tallies = await runFiles(part, files);
  if (!tallies) return failure(part.folder);
  const failed = files.filter((file) => (tallies[file]?.failed ?? 0) > 0);
  if (part.takes === 2 && failed.length > 0 && failed.length <= 3) {
    announceSecondTake(failed.map((file) => basename(file)).join(", "));
    Object.assign(tallies, await runFiles(part, failed));
  }
  return Object.values(tallies).reduce(add, nothing);
}

/** The tally of each file; undefined when the tests ended without a result. */
async function runFiles(part: MochaPart, files: readonly string[]): Promise<Record<string, Tally> | undefined> {
  const { folder, reporter, timeout, limit } = part;
  const child = fork(join(root, "out/test/vscode/mochaChild.js"), [reporter, String(timeout), ...files], {
    execArgv: ["--enable-source-maps"],
  });
  let tallies: Record<string, Tally> | undefined;
  child.on("message", (message) => (tallies = message as Record<string, Tally>));
  const hanging = setTimeout(() => {
    console.log(`  ✘ ${folder}: not finished after ${limit / 1000} s`);
    child.kill();
    setTimeout(() => child.kill("SIGKILL"), 5000).unref();
  }, limit);
  const status = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  clearTimeout(hanging);
  if (!tallies) console.log(`  ✘ ${folder}: the tests ended with status ${status} before they reported a result`);
  return tallies;
}
