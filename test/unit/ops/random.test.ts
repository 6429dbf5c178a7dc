/** Random calls of operations against PyTorch: what we say is what it gives, and we refuse only what it refuses. */
import { assert } from "chai";
import { type PythonParser } from "../../../src/core/python/parser";
import { type OperationCase, type Result, contradiction, programOf, runOurs, runTorch } from "../support/operations";
import { loadPythonParser } from "../support/parser";
import { pythonWithTorch } from "../support/python";
import { seeded } from "../support/random";
import { generators as common } from "./generate";
import { layerGenerators } from "./generateLayers";
import { lossGenerators } from "./generateLosses";
import { patternGenerators } from "./generatePatterns";
import { tensorGenerators } from "./generateTensors";

const generators = { ...common, ...layerGenerators, ...lossGenerators, ...tensorGenerators, ...patternGenerators };
const seed = Number(process.env.SEED ?? 1);
const casesOfEach = Number(process.env.CASES ?? 100);

describe("Random calls", () => {
  const cases: { readonly family: string; readonly test: OperationCase }[] = [];
  let results: Result[];
  let parser: PythonParser;

  before(async function () {
    this.timeout(120_000);
    const python = pythonWithTorch();
    if (!python) this.skip();
    parser = await loadPythonParser();
    const random = seeded(seed);
    for (const [family, generate] of Object.entries(generators))
      for (let i = 0; i < casesOfEach; i++) cases.push({ family, test: generate(random) });
    results = runTorch(
      python,
      cases.map(({ test }) => test),
    );
  });

  for (const wanted of Object.keys(generators)) {
    it(`of ${wanted} never contradict PyTorch, and most of those that run are known`, function () {
      this.timeout(20_000);
      const wrong: string[] = [];
      const counts = { known: 0, unknown: 0, reported: 0, missed: 0 };
      for (const [i, { family, test }] of cases.entries()) {
        if (family !== wanted) continue;
        const ours = runOurs(parser, test);
        const theirs = results[i]!;
        const problem = contradiction(ours, theirs);
        if (problem !== undefined) wrong.push(`${programOf(test).split("\n").slice(3).join("; ")}: ${problem}`);
        if (theirs.refused !== null) counts[ours.refused === null ? "missed" : "reported"]++;
        else counts[ours.outputs?.every(({ shape }) => shape !== null) ? "known" : "unknown"]++;
      }
      assert.deepEqual(wrong, []);
      assert.isAtLeast(counts.known, counts.unknown, JSON.stringify(counts));
      if (process.env.COUNTS) console.log(JSON.stringify(counts));
    });
  }
});
