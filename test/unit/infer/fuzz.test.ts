/**
 * Programs with tokens dropped, doubled, swapped and taken from elsewhere: whatever comes of them, the analysis ends and
 * says something. CASES sets their number, SEED where they begin.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { assert } from "chai";
import { type Analyzer, createAnalyzer } from "../../../src/core/analyzer";
import { shapesOf } from "../../../src/core/features/shapes";
import { SourceText } from "../../../src/core/text/source";
import { loadPythonParser } from "../support/parser";
import { torchFiles } from "../support/python";
import { type Random, seeded } from "../support/random";

const cases = Number(process.env.CASES ?? 400);
const seed = Number(process.env.SEED ?? 11);

/** Seconds after which an analysis hangs, on whatever machine, and bytes that all of them together may leave behind. */
const longest = 60;
const mostMemory = 1e9;

/** Words, numbers, strings on one line, white space, and every other character alone. */
const tokens = /\w+|"[^"\n]*"|'[^'\n]*'|[ \t]+|\n|[^\w\s]/g;

const changes: ((all: string[], at: number, random: Random) => void)[] = [
  (all, at) => all.splice(at, 1),
  (all, at) => all.splice(at, 0, all[at]!),
  (all, at, random) => {
    const other = random.integer(0, all.length - 1);
    [all[at], all[other]] = [all[other]!, all[at]!];
  },
  (all, at, random) => {
    all[at] = random.pick(all);
  },
  (all, at, random) => {
    all[at] = random.pick(["-1", "0", "1", "7", "10**9", "None", "x", "self", "(", ")", "[", "]", ":", "\n", "*"]);
  },
];

/** What is counted is what is left behind, and not what nobody has collected yet. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

function mutated(text: string, random: Random): string {
  const all = text.match(tokens) ?? [];
  for (let i = random.integer(1, 6); i > 0; i--) random.pick(changes)(all, random.integer(0, all.length - 1), random);
  return all.join("");
}

describe("The analysis of mutated programs", () => {
  let analyzer: Analyzer;

  before(async () => {
    analyzer = createAnalyzer(await loadPythonParser());
  });

  it("ends on every one of them, without an exception and within bounds", function () {
    this.timeout(0);
    const own = ["test/documents", "test/workspace"].flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith(".py"))
        .map((name) => join(folder, name)),
    );
    const models = torchFiles().filter((file) => /torchvision\/models\/\w+\.py|nn\/modules/.test(file));
    const random = seeded(seed);
    for (let i = 0; i < cases; i++) {
      const file = random.pick(random.once(2) || models.length === 0 ? own : models);
      const text = mutated(readFileSync(file, "utf8"), random);
      const start = performance.now();
      try {
        shapesOf(analyzer.analyze(new SourceText(file, text)));
      } catch (error) {
        assert.fail(`case ${i} of seed ${seed}, from ${file}: ${(error as Error).stack ?? String(error)}`);
      }
      assert.isBelow((performance.now() - start) / 1000, longest, `case ${i} of seed ${seed}, from ${file}`);
    }
    collectGarbage();
    assert.isBelow(process.memoryUsage().heapUsed, mostMemory);
  });
});
