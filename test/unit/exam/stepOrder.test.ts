/** Steps of an ordering in an order of chance: all of them, with their labels, and never the right order. */
import { assert } from "chai";
import { builtinBanks } from "../../../src/core/exam/builtin";
import type { OrderingSpec } from "../../../src/core/exam/kinds/ordering";
import { shuffledSteps } from "../../../src/core/exam/stepOrder";
import { beginSitting, shownQuestion } from "../../../src/protocol/sitting";

const spec = (...labels: string[]): OrderingSpec => ({ kind: "ordering", value: labels, also: [], refuse: [] });
const seeds = Array.from({ length: 40 }, (_none, seed) => seed);

const text = `Order these.

- **a**: the loss,
  as a mean
- **b**: the outputs
- **c**: the step

Type their letters.`;

describe("the steps of an ordering", () => {
  it("stand in another order for another seed, and in the same one for the same", () => {
    const orders = seeds.map((seed) => shuffledSteps(text, spec("b", "a", "c"), seed, "answer"));
    assert.isAbove(new Set(orders).size, 3);
    for (const seed of seeds) assert.equal(shuffledSteps(text, spec("b", "a", "c"), seed, "answer"), orders[seed]);
  });

  it("keep their labels, their further lines and the text around them", () => {
    for (const seed of seeds) {
      const shown = shuffledSteps(text, spec("b", "a", "c"), seed, "answer");
      assert.deepEqual(shown.split("\n").sort(), text.split("\n").sort());
      assert.include(shown, "- **a**: the loss,\n  as a mean\n");
      assert.match(shown, /^Order these\.\n\n- .*\n\nType their letters\.$/s);
    }
  });

  it("never stand in a right order", () => {
    for (const seed of seeds) {
      const shown = shuffledSteps("- a) first\n- b) second", spec("b", "a"), seed, "answer");
      assert.equal(shown, "- a) first\n- b) second");
    }
  });

  const untouched = [
    ["a numbered list, whose numbers are places", "1. one\n2. two"],
    ["a list with a paragraph between its items", "- **1**: one\n\nMore.\n\n- **2**: two"],
    ["a text without the steps", "What comes first?"],
    ["a list where one is missing", "- **1**: one"],
  ] as const;
  for (const [what, markdown] of untouched) {
    it(`leave ${what} as it is`, () => {
      for (const seed of seeds) assert.equal(shuffledSteps(markdown, spec("2", "1"), seed, "answer"), markdown);
    });
  }

  const asked = builtinBanks().flatMap(({ bank }) =>
    bank.questions.filter(({ parts }) => parts.some(({ answer }) => answer.kind === "ordering")),
  );
  for (const question of asked) {
    it(`are mixed on the page of “${question.title}”, with the order of the sitting`, () => {
      const promptAt = (order?: number): string => {
        const shown = shownQuestion(question, beginSitting(question, {}, order));
        return [shown.prompt, ...shown.parts.map(({ prompt }) => prompt)].join("\n");
      };
      assert.equal(promptAt(7), promptAt(7));
      assert.isAbove(new Set(seeds.map(promptAt)).size, 10);
      assert.deepEqual(promptAt(7).split("\n").sort(), promptAt().split("\n").sort());
    });
  }

  it("are asked for in the exams", () => {
    assert.isAtLeast(asked.length, 2);
  });
});
