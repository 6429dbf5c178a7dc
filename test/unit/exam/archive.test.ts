/** Everything in one file, and the schedule in few bytes: what is written comes back. */
import { assert } from "chai";
import { readArchive, writeArchive } from "../../../src/core/exam/archive";
import { joinCards, readCards, writeCards } from "../../../src/core/exam/carried";
import type { MockExam } from "../../../src/core/exam/mock";
import { readLog, type Attempt } from "../../../src/core/exam/progress";
import { scheduleOf } from "../../../src/core/exam/schedule";

const answer = (question: string, day: number, fraction: number): Attempt => ({
  version: 1,
  at: new Date(Date.UTC(2026, 0, 1 + day, 10, 0, 0, 123)).toISOString(),
  ...{ bank: "exam", question, response: { text: "1" }, fraction, points: 2 },
});
const logOf = (...attempts: readonly Attempt[]) => readLog(attempts.map((each) => JSON.stringify(each)).join("\n"));

const exam: MockExam = {
  version: 1,
  ...{ id: "e", bank: "exam", minutes: 60, begun: "2026-01-01T10:00:00.000Z", used: 5, at: 0 },
  responses: { one: { answer: { text: "4" } } },
  flagged: ["one"],
};

describe("an archive", () => {
  const log = [...logOf(answer("a", 0, 1), answer("b", 1, 0)), ...readLog('{"version":9,"kind":"future"}')];

  it("brings back answers, exams, the day, and what a newer version has written", () => {
    const archive = { log, exams: [exam], examDay: "2026-02-14" };
    assert.deepEqual(readArchive(writeArchive(archive)), archive);
    assert.deepEqual(readArchive(writeArchive({ log: [], exams: [] })), { log: [], exams: [] });
  });

  it("brings back drafts, programs and hunts, whatever is in them", () => {
    const text = 'print("a\\n")\n{"kind":"kept"}\n';
    const kept = [
      { store: "programs", id: "code/mend/answer", text },
      { store: "a store of tomorrow", id: "x", text: "" },
    ];
    assert.deepEqual(readArchive(writeArchive({ log, exams: [exam], kept })), { log, exams: [exam], kept });
  });

  it("may be a file of the progress itself", () => {
    assert.deepEqual(readArchive(log.map(({ text }) => text).join("\r\n")), { log, exams: [] });
  });

  for (const text of ["", "hello", "{}", '{"kind":"something"}', "[1, 2]", "question,answer\n1,2"]) {
    it(`is not “${text}”`, () => {
      const read = readArchive(text);
      assert.isTrue("problem" in read && read.problem.startsWith("This file holds no progress"));
    });
  }
});

describe("a schedule that is carried to another machine", () => {
  const log = logOf(answer("a", 0, 1), answer("a", 3, 0.6), answer("b", 1, 0), answer("a", 9, 1));
  const cards = new Map([...scheduleOf(log)].map(([key, { card }]) => [key, card]));

  it("comes back the same on one that has answered nothing", () => {
    const elsewhere = readCards(writeCards(cards));
    const there = scheduleOf([], { elsewhere });
    for (const [key, { due, last }] of scheduleOf(log)) {
      assert.deepEqual(there.get(key)?.due, due);
      assert.deepEqual(there.get(key)?.last, last);
    }
    assert.equal(there.size, 2);
  });

  it("counts nothing twice where the answers are known, and goes on as if nothing had happened", () => {
    const elsewhere = readCards(writeCards(cards));
    const later = [...log, ...logOf(answer("a", 30, 1))];
    for (const lines of [log, later])
      for (const [key, { due }] of scheduleOf(lines)) {
        const other = scheduleOf(lines, { elsewhere }).get(key)!.due;
        assert.isBelow(Math.abs(other.getTime() - due.getTime()), 24 * 3_600_000, key);
      }
    assert.deepEqual(scheduleOf(log, { elsewhere }).get("exam/a/answer")?.due, cards.get("exam/a/answer")?.due);
  });

  it("is joined part by part: the later review counts", () => {
    const older = scheduleOf(logOf(answer("a", 0, 1), answer("c", 0, 1)));
    const joined = joinCards(older, cards);
    assert.deepEqual(joined.get("exam/a/answer"), cards.get("exam/a/answer"));
    assert.sameMembers([...joined.keys()], ["a", "b", "c"].map((name) => `exam/${name}/answer`)); // prettier-ignore
    assert.deepEqual(joinCards(scheduleOf(log), new Map([...older].map(([key, { card }]) => [key, card]))).get("exam/a/answer"), cards.get("exam/a/answer")); // prettier-ignore
  });

  for (const text of [undefined, "", "null", "[]", '{"version":2}', '{"version":1,"cards":{"a":[1]}}']) {
    it(`is empty in ${String(text)}`, () => {
      assert.equal(readCards(text).size, 0);
    });
  }
});
