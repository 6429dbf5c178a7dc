/** A question being answered: what the page is told at each step, and what goes into the log. */
import { assert } from "chai";
import { readBank } from "../../../src/core/exam/bank";
import type { Question } from "../../../src/core/exam/question";
import {
  beginSitting,
  checkPart,
  comparePart,
  draftPart,
  handedIn,
  showHint,
  shownQuestion,
  understandPart,
} from "../../../src/protocol/sitting";

const bank = `---
id: exam
title: Exam
course: Deep learning
licence: MIT
symbols:
  x: { domain: real, says: the input }
---

## choice A choice {pts=2}
Which one?

- [x] first
  > It is first.
- [ ] second
  > It is second.

\`\`\`hint
Look up.
\`\`\`
\`\`\`hint
It is at the top.
\`\`\`
\`\`\`solution
The secret way.
\`\`\`

## parts Two parts {pts=2}
Give both.

### number {pts=1}
A half?
\`\`\`answer
kind: number
value: 0.5
\`\`\`
\`\`\`solution
Half of one.
\`\`\`

### formula {pts=1}
The square?
\`\`\`answer
kind: formula
value: x^2
\`\`\`
\`\`\`solution
Times itself.
\`\`\`

## words Words and a number {pts=2}
Both.

\`\`\`solution
The whole way.
\`\`\`

### why {pts=1}
\`\`\`rubric
1 says why
\`\`\`

### number {pts=1}
\`\`\`answer
kind: number
value: 2
\`\`\`

## open Free words {pts=2}
Why?

\`\`\`rubric
1 names the cause
1 names the effect
\`\`\`
\`\`\`solution
Because.
\`\`\`
`;

const { bank: read, diagnostics } = readBank("exam.quiz.md", bank);

function question(id: string): Question {
  const found = read.questions.find((candidate) => candidate.id === id);
  assert.isDefined(found, JSON.stringify(diagnostics));
  return found;
}

