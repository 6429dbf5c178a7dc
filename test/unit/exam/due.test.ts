/** What is due, the day of the exam, and the order in which options are shown. */
import { assert } from "chai";
import { readBank } from "../../../src/core/exam/bank";
import { dueQuestions, nextDue } from "../../../src/core/exam/due";
import { dayOf, dayText, examAhead, faultOfDay } from "../../../src/core/exam/examDay";
import { optionOrder } from "../../../src/core/exam/optionOrder";
import { readLog, type Attempt } from "../../../src/core/exam/progress";
import { scheduleOf } from "../../../src/core/exam/schedule";

const { bank, diagnostics } = readBank(
  "small.quiz.md",
  `---
id: small
title: Small
---

## one One
\`\`\`answer
kind: number
value: 1
\`\`\`

## two Two
Both.

### a
\`\`\`answer
kind: number
value: 1
\`\`\`

### b
\`\`\`answer
kind: number
value: 2
\`\`\`

## drill Drill
Which number is @{n}?

\`\`\`params
n: int 1..9
\`\`\`
\`\`\`answer
kind: number
value: n
\`\`\`
\`\`\`solution
It says so.
\`\`\`
`,
);

const start = new Date(2026, 0, 5, 12);
const at = (hours: number): Date => new Date(start.getTime() + hours * 3_600_000);
const answer = (question: string, hours: number, fraction: number, more: Partial<Attempt> = {}): Attempt => ({
  version: 1,
  at: at(hours).toISOString(),
  ...{ bank: "small", question, response: { text: "0" }, fraction, points: 1 },
  ...more,
});
const scheduleFrom = (...attempts: readonly Attempt[]) =>
  scheduleOf(readLog(attempts.map((attempt) => JSON.stringify(attempt)).join("\n")));

describe("what is due", () => {
  before(() => {
    assert.deepEqual(diagnostics.filter(({ severity }) => severity === "error"), []); // prettier-ignore
  });

  it("is asked for by question, the longest overdue first, with the parts that are meant", () => {
    const schedule = scheduleFrom(
      answer("two", 0, 1, { part: "a" }),
      answer("two", 1, 0, { part: "b" }),
      answer("one", 0, 0),
      answer("drill", 2, 0, { variant: 7 }),
      answer("gone", 0, 0),
    );
    assert.deepEqual(
      dueQuestions(schedule, [bank], at(5)).map(({ kind, question, parts }) => [kind, question.id, parts]),
      [
        ["question", "one", ["answer"]],
        ["question", "two", ["b"]],
        ["drill", "drill", ["answer"]],
      ],
    );
  });

  it("comes later when it was right, and says when", () => {
    const schedule = scheduleFrom(answer("one", 0, 1));
    assert.isEmpty(dueQuestions(schedule, [bank], at(1)));
    const next = nextDue(schedule, [bank], at(1))!;
    assert.isAbove(next.getTime(), at(12).getTime());
    assert.lengthOf(dueQuestions(schedule, [bank], next), 1);
    assert.isUndefined(nextDue(schedule, [bank], next));
  });

  it("is nothing before anything was answered", () => {
    assert.isEmpty(dueQuestions(scheduleFrom(), [bank], start));
    assert.isUndefined(nextDue(scheduleFrom(), [bank], start));
  });
});

describe("the day of the exam", () => {
  it("is a day of the calendar that has not passed", () => {
    for (const text of ["2026-01-05", "2026-1-6", " 2027-12-31 "]) assert.isUndefined(faultOfDay(text, start), text);
    for (const text of ["2026-01-04", "2026-02-30", "05.02.2026", "soon", "2026-13-01"])
      assert.isString(faultOfDay(text, start), text);
    assert.isUndefined(faultOfDay("  ", start));
    assert.equal(dayText(dayOf("2026-2-3")!), "2026-02-03");
  });

  it("presses nothing together once it has passed", () => {
    assert.deepEqual(examAhead("2026-01-06", start), new Date(2026, 0, 6));
    for (const text of [undefined, "2026-01-05", "2025-01-01", "nonsense"]) assert.isUndefined(examAhead(text, start));
  });
});

describe("the order of options", () => {
  const option = (text: string) => ({ text, correct: false, reason: "" });
  const letters = ["a", "b", "c", "d", "e"].map(option);

  it("is drawn from the seed: the same for the same one, every place reached", () => {
    assert.deepEqual(optionOrder(letters, 7, "answer"), optionOrder(letters, 7, "answer"));
    const first = new Set<number>();
    for (let seed = 0; seed < 200; seed++) {
      const order = optionOrder(letters, seed, "answer");
      assert.sameMembers([...order], [0, 1, 2, 3, 4]);
      first.add(order[0]!);
    }
    assert.equal(first.size, 5);
  });

  it("differs between the parts of a question", () => {
    const orders = new Set(["a", "b", "c", "d"].map((part) => optionOrder(letters, 3, part).join()));
    assert.isAbove(orders.size, 1);
  });

  it("leaves at the end what speaks of the others, and true before false", () => {
    const withNone = [option("None of them."), ...letters, option("All of the above")];
    for (let seed = 0; seed < 20; seed++) assert.deepEqual(optionOrder(withNone, seed, "").slice(-2), [0, 6]);
    for (let seed = 0; seed < 20; seed++) assert.deepEqual(optionOrder([option("True"), option("False")], seed, ""), [0, 1]); // prettier-ignore
  });
});
