/** Asks CPython for its syntax tree of files, one after another, through astOracle.py. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** The lines of CPython's tree, or why it refuses the file. */
export type Answer = { readonly lines: readonly string[] } | { readonly error: string };

export async function* cpythonTrees(python: string, files: readonly string[]): AsyncGenerator<[string, Answer]> {
  const oracle = spawn(python, ["-W", "ignore", "test/unit/python/astOracle.py"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  oracle.stdin.end(files.map((file) => `${file}\n`).join(""));
  let index = 0;
  for await (const line of createInterface({ input: oracle.stdout })) {
    yield [files[index++]!, JSON.parse(line) as Answer];
  }
}
