/** A mock exam: its clock, its answers, its marks, and what is written of it. */
import { assert } from "chai";
import { readBank } from "../../../src/core/exam/bank";
import { createCodeBench } from "../../../src/core/exam/hunt/bench";
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
import { joinExams } from "../../../src/core/exam/kept/exams";
import { loadPythonParser } from "../support/parser";
import { bankOf } from "./bankAnswers";

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

  it("does not mark as wrong what cannot be read: its student compares it", () => {
    const exam = endExam(answerPart(beginExam(bank, "e", start), "one", "answer", { text: "4,0" }, start), later(20));
    assert.equal(answeredOf(exam, bank.questions[0]!), "unclear");
    assert.deepEqual(totalOf(marksOf(exam, bank).slice(0, 1)), { points: 0, of: 2, open: 1 });
    assert.isUndefined(attemptFor(exam, marksOf(exam, bank)[0]!, later(20)));
    const compared = answerPart(exam, "one", "answer", { ticked: [0] }, later(21));
    assert.deepEqual(totalOf(marksOf(compared, bank).slice(0, 1)), { points: 2, of: 2, open: 0 });
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

  it("grades a program that was mended in the editor when it is handed in, and not before", async () => {
    const tools = { bench: createCodeBench(await loadPythonParser()) };
    const programs = bankOf("code");
    const question = programs.questions.find(({ id }) => id === "mlp-classifier")!;
    const [part] = question.parts;
    const task = part!.answer;
    assert.equal(task.kind, "code");
    const given = tools.bench.given(task as Parameters<typeof tools.bench.given>[0]) as string;
    const text = given.replace("torch.tanh(self.last(x))", "self.last(x)").replace("lr=0.1", "lr=0.001");
    const exam = answerPart(beginExam(programs, "e", start), question.id, part!.id, { text }, start);
    assert.equal(answeredOf(exam, question), "all");
    const markOf = (sat: typeof exam) => marksOf(sat, programs, tools).find((mark) => mark.part === part);
    assert.approximately(markOf(endExam(exam, later(20)))!.fraction!, 2 / 3, 1e-9);
    assert.equal(markOf(endExam(beginExam(programs, "e", start), later(20)))!.fraction, 0);
    const attempt = attemptFor(exam, markOf(exam)!, later(20));
    assert.deepEqual(attempt?.response, { text });
  });

  describe("that two windows have open", () => {
    const begun = beginExam(bank, "e", start);

    it("has of each answer and flag the one that was given last", () => {
      let [a, b] = [begun, begun];
      a = answerPart(a, "one", "answer", { text: "1" }, later(1));
      b = answerPart(b, "one", "answer", { text: "2" }, later(2));
      b = toggleFlag(answerPart(b, "two", "answer", { text: "b" }, later(3)), "two", later(3));
      a = answerPart(a, "three", "answer", { chosen: [0] }, later(4));
      for (const joined of [joinExams(a, b), joinExams(b, a)]) {
        assert.deepEqual(joined.responses, {
          one: { answer: { text: "2" } },
          two: { answer: { text: "b" } },
          three: { answer: { chosen: [0] } },
        });
        assert.deepEqual(joined.flagged, ["two"]);
      }
      assert.deepEqual(joinExams(b, toggleFlag(joinExams(a, b), "two", later(5))).flagged, []);
    });

    it("is handed in when one of them hands it in", () => {
      const [ended, other] = [endExam(begun, later(20)), answerPart(begun, "one", "answer", { text: "4" }, later(10))];
      for (const joined of [joinExams(ended, other), joinExams(other, ended)]) {
        assert.equal(joined.ended, ended.ended);
        assert.isUndefined(joined.running);
        assert.equal(joined.used, ended.used);
        assert.deepEqual(joined.responses.one, { answer: { text: "4" } });
      }
    });

    it("keeps the answers of an earlier version, which wrote no times", () => {
      const old = { ...begun, responses: { one: { answer: { text: "4" } } } };
      assert.deepEqual(joinExams(old, begun).responses, old.responses);
      const newer = answerPart(old, "one", "answer", { text: "5" }, later(2));
      for (const joined of [joinExams(old, newer), joinExams(newer, old)])
        assert.deepEqual(joined.responses.one, { answer: { text: "5" } });
    });
  });
});
