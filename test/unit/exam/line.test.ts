/** Numbers of lines: the ways of writing them, what naming too many costs, and that the built-in ones are where the engine finds. */
import { assert } from "chai";
import { createAnalyzer } from "../../../src/core/analyzer";
import { builtinBanks } from "../../../src/core/exam/builtin";
import { expected, grade, inputOf, selfTest, understand, type AnswerSpec } from "../../../src/core/exam/kinds/registry";
import { answerWith, fraction, readAnswer } from "./readAnswer";
import { SourceText } from "../../../src/core/text/source";
import { loadPythonParser } from "../support/parser";

const read = (fields: string) => readAnswer(`kind: line\n${fields}`);
const specOf = (fields: string): AnswerSpec => answerWith(`kind: line\n${fields}`);

describe("numbers of lines", () => {
  const two = specOf("value: [12, 14]");

  for (const text of [
    "12, 14",
    "14 12",
    "12 and 14",
    "lines 12 and 14",
    "L12; l14",
    "12,14,12",
    "line 12, line 14.",
    "#12 & #14",
  ]) {
    it(`read ${JSON.stringify(text)}`, () => {
      assert.equal(fraction(two, text), 1);
      assert.deepEqual(understand(two, { text }), { state: "read", echo: "lines 12, 14" });
    });
  }

  const worth: readonly (readonly [text: string, fraction: number])[] = [
    ["12", 0.5],
    ["14", 0.5],
    ["13", 0],
    ["12, 14, 20", 0.5],
    ["12, 20", 0],
    ["12-14", 0.5],
    ["1-40", 0],
  ];
  for (const [text, value] of worth) {
    it(`are worth ${value} for ${text} where 12 and 14 are right`, () => {
      assert.equal(fraction(two, text), value);
    });
  }

  for (const text of ["twelve", "12x", "the optimizer", "0", "14-12", "1-9999", ",", "1".repeat(300)]) {
    it(`are no attempt as ${JSON.stringify(text.slice(0, 20))}`, () => {
      assert.equal(fraction(two, text), "unreadable");
      assert.equal(understand(two, { text }).state, "unreadable");
    });
  }

  it("may be any of several for one bug", () => {
    const spec = specOf("value: [3-5, 9 or 11]");
    for (const text of ["3, 9", "5, 11", "4 and 9 and 11"]) assert.equal(fraction(spec, text), 1, text);
    assert.equal(fraction(spec, "3, 4, 5"), 0.5);
    assert.equal(expected(spec), "3, 4 or 5, 9 or 11");
    assert.equal(inputOf(spec.kind), "line");
  });

  it("say why a foreseen line is wrong, and what it is worth", () => {
    const spec = specOf(
      "value: 7\nrefuse:\n  - value: 4\n    credit: 0.5\n    says: Near.\n  - value: 9\n    says: Far.",
    );
    assert.deepEqual(selfTest(spec), []);
    assert.deepEqual(grade(spec, { text: "4" }), { state: "graded", fraction: 0.5, feedback: ["Near."] });
    assert.deepEqual(grade(spec, { text: "9" }), { state: "graded", fraction: 0, feedback: ["Far."] });
    assert.deepEqual(grade(spec, { text: "2" }), { state: "graded", fraction: 0, feedback: ["Line 2: nothing wrong there."] }); // prettier-ignore
  });

  it("are checked where a bank is read", () => {
    for (const fields of ["value: x", "value: []", "value: [1, {a: b}]", "valu: 3"])
      assert.isNotEmpty(read(fields).diagnostics, fields);
    assert.isNotEmpty(selfTest(specOf("value: 7\nrefuse:\n  - value: 7\n    says: No.")));
  });

  it("stand in the built-in banks where the engine finds something", async () => {
    const analyzer = createAnalyzer(await loadPythonParser());
    let checked = 0;
    for (const { bank } of builtinBanks())
      for (const { id, prompt, parts } of bank.questions)
        for (const { answer } of parts) {
          if (answer.kind !== "line") continue;
          const source = new SourceText("program.py", programIn(prompt));
          const found = analyzer.analyze(source).diagnostics.map(({ span }) => source.positionAt(span.start).line + 1);
          // Some bugs of the banks by topic are beyond an engine: a wrong gradient written by hand.
          if (bank.id === "find-the-line") assert.lengthOf(found, answer.value.length, id);
          for (const line of found) {
            assert.isTrue(
              answer.value.some((place) => place.includes(line)),
              `${id}: ${found.join()}`,
            );
          }
          checked++;
        }
    assert.isAtLeast(checked, 3);
  });
});

/** The numbered program of a prompt, without its numbers, which have to count from 1. */
function programIn(prompt: string): string {
  const lines = /```python\n([^]*?)\n```/.exec(prompt)?.[1]?.split("\n") ?? [];
  return lines
    .map((line, i) => {
      assert.equal(Number(line.slice(0, 2)), i + 1, line);
      return line.slice(3);
    })
    .join("\n");
}
