/** What is kept of a file from one keystroke to the next changes nothing in what is said of it. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { assert } from "chai";
import { type Analyzer, createAnalyzer } from "../../../src/core/analyzer";
import { shapesOf } from "../../../src/core/features/shapes";
import { SourceText } from "../../../src/core/text/source";
import { loadPythonParser } from "../support/parser";
import { seeded } from "../support/random";

const packages = "/usr/lib/python3/dist-packages";

const files = [
  "test/bench/resnet.py",
  "test/documents/loops.py",
  "test/documents/attention.py",
  join(packages, "torchvision/models/googlenet.py"),
  join(packages, "torchvision/models/swin_transformer.py"),
].filter((file) => existsSync(file));

/** Lines that are typed, and what of a line is taken away, doubled or put somewhere else. */
const typed = ["    x = 3", "# a remark", "class Other:\n    pass", "import torch", "    return self", "x = 1 +"];

describe("An analysis after a keystroke", () => {
  let analyzer: Analyzer;

  before(async () => {
    const read = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, "utf8") : undefined);
    analyzer = createAnalyzer(await loadPythonParser(), { read, absolute: resolve, roots: [packages] });
  });

  function told(path: string, text: string): unknown {
    const analysis = analyzer.analyze(new SourceText(path, text));
    const { record, machine, diagnostics } = analysis;
    const counts = [machine.steps, record.calls.length, record.moduleCalls.length, record.instances.length];
    return { counts, diagnostics, shapes: shapesOf(analysis) };
  }

  for (const file of files) {
    it(`of ${file.split("/").at(-1)!} says what an analysis of the whole says`, function () {
      this.timeout(60_000);
      const random = seeded(3);
      let text = readFileSync(file, "utf8");
      for (let round = 0; round < 12; round++) {
        const lines = text.split("\n");
        const at = random.integer(0, lines.length - 1);
        if (random.once(3)) lines.splice(at, 1);
        else lines.splice(at, 0, random.pick(typed));
        text = lines.join("\n");
        assert.deepEqual(
          told(join(dirname(file), "again.py"), text),
          told(join(dirname(file), `whole${round}.py`), text),
        );
      }
    });
  }
});
