/** Steps to put in order: the ways of writing an order, and what a partly right one earns. */
import { assert } from "chai";
import { expected, grade, inputOf, selfTest, understand, type AnswerSpec } from "../../../src/core/exam/kinds/registry";
import { answerWith, fraction, readAnswer } from "./readAnswer";

const read = (fields: string) => readAnswer(`kind: ordering\n${fields}`);
const specOf = (fields: string): AnswerSpec => answerWith(`kind: ordering\n${fields}`);

const spec = specOf("value: d b e a f c");

describe("orderings", () => {
  for (const text of [
    "d b e a f c",
    "d, b, e, a, f, c",
    "d,b,e,a,f,c",
    "D B E A F C",
    "dbeafc",
    "d > b > e > a > f > c",
    "d → b → e → a → f → c",
    "d -> b -> e -> a -> f -> c",
    "$d \\to b \\to e \\to a \\to f \\to c$",
    "1. d 2. b 3. e 4. a 5. f 6. c",
    "1) d\n2) b\n3) e\n4) a\n5) f\n6) c",
    "(d) (b) (e) (a) (f) (c)",
    "d) b) e) a) f) c)",
    "[d; b; e; a; f; c]",
    "first d, then b, then e, a, f and finally c",
    "step d, step b, step e, step a, step f, step c.",
  ]) {
    it(`read ${JSON.stringify(text)}`, () => {
      assert.equal(fraction(spec, text), 1);
      assert.deepEqual(understand(spec, { text }), { state: "read", echo: "d → b → e → a → f → c" });
    });
  }

  it("may have numbers for labels", () => {
    const numbers = specOf("value: [3, 1, 2]");
    for (const text of ["3 1 2", "312", "3, 1, 2", "3x1x2", "3 > 1 > 2"])
      assert.equal(fraction(numbers, text), 1, text);
    assert.equal(fraction(numbers, "1 2 3"), 0.3333);
  });

  it("are no attempt while a step is missing, stands twice or is unknown", () => {
    const unreadable: readonly (readonly [string, RegExp])[] = [
      ["d b e a f", /Step c is missing/],
      ["d b e a f c c", /c stands here twice/],
      ["d b e a f g", /“g” is none of the steps: a, b, c, d, e, f/],
      ["I do not know", /none of the steps/],
      ["...", /Step a, b, c, d, e, f is missing/],
      [`d ${"b ".repeat(500)}`, /too long/],
    ];
    for (const [text, problem] of unreadable) {
      const result = grade(spec, { text });
      assert.match(result.state === "unreadable" ? result.problem : result.state, problem, text);
    }
    assert.equal(understand(spec, { text: "  " }).state, "empty");
  });

  it("earn by how many steps stand in order to each other, beyond what chance gives", () => {
    assert.equal(fraction(spec, "b d e a f c"), 0.6667);
    assert.equal(fraction(spec, "b e a f c d"), 0.6667);
    assert.equal(fraction(spec, "b d a e f c"), 0.3333);
    assert.equal(fraction(spec, "c f a e b d"), 0);
  });

  it("earn little when guessed", () => {
    const guesses = permutations(["a", "b", "c", "d", "e", "f"]).map((order) =>
      Number(fraction(spec, order.join(" "))),
    );
    const mean = guesses.reduce((sum, one) => sum + one, 0) / guesses.length;
    assert.lengthOf(guesses, 720);
    assert.isBelow(mean, 0.15);
    assert.lengthOf(guesses.filter((one) => one === 1), 1); // prettier-ignore
  });

  it("may have several right orders, and foreseen wrong ones", () => {
    const several = specOf(
      "value: a b c d\nalso:\n  - value: b a c d\n    says: Either may come first.\nrefuse:\n  - value: d c b a\n    credit: 0.25\n    says: Backwards.",
    );
    assert.equal(fraction(several, "b a c d"), 1);
    assert.deepEqual(grade(several, { text: "bacd" }), { state: "graded", fraction: 1, feedback: ["Right. Either may come first."] }); // prettier-ignore
    assert.deepEqual(grade(several, { text: "dcba" }), { state: "graded", fraction: 0.25, feedback: ["Backwards."] });
    assert.equal(fraction(several, "b a d c"), 0.5);
    assert.equal(fraction(several, "b c a d"), 0.5);
  });

  it("are answered on a line, and say what was expected", () => {
    assert.equal(inputOf(spec.kind), "line");
    assert.equal(expected(spec), "d, b, e, a, f, c");
    assert.deepEqual(selfTest(spec), []);
    const clash = specOf("value: a b\nalso:\n  - value: b a\n    says: Too.\nrefuse:\n  - value: b a\n    says: No.");
    assert.lengthOf(selfTest(clash), 1);
  });

  for (const [fields, rule] of [
    ["value: a", "bank-order"],
    ["value: a b a", "bank-order"],
    ["value:\n  a: 1", "bank-order"],
    ["value: a b c\nalso:\n  - value: a b\n    says: No.", "bank-order"],
    ["also: []", "bank-missing-field"],
    ["value: a b\nsteps: [x, y]", "bank-unknown-field"],
  ] as const) {
    it(`report ${JSON.stringify(fields)}`, () => {
      assert.include(read(fields).diagnostics.map((diagnostic) => diagnostic.rule), rule); // prettier-ignore
    });
  }
});

function permutations(items: readonly string[]): string[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((first, place) =>
    permutations(items.filter((_item, other) => other !== place)).map((rest) => [first, ...rest]),
  );
}
