/** Hunts come back by their number, hold only bugs that are found, and give hints. */
import { assert } from "chai";
import { nextHint, hintText } from "../../../../src/core/exam/hunt/hints";
import { createHunts, programOf, type Hunts } from "../../../../src/core/exam/hunt/hunt";
import { huntPrograms } from "../../../../src/core/exam/hunt/programs";
import { findRule } from "../../../../src/core/rules/registry";
import { loadPythonParser } from "../../support/parser";
import { needed, numbers } from "./huntsForTests";

describe("a bug hunt", function () {
  this.timeout(120_000);
  let hunts: Hunts;
  before(async () => {
    hunts = createHunts(await loadPythonParser());
  });

  it("comes back by its number, drawn by whomever", async () => {
    const others = createHunts(await loadPythonParser());
    // In the other order: what was drawn before must not matter.
    const again = new Map([...numbers].reverse().map((number) => [number, others.draw(number).planted.text]));
    for (const number of numbers) assert.equal(hunts.draw(number).planted.text, again.get(number), `hunt ${number}`);
  });

  it("has one to three bugs, which rules of the product find in the text as it is given", () => {
    const seen = new Set<string>();
    for (const number of numbers) {
      const { bugs, planted, correct, program } = hunts.draw(number);
      const body = planted.text.slice(planted.text.indexOf('"""'));
      if (seen.has(body)) continue;
      seen.add(body);
      assert.isAtLeast(bugs.length, 1, `hunt ${number} of ${program.id}`);
      assert.isAtMost(bugs.length, 3);
      const found = hunts.factsOf(planted).diagnostics.map(({ rule }) => rule);
      for (const { rules, bug } of bugs) {
        assert.isNotEmpty(rules);
        assert.isTrue(
          rules.some((rule) => findRule(rule) && found.includes(rule)),
          `${bug.mutation.id} in ${number}`,
        );
      }
      assert.notEqual(planted.text, correct.text);
    }
  });

  it("uses every program and every number of bugs", () => {
    const drawn = numbers.map((number) => hunts.draw(number));
    assert.sameMembers(
      [...new Set(drawn.map(({ program }) => program.id))],
      huntPrograms.map(({ id }) => id),
    );
    assert.includeMembers([...new Set(drawn.map(({ bugs }) => bugs.length))], [1, 2]);
    for (const { number, program } of drawn) assert.equal(programOf(number), program);
  });

  it("says at its top what the program is for and how many bugs there are, but not where", () => {
    for (const number of numbers.slice(0, 30)) {
      const { planted, correct, program, bugs } = hunts.draw(number);
      const header = planted.text.slice(0, planted.text.indexOf('"""'));
      assert.include(header, `# Bug hunt ${number}`);
      assert.include(header.replace(/\n# /g, " "), program.task);
      assert.include(header, ["", "one bug is", "two bugs are", "three bugs are"][bugs.length]!);
      assert.isTrue(correct.text.startsWith(header));
      for (const { rules } of bugs) for (const rule of rules) assert.notInclude(header, rule);
    }
  });

  it("names for each bug the line of the correct program", () => {
    const { bugs, correct } = needed(hunts, "classifier", "adam-rate");
    assert.include(correct.lineAt(bugs[0]!.line), "torch.optim.Adam");
  });

  it("gives two hints for each bug that is left, the second one with the place", () => {
    const hunt = needed(hunts, "classifier", "adam-rate", "no-zero-grad");
    const first = nextHint([0, 1], []);
    assert.deepEqual(first, { bug: 0, level: 0 });
    assert.deepEqual(nextHint([1], [first!]), { bug: 1, level: 0 });
    const given = [first!, { bug: 1, level: 0 } as const];
    assert.deepEqual(nextHint([0, 1], given), { bug: 0, level: 1 });
    assert.isUndefined(nextHint([1], [...given, { bug: 1, level: 1 }]));
    const places = hunt.bugs.map((_, bug) => hintText(hunts, hunt, { bug, level: 1 }));
    assert.sameMembers(places, ["Look into train_epoch.", "Look into main."]);
  });
});
