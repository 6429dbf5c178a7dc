/** Banks by topic have the exams' questions about their topic as well. */
import { assert } from "chai";
import { bankGroups } from "../../../src/core/exam/bankGroups";
import { builtinBanks } from "../../../src/core/exam/builtin";
import { examQuestionsFor } from "../../../src/core/exam/examTopics";

const banks = builtinBanks().map(({ bank }) => bank);
const inGroup = (id: string) => banks.filter(bankGroups.find((group) => group.id === id)!.has);
const exams = inGroup("exams");

describe("the exams' questions by topic", () => {
  for (const bank of inGroup("topics")) {
    it(`are there for ${bank.id}`, () => {
      assert.isNotEmpty(examQuestionsFor(bank, exams));
    });
  }

  it("are each in some bank", () => {
    const found = new Set(
      inGroup("topics").flatMap((bank) => examQuestionsFor(bank, exams).map(({ question }) => question)),
    );
    const left = exams.flatMap(({ questions }) => questions.filter((question) => !found.has(question)));
    assert.deepEqual(
      left.map(({ id }) => id),
      [],
    );
  });

  it("are none for a bank of another kind", () => {
    for (const bank of [...exams, ...inGroup("bugs")]) assert.isEmpty(examQuestionsFor(bank, exams));
  });
});
