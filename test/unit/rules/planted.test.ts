/** Bugs planted one at a time in correct programs: nearly all are found, and the programs themselves are clean. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { createAnalyzer } from "../../../src/core/analyzer";
import { SourceText } from "../../../src/core/text/source";
import { trials } from "../../findings/findings";
import { loadPythonParser } from "../support/parser";

describe("planted bugs", () => {
  it("are nearly all found", async function () {
    this.timeout(120_000);
    const all = trials(await loadPythonParser());
    const missed = all.filter(({ isFound }) => !isFound).map(({ program, bug }) => `${bug.mutation.id} in ${program}`);
    assert.isAtLeast(all.length, 120);
    assert.isAtLeast(1 - missed.length / all.length, 0.95, missed.join(", "));
  });

  it("are not seen in the correct programs", async () => {
    const analyzer = createAnalyzer(await loadPythonParser());
    for (const name of readdirSync("media/programs")) {
      const text = readFileSync(join("media/programs", name), "utf8");
      const { diagnostics } = analyzer.analyze(new SourceText(name, text));
      assert.deepEqual(
        diagnostics.map(({ rule }) => rule),
        [],
        name,
      );
    }
  });
});
