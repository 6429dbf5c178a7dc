/** Drafts: which of them lie on the table, whatever stands in their file. */
import { assert } from "chai";
import { draftKind, openDrafts, type Drafts } from "../../../../src/core/exam/kept/drafts";

const draft = (at: string, text?: string): Drafts[string] => ({
  at,
  ...(text !== undefined && { response: { text } }),
});

describe("drafts", () => {
  it("lie on the table until their part is graded", () => {
    const drafts = { a: draft("2026-01-02", "x"), b: draft("2026-01-02") };
    assert.deepEqual(openDrafts(drafts), { a: { text: "x" } });
    assert.isEmpty(openDrafts(drafts, () => "2026-01-03"));
    assert.deepEqual(Object.keys(openDrafts(drafts, (part) => (part === "b" ? "2026-01-03" : "2026-01-01"))), ["a"]);
  });

  it("are of two windows those that were typed last, and what one has graded is over in the other", () => {
    const [here, there] = [
      { a: draft("2026-01-02", "old"), b: draft("2026-01-05") },
      { a: draft("2026-01-03", "new"), b: draft("2026-01-04", "graded since") },
    ];
    for (const joined of [draftKind.join(here, there), draftKind.join(there, here)])
      assert.deepEqual(openDrafts(joined), { a: { text: "new" } });
  });

  it("come back as they were written, without what is none", () => {
    const drafts = { a: { at: "2026-01-01", response: { chosen: [1, 2] } }, b: draft("2026-01-02") };
    assert.deepEqual(draftKind.read(draftKind.write(drafts)), drafts);
    const odd = {
      version: 1,
      parts: { a: drafts.a, b: 5, c: { at: 1 }, d: { at: "", response: { text: 1 } }, e: null },
    };
    assert.deepEqual(Object.keys(draftKind.read(JSON.stringify(odd))!), ["a"]);
  });

  for (const text of ["", "null", "[]", '{"version":2,"parts":{}}', '{"version":1}', '{"version":1,"par']) {
    it(`are not in “${text}”`, () => {
      assert.isUndefined(draftKind.read(text));
    });
  }
});
