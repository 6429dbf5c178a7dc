/** A mock exam: its clock, its answers, its marks, and what is written of it. */
import { assert } from "chai";
import { readBank } from "../../../src/core/exam/bank";
import {
  answerPart,
  answeredOf,
  attemptFor,
  beginExam,
  endExam,
  goTo,
  marksOf,
  pauseExam,
  readExam,
  resumeExam,
  timeLeft,
  toggleFlag,
  totalOf,
  totalsByTopic,
} from "../../../src/core/exam/mock";

const { bank, diagnostics } = readBank(
  "small.quiz.md",
  `---
id: small
title: Small
course: Test
licence: MIT
minutes: 30
---

## one First {pts=2 topics=cnn}
How many?

\`\`\`answer
kind: number
value: 4
\`\`\`

## two Second {pts=3 topics=rnn,cnn}
Why?

\`\`\`rubric
2 the first reason
1 the second reason
\`\`\`

## three Third {pts=1 topics=rnn}
Which?

- [x] this
  > yes
- [ ] that
  > no
`,
);

const start = new Date(2026, 0, 5, 9);
const later = (minutes: number): Date => new Date(start.getTime() + minutes * 60_000);

describe("a mock exam", () => {
  it("is begun with the bank's time", () => {
    assert.deepEqual(
      diagnostics.filter(({ severity }) => severity === "error"),
      [],
    );
    const exam = beginExam(bank, "e", start);
    assert.equal(timeLeft(exam, later(10)), 20 * 60_000);
    assert.equal(timeLeft(exam, later(99)), 0);
  });

  it("does not count the time of a pause", () => {
    const paused = pauseExam(beginExam(bank, "e", start), later(10));
    assert.equal(timeLeft(paused, later(500)), 20 * 60_000);
    assert.equal(timeLeft(resumeExam(paused, later(500)), later(505)), 15 * 60_000);
  });

  it("keeps answers and flags, and says how much is answered", () => {
    const [one, two] = bank.questions;
    let exam = answerPart(beginExam(bank, "e", start), "one", "answer", { text: "4" }, start);
    exam = toggleFlag(goTo(exam, 1), "two", start);
    assert.deepEqual([answeredOf(exam, one!), answeredOf(exam, two!), exam.at], ["all", "none", 1]);
    assert.deepEqual(exam.flagged, ["two"]);
    assert.deepEqual(toggleFlag(exam, "two", start).flagged, []);
    assert.deepEqual(readExam(JSON.stringify(exam)), exam);
  });

  it("gives marks at the end; what nobody can grade waits for the student", () => {
    let exam = answerPart(beginExam(bank, "e", start), "one", "answer", { text: "4" }, start);
    exam = answerPart(exam, "two", "answer", { text: "because" }, start);
    exam = endExam(exam, later(20));
    assert.deepEqual(totalOf(marksOf(exam, bank)), { points: 2, of: 6, open: 1 });
    exam = answerPart(exam, "two", "answer", { text: "changed afterwards", ticked: [0] }, start);
    assert.deepEqual(exam.responses.two?.answer, { text: "because", ticked: [0] });
    assert.deepEqual(totalOf(marksOf(exam, bank)), { points: 4, of: 6, open: 0 });
    assert.deepEqual(Object.fromEntries(totalsByTopic(marksOf(exam, bank))), {
      cnn: { points: 4, of: 5, open: 0 },
      rnn: { points: 2, of: 4, open: 0 },
    });
  });

  it("logs what is decided, the blank answers as well", () => {
    const exam = endExam(
      answerPart(beginExam(bank, "e", start), "two", "answer", { text: "because" }, start),
      later(20),
    );
    const attempts = marksOf(exam, bank).flatMap((mark) => attemptFor(exam, mark, later(20)) ?? []);
    assert.deepEqual(
      attempts.map(({ question, fraction, practice, sitting }) => ({ question, fraction, practice, sitting })),
      ["one", "three"].map((question) => ({ question, fraction: 0, practice: "exam" as const, sitting: "e" })),
    );
  });

  it("cannot be read from something else", () => {
    for (const text of ["", "null", "[]", '{"version":2}', '{"version":1,"id":"x"}'])
      assert.isUndefined(readExam(text));
  });
});
