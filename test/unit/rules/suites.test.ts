/** Every rule on the situations in test/rules: where it speaks and where it is silent. */
import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { assert } from "chai";
import { findRule, rules } from "../../../src/core/rules/registry";
import { createAnalyzer } from "../../../src/core/analyzer";
import { checkDocument } from "../support/document";
import { fixesInVain } from "../support/fixes";
import { programsOf } from "../support/markdownSuite";
import { loadPythonParser } from "../support/parser";

const folder = "test/rules";
const marker = /# (error|warning|information): /;

const suites = (readdirSync(folder, { recursive: true }) as string[]).filter((file) => file.endsWith(".md"));
const idOf = (file: string): string => basename(file, ".md");

for (const file of suites) {
  const id = idOf(file);
  describe(`rule ${id}`, () => {
    const programs = programsOf(`${folder}/${file}`);
    for (const { title, text } of programs) {
      it(title, async () => {
        assert.deepEqual(await checkDocument(text, "document.py", { rules: [id], alone: true }), []);
      });
    }

    it("has fixes that leave less of it", async () => {
      const analyzer = createAnalyzer(await loadPythonParser());
      for (const { title, text } of programs) assert.deepEqual(fixesInVain(analyzer, text, id), [], title);
    });

    it("has at least three situations of each kind", () => {
      assert.isDefined(findRule(id));
      const speaking = programs.filter(({ text }) => marker.test(text)).length;
      assert.isAtLeast(speaking, 3);
      assert.isAtLeast(programs.length - speaking, 3);
    });
  });
}

it("every rule about PyTorch has its situations", () => {
  const known = new Set(suites.map(idOf));
  assert.deepEqual(
    rules.filter(({ category, id }) => category !== "house" && !known.has(id)).map(({ id }) => id),
    [],
  );
});
