/** What the page with the progress is told. */
import { assert } from "chai";
import { readLog, type Attempt } from "../../../src/core/exam/progress";
import { readBank } from "../../../src/core/exam/bank";
import { scheduleOf } from "../../../src/core/exam/schedule";
import { progressState } from "../../../src/protocol/progress";

const { bank } = readBank(
  "small.quiz.md",
  `---
id: small
title: Small
---

## one One {pts=2 topics=cnn,shapes}
\`\`\`answer
kind: number
value: 1
\`\`\`
\`\`\`solution
One.
\`\`\`

## two Two {pts=1 topics=rnn}
\`\`\`answer
kind: number
value: 2
\`\`\`
\`\`\`solution
Two.
\`\`\`
`,
);

/** A Wednesday. */
const now = new Date(2026, 1, 11, 12);
const before = (days: number): string => new Date(2026, 1, 11 - days, 9).toISOString();
const answer = (question: string, days: number, fraction: number, more: Partial<Attempt> = {}): string => {
  const points = question === "one" ? 2 : 1;
  const head = { version: 1, at: before(days), bank: "small" };
  return JSON.stringify({ ...head, question, response: { text: "" }, fraction, points, ...more });
};

function stateFrom(...lines: readonly string[]) {
  const log = readLog(lines.join("\n"));
  return progressState({ log, schedule: scheduleOf(log), banks: [bank], due: 3, examDay: "2026-03-01" }, now);
}

describe("the state of the progress page", () => {
  const state = stateFrom(
    answer("one", 8, 0),
    answer("two", 1, 1, { confidence: "sure" }),
    answer("one", 0, 0.5),
    '{"version":9,"kind":"future"}',
  );

  it("has points by topic, those with the most first, now and by week", () => {
    assert.deepEqual(state.topics, [
      { topic: "cnn", points: 1, of: 2 },
      { topic: "shapes", points: 1, of: 2 },
      { topic: "rnn", points: 1, of: 1 },
    ]);
    assert.deepEqual(state.weeks.map(({ week, shares }) => [week, shares.cnn]), [
      ["2026-02-02", { points: 0, of: 2 }],
      ["2026-02-09", { points: 1, of: 2 }],
    ]); // prettier-ignore
    assert.equal(state.answers, 3);
  });

  it("has weeks without answers between those with some, and no more than twelve", () => {
    const { weeks } = stateFrom(answer("two", 21, 1), answer("two", 0, 1));
    assert.deepEqual(weeks.map(({ shares }) => Object.keys(shares).length), [1, 0, 0, 1]); // prettier-ignore
    assert.lengthOf(stateFrom(answer("two", 400, 1), answer("two", 0, 1)).weeks, 12);
  });

  it("has the days ahead, from today on, and whole weeks behind that begin on a Monday", () => {
    assert.lengthOf(state.forecast, 30);
    assert.equal(state.forecast[0]?.day, "2026-02-11");
    assert.equal(state.forecast.reduce((sum, { parts }) => sum + parts, 0), 2); // prettier-ignore
    assert.equal(state.days.at(-1)?.day, "2026-02-11");
    assert.equal(new Date(`${state.days[0]!.day}T12:00`).getDay(), 1);
    assert.lengthOf(state.days, 11 * 7 + 3);
    assert.deepEqual(state.days.slice(-2).map(({ answers }) => answers), [1, 1]); // prettier-ignore
  });

  it("says how right one was when sure, and the streak", () => {
    assert.deepEqual(state.calibration.at(-1), { confidence: "sure", answers: 1, right: 1 });
    assert.equal(state.streak, 2);
    assert.equal(state.examDay, "2026-03-01");
  });

  it("is empty where nothing was answered", () => {
    const { answers, topics, weeks, streak } = stateFrom();
    assert.deepEqual({ answers, topics, weeks, streak }, { answers: 0, topics: [], weeks: [], streak: 0 });
  });
});
