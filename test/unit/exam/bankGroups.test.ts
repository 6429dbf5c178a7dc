/** The groups of the view “Exams”: every bank in one of them, none of them long. */
import { assert } from "chai";
import { readBank } from "../../../src/core/exam/bank";
import { bankGroups, groupOf, shortTitle } from "../../../src/core/exam/bankGroups";
import { builtinBanks } from "../../../src/core/exam/builtin";

const builtin = builtinBanks().map(({ bank }) => bank);
const own = (head: string) => readBank("file:///home/me/mine.quiz.md", `---\nid: mine\n${head}\n---\n`).bank;

describe("the groups of banks", () => {
  it("hold the built-in banks, a screenful each at most", () => {
    const sizes = bankGroups.map(({ id }) => [id, builtin.filter((bank) => groupOf(bank).id === id).length] as const);
    assert.deepEqual(sizes.filter(([, size]) => size === 0 || size > 15), [["own", 0]]); // prettier-ignore
    assert.equal(sizes.reduce((sum, [, size]) => sum + size, 0), builtin.length); // prettier-ignore
  });

  const places = [
    ["exam-000", "exams"],
    ["topics-gans", "topics"],
    ["bugs-losses", "bugs"],
    ["training-bugs", "bugs"],
    ["drills", "practice"],
    ["code", "practice"],
    ["find-the-line", "practice"],
  ] as const;
  for (const [file, group] of places) {
    it(`have ${file} among ${group}`, () => {
      const bank = builtin.find(({ path }) => path.endsWith(`/${file}.quiz.md`))!;
      assert.equal(groupOf(bank).id, group);
    });
  }

  it("have what the student has written in a group of its own, whatever it is", () => {
    for (const head of ["title: Mine", "title: Mine\nminutes: 90", "title: Bugs of mine", "title: 'By topic: mine'"])
      assert.equal(groupOf(own(head)).id, "own", head);
  });

  it("leave out what the titles begin with", () => {
    const titles = builtin.filter((bank) => groupOf(bank).id === "exams").map(shortTitle);
    assert.include(titles, "Foundations");
    assert.isEmpty(builtin.map(shortTitle).filter((title) => title.includes("By topic") || /^[a-z]/.test(title)));
    assert.equal(shortTitle(own("title: By hand")), "By hand");
  });
});
