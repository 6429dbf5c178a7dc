/** What PyTorch exports and the engine does not model: a recorded list, so that it is known and shrinks on purpose. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { assert } from "chai";
import { libraryFunctions } from "../../../src/core/infer/imports/libraries";
import { methods } from "../../../src/core/infer/collections/methods";
import { findOperation } from "../../../src/core/ops/registry";
import { pythonWithTorch } from "../support/python";

/** Names by namespace; set RECORD=1 to write both files anew. */
type Names = Readonly<Record<string, readonly string[]>>;

const exportsPath = "test/unit/ops/exports.json";
const gapPath = "test/unit/ops/gap.json";

function read(path: string): Names {
  return JSON.parse(readFileSync(path, "utf8")) as Names;
}

function write(path: string, names: Names): void {
  writeFileSync(path, `${JSON.stringify(names, undefined, 2)}\n`);
}

function isModelled(name: string): boolean {
  return findOperation(name) !== undefined || libraryFunctions.has(name) || methods.has(name);
}

/** What ends in `_` keeps the tensor's shape, whatever it does: the interpreter has one rule for all of it. */
function gapOf(all: Names): Names {
  const missing = (space: string, names: readonly string[]): string[] =>
    names.filter((name) => !name.endsWith("_") && !isModelled(`${space}.${name}`)).sort();
  return Object.fromEntries(Object.entries(all).map(([space, names]) => [space, missing(space, names)]));
}

describe("What PyTorch exports", () => {
  it("is what the record says", function () {
    this.timeout(60_000);
    const python = pythonWithTorch();
    if (!python) this.skip();
    const today = JSON.parse(execFileSync(python, ["test/unit/ops/readExports.py"]).toString()) as Names;
    if (process.env.RECORD) write(exportsPath, today);
    assert.deepEqual(read(exportsPath), today);
  });

  it("is modelled but for a list that is written down", () => {
    const all = read(exportsPath);
    const gap = gapOf(all);
    if (process.env.RECORD) write(gapPath, gap);
    for (const [space, names] of Object.entries(all)) {
      const wanted = names.filter((name) => !name.endsWith("_")).length;
      console.log(`      ${space}: ${wanted - gap[space]!.length} of ${wanted} modelled`);
    }
    assert.deepEqual(gap, read(gapPath));
  });
});
