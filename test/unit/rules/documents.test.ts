/** Every rule's document: its sections, its examples linted, its fix applied, its questions there. */
import { assert } from "chai";
import texts from "texts:../../../src/core/rules";
import { type Analyzer, createAnalyzer } from "../../../src/core/analyzer";
import { builtinBanks } from "../../../src/core/exam/builtin";
import { ruleDocument } from "../../../src/core/rules/documents";
import { rules } from "../../../src/core/rules/registry";
import { type Diagnostic, applyEdits } from "../../../src/core/text/diagnostic";
import { SourceText } from "../../../src/core/text/source";
import { checkDocument } from "../support/document";
import { programsIn } from "../support/markdownSuite";
import { loadPythonParser } from "../support/parser";

const sections = ["What it does", "Why it is wrong", "Example", "Instead", "When it is right"];

describe("rule documents", () => {
  const banks = builtinBanks().map(({ bank }) => bank);
  const questions = new Set(
    banks.flatMap((bank) => [...bank.questions, ...bank.drills].map(({ id }) => `${bank.id}/${id}`)),
  );

  for (const rule of rules) {
    describe(rule.id, () => {
      const document = texts[rule.id] ?? "";
      const programs = programsIn(document);
      const examples = programs.filter(({ title }) => title === "Example");
      const instead = programs.filter(({ title }) => title === "Instead");

      it("has the sections of every document, in order, and a title", () => {
        const headings = [...document.matchAll(/^## (.+)$/gm)]
          .map((match) => match[1]!)
          .filter((heading) => heading !== "Questions");
        assert.deepEqual(headings, sections);
        assert.match(document, /^# [A-Z].*[^.]\n/);
        assert.match(rule.summary, /^[A-Z].*\.$/);
      });

      it("finds the bug in its example where it is marked", async () => {
        assert.isNotEmpty(examples);
        for (const { text } of examples) {
          assert.include(text, `: ${rule.id}`);
          assert.deepEqual(await checkDocument(text, "example.py", { rules: [rule.id], alone: true }), []);
        }
      });

      it("is silent on what should stand instead", async () => {
        assert.isNotEmpty(instead);
        for (const { text } of instead)
          assert.deepEqual(await checkDocument(text, "instead.py", { rules: [rule.id], alone: false }), []);
      });

      it("names questions that exist", () => {
        for (const question of ruleDocument(rule.id)!.questions) assert.isTrue(questions.has(question), question);
      });

      if (rule.fix !== "none") {
        it("has a fix that leaves code without the bug", async () => {
          const analyzer = createAnalyzer(await loadPythonParser());
          for (const { text } of examples) {
            const found = findingsIn(analyzer, text, rule.id);
            const edits = found.flatMap(({ fixes }) => fixes.flatMap((fix) => fix.edits));
            assert.isNotEmpty(edits);
            const mended = applyEdits(text, edits);
            assert.notEqual(mended, text);
            assert.deepEqual(findingsIn(analyzer, mended, rule.id), [], mended);
          }
        });
      }
    });
  }
});

/** What a rule finds, and where the text is no Python. */
function findingsIn(analyzer: Analyzer, text: string, rule: string): readonly Diagnostic[] {
  const { diagnostics } = analyzer.analyze(new SourceText("example.py", text), { rules: { select: [rule] } });
  return diagnostics.filter((diagnostic) => diagnostic.rule === rule || diagnostic.rule === "syntax-error");
}
