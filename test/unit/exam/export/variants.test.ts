/** Drills in exports: variants by their numbers, with solutions, the same at every export. */
import { assert } from "chai";
import { readBank } from "../../../../src/core/exam/bank";
import { builtinBanks } from "../../../../src/core/exam/builtin";
import { drawVariant, type Evaluator } from "../../../../src/core/exam/drill";
import { noteOf } from "../../../../src/core/exam/export/ankiNote";
import { giftText } from "../../../../src/core/exam/export/gift";
import { htmlSheet } from "../../../../src/core/exam/export/html";
import { itemsOf } from "../../../../src/core/exam/export/items";
import { markdownSheet } from "../../../../src/core/exam/export/markdown";
import { moodleXml } from "../../../../src/core/exam/export/moodle";
import { withVariants } from "../../../../src/core/exam/export/variants";
import { createCompute } from "../../../../src/core/features/compute";
import { loadPythonParser } from "../../support/parser";

const drill = `
## double Twice @{n} {pts=1 topics=numbers}
What is $2 \\cdot @{n}$?
\`\`\`params
n: choice 3 4
\`\`\`
\`\`\`answer
kind: number
value: 2*n
\`\`\`
\`\`\`solution
Twice @{n} is @{2*n}.
\`\`\`
`;
const question = `
## sum A sum {pts=1}
What is $1 + 1$?
\`\`\`answer
kind: number
value: 2
\`\`\`
\`\`\`solution
It is 2.
\`\`\`
`;
const bankOf = (text: string) => readBank("b.quiz.md", `---\nid: b\ntitle: Both\nminutes: 5\n---\n${text}`).bank;

describe("drills in exports", () => {
  let engine: Evaluator;
  before(async () => {
    engine = createCompute(await loadPythonParser());
  });

  it("are questions with the numbers of their variants, as many as differ", () => {
    const { banks, problems } = withVariants([bankOf(drill)], 5, engine);
    assert.deepEqual(problems, []);
    assert.lengthOf(banks, 1);
    const { id, questions, drills, minutes } = banks[0]!;
    assert.deepEqual([id, drills.length, minutes], ["b", 0, undefined]);
    assert.lengthOf(questions, 2, "only two numbers to draw");
    for (const drawn of questions) {
      const [, seed] = /^double-(\d+)$/.exec(drawn.id)!;
      const again = drawVariant(bankOf(drill).drills[0]!, Number(seed), engine);
      assert.isTrue("variant" in again && again.variant.question.prompt === drawn.prompt);
      assert.match(drawn.title, new RegExp(`^Twice [34] \\(variant ${seed}\\)$`));
      assert.match(drawn.solution, /^Twice [34] is [68]\.$/);
    }
  });

  it("stand in a bank of their own behind the questions, which keep their points and their time", () => {
    const { banks } = withVariants([bankOf(question + drill)], 1, engine);
    assert.deepEqual(banks.map(({ id, title, minutes, questions }) => [id, title, minutes, questions.length]), [
      ["b", "Both", 5, 1],
      ["b-drills", "Both: drills", undefined, 1],
    ]); // prettier-ignore
  });

  it("are left out where nobody wants them, and a bank without anything as well", () => {
    assert.deepEqual(withVariants([bankOf(question + drill)], 0, engine).banks.map(({ id }) => id), ["b"]); // prettier-ignore
    assert.isEmpty(withVariants([bankOf(drill)], 0, engine).banks);
  });

  it("say which of them cannot be drawn, and go on with the others", () => {
    const impossible = drill.replace("double", "never").replace("n: choice 3 4", "n: choice 3 4\nwhere: n > 9");
    const { banks, problems } = withVariants([bankOf(impossible + drill)], 2, engine);
    assert.lengthOf(problems, 1);
    assert.match(problems[0]!, /^b\/never: /);
    assert.lengthOf(banks[0]!.questions, 2);
  });

  it("fill every format with five variants of each built-in drill, each once and with its solution", function () {
    this.timeout(60_000);
    const builtin = builtinBanks().map(({ bank }) => bank).filter(({ drills }) => drills.length > 0); // prettier-ignore
    const templates = builtin.flatMap(({ drills }) => drills);
    const { banks, problems } = withVariants(builtin, 5, engine);
    assert.deepEqual(problems, []);
    const drawn = banks.flatMap((bank) => bank.questions.filter(({ id }) => templates.some((template) => id.startsWith(`${template.id}-`)))); // prettier-ignore
    assert.isAtLeast(drawn.length, 4 * templates.length);
    assert.isEmpty(drawn.filter(({ title, prompt, solution }) => solution === "" || `${title}${prompt}${solution}`.includes("@{"))); // prettier-ignore
    const items = banks.flatMap(itemsOf);
    assert.lengthOf(new Set(items.map((item) => noteOf(item).guid)), items.length);
    const texts = [giftText(banks), moodleXml(banks), htmlSheet(banks, true), ...banks.map((bank) => markdownSheet(bank, true))]; // prettier-ignore
    for (const { title } of drawn.slice(0, 10)) {
      const plain = title.replace(/[^\w ()]/g, "");
      if (plain === title) assert.isAtLeast(texts.filter((text) => text.includes(title)).length, 4, title);
    }
  });
});
