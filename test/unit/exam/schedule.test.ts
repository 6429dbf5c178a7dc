/** The schedule, replayed from logs: what comes back when, before an exam, after cramming, from two windows. */
import { assert } from "chai";
import { type Attempt, mergeLogs, readLog, type ProgressLog } from "../../../src/core/exam/progress";
import { dueAt, forecast, scheduleOf } from "../../../src/core/exam/schedule";
import { calibration, streak, studyDays, topicStandings, topicWeeks } from "../../../src/core/exam/statistics";

const day = 24 * 60 * 60 * 1000;
const start = new Date(2026, 2, 2, 12);

function at(days: number): Date {
  return new Date(start.getTime() + days * day);
}

function answer(question: string, days: number, fraction: number, more: Partial<Attempt> = {}): Attempt {
  const response = { text: "1" };
  return { version: 1, at: at(days).toISOString(), bank: "exam", question, response, fraction, points: 2, ...more };
}

function logOf(...attempts: readonly Attempt[]): ProgressLog {
  return readLog(attempts.map((attempt) => JSON.stringify(attempt)).join("\n"));
}

const key = (question: string): string => `exam/${question}/answer`;

describe("the schedule", () => {
  it("brings back what went wrong before what went right", () => {
    const schedule = scheduleOf(logOf(answer("right", 0, 1), answer("partly", 0, 0.6), answer("wrong", 0, 0)));
    const [right, partly, wrong] = ["right", "partly", "wrong"].map((name) => schedule.get(key(name))!.due.getTime());
    assert.isBelow(wrong!, partly!);
    assert.isBelow(partly!, right!);
  });

  it("waits longer after each right answer in turn", () => {
    const log: Attempt[] = [];
    const gaps: number[] = [];
    let now = 0;
    for (let i = 0; i < 5; i++) {
      log.push(answer("q", now, 1));
      const { due } = scheduleOf(logOf(...log)).get(key("q"))!;
      const next = (due.getTime() - start.getTime()) / day;
      gaps.push(next - now);
      now = next;
    }
    for (const [i, gap] of gaps.entries()) if (i > 0) assert.isAbove(gap, gaps[i - 1]!);
    assert.isAbove(gaps.at(-1)!, 20);
  });

  it("asks for everything once more before an exam, on several days, and leaves alone what is due anyway", () => {
    const attempts = Array.from({ length: 40 }, (_, i) => [0, 1, 5, 20].map((days) => answer(`q${i}`, days, 1))).flat();
    const exam = at(30);
    const schedule = scheduleOf(logOf(...attempts), { exam });
    const days = new Set<number>();
    for (const { due, last } of schedule.values()) {
      assert.isBelow(due.getTime(), exam.getTime());
      assert.isAbove(due.getTime(), last.getTime());
      days.add(Math.floor((due.getTime() - start.getTime()) / day));
    }
    assert.isAtLeast(days.size, 4);
    const plain = scheduleOf(logOf(answer("new", 0, 0)));
    assert.deepEqual(scheduleOf(logOf(answer("new", 0, 0)), { exam }), plain);
  });

  it("does not count what was crammed", () => {
    const before = scheduleOf(logOf(answer("q", 0, 1)));
    const after = scheduleOf(logOf(answer("q", 0, 1), answer("q", 1, 0, { practice: "cram" })));
    assert.deepEqual(after, before);
  });

  it("is the same from two windows' logs in any order", () => {
    const one = logOf(answer("a", 0, 1), answer("a", 2, 0.5));
    const two = logOf(answer("a", 1, 0), answer("b", 3, 1));
    const [merged, other] = [scheduleOf(mergeLogs(one, two)), scheduleOf(mergeLogs(two, one))];
    assert.deepEqual(merged, other);
  });

  it("takes over what another machine knows, unless the log knows more", () => {
    const elsewhere = new Map(
      [...scheduleOf(logOf(answer("a", 0, 1), answer("a", 4, 1)))].map(([name, { card }]) => [name, card]),
    );
    assert.deepEqual(
      scheduleOf(logOf(answer("a", 0, 1)), { elsewhere }).get(key("a"))!.due,
      elsewhere.get(key("a"))!.due,
    );
    const later = scheduleOf(logOf(answer("a", 9, 0)), { elsewhere }).get(key("a"))!;
    assert.deepEqual(later.last, at(9));
  });

  it("says what is due, and how much will be", () => {
    const schedule = scheduleOf(logOf(answer("wrong", 0, 0), answer("right", 0, 1)));
    assert.deepEqual(
      dueAt(schedule, at(0.5)).map(({ key: name }) => name),
      [key("wrong")],
    );
    const counts = forecast(schedule, at(0.5), 30);
    assert.equal(counts[0], 1);
    assert.equal(
      counts.reduce((a, b) => a + b),
      2,
    );
  });
});

describe("statistics", () => {
  const topicsOf = (_: string, question: string): readonly string[] => (question === "a" ? ["cnn", "shapes"] : ["rnn"]);

  it("count the points of each topic by week, and the last answers for how one stands", () => {
    const log = logOf(answer("a", 0, 0), answer("b", 1, 1), answer("a", 8, 1));
    assert.deepEqual(
      topicWeeks(log, topicsOf).map(({ topics }) => Object.fromEntries(topics)),
      [
        { cnn: { points: 0, of: 2 }, shapes: { points: 0, of: 2 }, rnn: { points: 2, of: 2 } },
        { cnn: { points: 2, of: 2 }, shapes: { points: 2, of: 2 } },
      ],
    );
    assert.deepEqual(Object.fromEntries(topicStandings(log, topicsOf)), {
      cnn: { points: 2, of: 2 },
      shapes: { points: 2, of: 2 },
      rnn: { points: 2, of: 2 },
    });
  });

  it("compare how sure one was with how right one was", () => {
    const log = logOf(
      answer("a", 0, 1, { confidence: "sure" }),
      answer("b", 0, 0.5, { confidence: "sure" }),
      answer("c", 0, 0, { confidence: "guess" }),
      answer("d", 0, 1),
    );
    assert.deepEqual(calibration(log), [
      { confidence: "guess", answers: 1, right: 0 },
      { confidence: "unsure", answers: 0, right: 0 },
      { confidence: "sure", answers: 2, right: 0.75 },
    ]);
  });

  it("forgive a day off", () => {
    const log = logOf(answer("a", -4, 1), answer("a", -3, 1), answer("a", -1, 1), answer("a", 0, 1));
    assert.equal(streak(log, at(0)), 4);
    assert.equal(streak(log, at(1)), 4);
    assert.equal(streak(log, at(2)), 0);
    assert.deepEqual(
      studyDays(log, at(0), 5).map(({ answers }) => answers),
      [1, 1, 0, 1, 1],
    );
  });
});