describe("a sitting", () => {
  it("gives nothing away before the answer was graded", () => {
    const told = JSON.stringify([
      shownQuestion(question("choice"), beginSitting(question("choice"))),
      shownQuestion(question("parts"), draftPart(beginSitting(question("parts")), "number", { text: "3" })),
      shownQuestion(question("open"), beginSitting(question("open"))),
    ]);
    for (const secret of ["It is first", "correct", "secret", "Half of one", "names the cause", "Because", "Look up"]) {
      assert.notInclude(told, secret);
    }
  });

  it("grades a choice, with a reason for each option and the solution", () => {
    const { sitting, graded } = checkPart(question("choice"), beginSitting(question("choice")), "answer", {
      chosen: [1],
    });
    const shown = shownQuestion(question("choice"), sitting);
    assert.equal(graded?.fraction, 0);
    assert.deepEqual(
      shown.parts[0]!.options.map(({ reason }) => reason),
      [
        { correct: true, chosen: false, text: "It is first." },
        { correct: false, chosen: true, text: "It is second." },
      ],
    );
    assert.deepEqual(shown.result, { points: 0, of: 2 });
    assert.equal(shown.parts[0]!.solution, "The secret way.");
  });

  it("takes what cannot be read for no attempt", () => {
    const { sitting, graded } = checkPart(question("parts"), beginSitting(question("parts")), "number", { text: "x(" });
    assert.isUndefined(graded);
    const [part] = shownQuestion(question("parts"), sitting).parts;
    assert.equal(part!.verdict?.state, "unreadable");
    assert.isUndefined(part!.solution);
    assert.equal(part!.response.text, "x(");
  });

  it("says how a formula is understood, and which symbols it may have", () => {
    const reading = understandPart(question("parts"), "formula", { text: "x*x" });
    assert.equal(reading.state, "read");
    const [, part] = shownQuestion(question("parts"), beginSitting(question("parts"))).parts;
    assert.deepEqual(part!.symbols, ["`x` for $x$, the input"]);
  });

  it("adds the points of its parts up", () => {
    const half = checkPart(question("parts"), beginSitting(question("parts")), "number", { text: "1/2" }).sitting;
    assert.deepEqual(shownQuestion(question("parts"), half).result, { points: 1, of: 2 });
    const both = checkPart(question("parts"), half, "formula", { text: "x^2" }).sitting;
    assert.deepEqual(shownQuestion(question("parts"), both).result, { points: 2, of: 2 });
  });

  it("has an open answer compared and its rubric ticked", () => {
    const open = question("open");
    const compared = comparePart(beginSitting(open), "answer", { text: "Because of that." });
    const [part] = shownQuestion(open, compared).parts;
    assert.equal(part!.rubric?.model, "Because.");
    assert.lengthOf(part!.rubric?.items ?? [], 2);
    assert.isUndefined(part!.verdict);
    const { graded } = checkPart(open, compared, "answer", { text: "Because of that.", ticked: [1] });
    assert.equal(graded?.fraction, 0.5);
  });

  it("compares an open part without a solution with that of the question", () => {
    const words = question("words");
    const compared = comparePart(beginSitting(words), "why", { text: "So." });
    assert.equal(shownQuestion(words, compared).parts[0]!.rubric?.model, "The whole way.");
  });

  it("judges the options that were graded, whatever is ticked since", () => {
    const choice = question("choice");
    const { sitting } = checkPart(choice, beginSitting(choice), "answer", { chosen: [0] });
    const [part] = shownQuestion(choice, draftPart(sitting, "answer", { chosen: [1] })).parts;
    assert.deepEqual(
      part!.options.map(({ reason }) => reason?.chosen),
      [true, false],
    );
  });

  it("shows the options in the order of its seed, each with its place in the bank", () => {
    const choice = question("choice");
    const orders = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const sitting = beginSitting(choice, {}, seed);
      const shown = shownQuestion(choice, sitting).parts[0]!.options;
      for (const { place, text } of shown) assert.equal(text, ["first", "second"][place]);
      const { sitting: checked, graded } = checkPart(choice, sitting, "answer", { chosen: [0] });
      assert.equal(graded?.fraction, 1);
      const after = shownQuestion(choice, checked).parts[0]!.options;
      assert.deepEqual(after.map(({ place }) => place), shown.map(({ place }) => place)); // prettier-ignore
      for (const { place, reason } of after) assert.equal(reason?.correct, place === 0);
      orders.add(shown.map(({ place }) => place).join());
    }
    assert.equal(orders.size, 2);
  });

  it("shows hints one by one", () => {
    const hinted = showHint(beginSitting(question("choice")));
    assert.deepEqual(shownQuestion(question("choice"), hinted).hints, { shown: ["Look up."], left: 1 });
    assert.equal(shownQuestion(question("choice"), showHint(showHint(hinted))).hints.left, 0);
  });

  it("begins where the last one ended", () => {
    const [part] = shownQuestion(
      question("choice"),
      beginSitting(question("choice"), { answer: { chosen: [0] } }),
    ).parts;
    assert.equal(part!.verdict?.state, "graded");
    assert.deepEqual(part!.response, { chosen: [0] });
  });

  it("refuses a part that does not exist", () => {
    assert.throws(
      () => checkPart(question("choice"), beginSitting(question("choice")), "other", {}),
      "no part “other”",
    );
  });

  it("has what was handed in and cannot be read compared with the model answer", () => {
    const given = { number: { text: "0,5" } };
    const [part] = shownQuestion(question("parts"), handedIn(question("parts"), given, 1)).parts;
    assert.equal(part?.verdict?.state, "self");
    assert.lengthOf(part!.rubric!.items, 1);
    const ticked = { number: { text: "0,5", ticked: [0] } };
    const [counted] = shownQuestion(question("parts"), handedIn(question("parts"), ticked, 1)).parts;
    assert.deepInclude(counted?.verdict, { state: "graded", fraction: 1 });
  });

  for (const id of ["choice", "open"]) {
    it(`shows the way to the answer where nothing was answered in an exam, as in “${id}”`, () => {
      const asked = question(id);
      const shown = shownQuestion(asked, handedIn(asked, {}, 1));
      const [part] = shown.parts;
      assert.deepEqual(part?.verdict, {
        ...{ state: "graded", fraction: 0, feedback: ["Nothing was answered."] },
        points: { points: 0, of: asked.points },
      });
      assert.include(part?.solution, asked.solution);
      assert.isUndefined(part?.rubric, "there is nothing to compare");
      for (const option of part!.options) assert.isFalse(option.reason?.chosen);
    });
  }
});
