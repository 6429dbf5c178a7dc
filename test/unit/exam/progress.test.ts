/** The log of attempts: nothing is lost and nothing counted twice. */
import { assert } from "chai";
import {
  mergeLogs,
  partKey,
  progressVersion,
  readLog,
  standings,
  writeLog,
  type Attempt,
} from "../../../src/core/exam/progress";

function attempt(minute: number, more: Partial<Attempt> = {}): Attempt {
  const at = new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString();
  return {
    version: progressVersion,
    at,
    bank: "b",
    question: "q",
    response: { text: "9" },
    fraction: 1,
    points: 2,
    ...more,
  };
}

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

describe("the progress log", () => {
  it("reads back what was written", () => {
    const attempts = [attempt(1), attempt(2, { part: "a", variant: 7, response: { chosen: [0, 2] } }), attempt(3)];
    const text = attempts.map(line).join("");
    assert.deepEqual(
      readLog(text).map((entry) => entry.attempt),
      attempts,
    );
    assert.equal(writeLog(readLog(text)), text);
  });

  it("tolerates a torn line and reads what stands behind it", () => {
    const torn = line(attempt(1)) + line(attempt(2)).slice(0, 40);
    const text = `${torn}\n${line(attempt(3))}`;
    const log = readLog(text);
    assert.deepEqual(log.map((entry) => entry.attempt?.at), [attempt(1).at, undefined, attempt(3).at]); // prettier-ignore
    assert.equal(writeLog(log), text);
  });

  it("keeps fields and lines of a newer version when it is written again", () => {
    const newer = { ...attempt(1), version: 2, mood: "good" };
    const text = line(newer) + line({ version: 3, kind: "schedule", due: 5 });
    const log = readLog(text);
    assert.equal(writeLog(log), text);
    assert.equal(writeLog(mergeLogs(log, readLog(line(attempt(0))))), line(attempt(0)) + text);
    assert.equal(standings(log).get(partKey("b", "q"))?.attempts, 1);
  });

  it("takes nothing that is not an attempt for one", () => {
    const bad = [
      null,
      7,
      [],
      {},
      { ...attempt(1), at: "yesterday" },
      { ...attempt(1), fraction: "1" },
      { ...attempt(1), response: { chosen: ["a"] } },
      { ...attempt(1), bank: "" },
    ];
    const log = readLog(bad.map(line).join(""));
    assert.lengthOf(log, bad.length);
    assert.isTrue(log.every((entry) => entry.attempt === undefined));
  });

  it("merges the logs of two windows without loss or doubles, in the order of time", () => {
    const common = [attempt(1), attempt(2)];
    const first = readLog([...common, attempt(4)].map(line).join(""));
    const second = readLog([...common, attempt(3), attempt(5)].map(line).join(""));
    const merged = mergeLogs(first, second);
    assert.deepEqual(merged.map((entry) => entry.attempt), [1, 2, 3, 4, 5].map((minute) => attempt(minute))); // prettier-ignore
    assert.deepEqual(mergeLogs(second, first), merged);
    assert.deepEqual(mergeLogs(merged, first), merged);
    assert.deepEqual(mergeLogs(merged, merged), merged);
  });

  it("knows an attempt again whose fields are written in another order", () => {
    const reordered = Object.fromEntries(Object.entries(attempt(1)).reverse());
    assert.lengthOf(mergeLogs(readLog(line(attempt(1))), readLog(line(reordered))), 1);
  });

  it("drops a torn line where the other log has the whole of it", () => {
    const whole = line(attempt(1));
    assert.equal(writeLog(mergeLogs(readLog(whole.slice(0, 30)), readLog(whole))), whole);
    assert.lengthOf(mergeLogs(readLog("{broken"), readLog(whole)), 2);
  });

  it("says how one stands with each part", () => {
    const log = readLog(
      [attempt(3, { fraction: 0.5 }), attempt(1, { fraction: 1 }), attempt(2, { part: "a", fraction: 0 })]
        .map(line)
        .join(""),
    );
    const all = standings(log);
    assert.deepInclude(all.get("b/q/answer"), { attempts: 2, best: 1 });
    assert.equal(all.get("b/q/answer")?.last.fraction, 0.5);
    assert.deepInclude(all.get("b/q/a"), { attempts: 1, best: 0 });
    assert.equal(all.size, 2);
  });
});
