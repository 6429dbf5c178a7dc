/** Random calls of operations against PyTorch: what we say is what it gives, and we refuse only what it refuses. */
import { assert } from "chai";
import { type PythonParser } from "../../../src/core/python/parser";
import { type Result, contradiction, programOf, runOurs } from "../support/operations";
import { loadPythonParser } from "../support/parser";
import { pythonWithTorch } from "../support/python";
import { type DrawnCase, drawCases } from "./families";
import { generators as common } from "./generate";
import { layerGenerators } from "./generateLayers";
import { lossGenerators } from "./generateLosses";
import { matrixGenerators } from "./generateMatrices";
import { memoryGenerators } from "./generateMemory";
import { patternGenerators } from "./generatePatterns";
import { tensorGenerators } from "./generateTensors";

const families = {
  ...common,
  ...layerGenerators,
  ...lossGenerators,
  ...tensorGenerators,
  ...patternGenerators,
  ...matrixGenerators,
  ...memoryGenerators,
};
const seed = Number(process.env.SEED ?? 1);
const casesOfEach = Number(process.env.CASES ?? 100);

/** How some results lie in memory is not known: no view of them is refused. */
const isAboutMemory = ({ refused }: Result): boolean => refused?.startsWith("view size is not compatible") === true;

describe("Random calls", () => {
  let cases: DrawnCase[];
  let parser: PythonParser;

  before(async function () {
    this.timeout(120_000);
    const python = pythonWithTorch();
    if (!python) this.skip();
    parser = await loadPythonParser();
    cases = drawCases(python, families, seed, casesOfEach);
  });

  for (const wanted of Object.keys(families)) {
    it(`of ${wanted} never contradict PyTorch, and most of those that run are known`, function () {
      this.timeout(20_000);
      const wrong: string[] = [];
      const counts = { known: 0, unknown: 0, reported: 0, missed: 0 };
      for (const { family, test, theirs } of cases) {
        if (family !== wanted) continue;
        const ours = runOurs(parser, test);
        const problem = contradiction(ours, theirs);
        if (problem !== undefined && !(ours.refused === null && isAboutMemory(theirs)))
          wrong.push(`${programOf(test).split("\n").slice(3).join("; ")}: ${problem}`);
        if (theirs.refused !== null) counts[ours.refused === null ? "missed" : "reported"]++;
        else counts[ours.outputs?.every(({ shape }) => shape !== null) ? "known" : "unknown"]++;
      }
      assert.deepEqual(wrong, []);
      assert.isAtLeast(counts.known, counts.unknown, JSON.stringify(counts));
      if (wanted === "views") assert.isAbove(counts.reported, 3 * counts.missed, JSON.stringify(counts));
      if (process.env.COUNTS) console.log(JSON.stringify(counts));
    });
  }
});
