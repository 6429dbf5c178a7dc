/** Bugs planted one at a time in correct programs: nearly all are found, and the programs themselves are clean. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { createAnalyzer } from "../../../src/core/analyzer";
import { SourceText } from "../../../src/core/text/source";
import { everyRule, trials } from "../../findings/findings";
import { outcomes } from "../support/fixes";
import { loadPythonParser } from "../support/parser";

describe("planted bugs", () => {
  it("are nearly all found", async function () {
    this.timeout(120_000);
    const all = trials(await loadPythonParser());
    const missed = all.filter(({ isFound }) => !isFound).map(({ program, bug }) => `${bug.mutation.id} in ${program}`);
    assert.isAtLeast(all.length, 120);
    assert.isAtLeast(1 - missed.length / all.length, 0.95, missed.join(", "));
  });

  it("are mended by what is offered, and nothing new comes of it", async function () {
    this.timeout(120_000);
    const parser = await loadPythonParser();
    const analyzer = createAnalyzer(parser);
    const worse = trials(parser).flatMap(({ program, bug, text }) =>
      outcomes(analyzer, text, everyRule)
        .filter(({ before, after }) => after.length >= before.length)
        .map(({ title, of }) => `${title}, for ${of.rule} (${bug.mutation.id} in ${program})`),
    );
    assert.deepEqual(worse, []);
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
