/** The syntax tree against CPython's own: kinds, names, constants, operators and places of every node. */
import { readFileSync } from "node:fs";
import { assert } from "chai";
import type { PythonParser } from "../../../src/core/python/parser";
import { SourceText } from "../../../src/core/text/source";
import { loadPythonParser } from "../support/parser";
import { pythonPath, torchFiles } from "../support/python";
import { astLines } from "./astLines";
import { cpythonTrees } from "./oracle";

/** Files that we read differently, each with the reason. */
const exceptions: Readonly<Record<string, string>> = {};

describe("The syntax tree equals CPython's", () => {
  const python = pythonPath();
  let parser: PythonParser;

  before(async function () {
    if (!python) this.skip();
    parser = await loadPythonParser();
  });

  it("for every kind of syntax", async () => {
    await compare(["test/unit/python/everySyntax.py"]);
  });

  it("for every file of torch and torchvision, none of which has an error", async function () {
    this.timeout(180_000);
    const files = torchFiles();
    if (files.length === 0) this.skip();
    await compare(files.filter((file) => !(file in exceptions)));
  });

  async function compare(files: readonly string[]): Promise<void> {
    const differences: string[] = [];
    let seen = 0;
    for await (const [file, answer] of cpythonTrees(python!, files)) {
      seen++;
      const module = parser.parse(new SourceText(file, readFileSync(file, "utf8")));
      if ("error" in answer) differences.push(`${file}: CPython says ${answer.error}`);
      else differences.push(...firstDifference(file, astLines(module), answer.lines));
      differences.push(...module.errors.map((error) => `${file}:${error.start}: ${error.message}`));
    }
    assert.equal(seen, files.length, "files answered");
    assert.deepEqual(differences.slice(0, 10), []);
  }
});

function firstDifference(file: string, ours: readonly string[], theirs: readonly string[]): string[] {
  const at = ours.findIndex((line, index) => line !== theirs[index]);
  if (at < 0 && ours.length === theirs.length) return [];
  const index = at < 0 ? ours.length : at;
  return [`${file}: ours “${ours[index] ?? "nothing"}”, CPython's “${theirs[index] ?? "nothing"}”`];
}
