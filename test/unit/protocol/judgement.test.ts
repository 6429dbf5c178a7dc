/** What the page says about each option after grading. */
import { assert } from "chai";
import { focusAfter, judgement } from "../../../src/protocol/judgement";

const said = (correct: boolean, chosen: boolean, type: "radio" | "checkbox"): string => {
  const { truth, choice, color } = judgement({ correct, chosen, text: "" }, type);
  return `${truth} ${choice} (${color})`;
};

describe("the judgement of an option", () => {
  it("tells what a statement is from what the student made of it", () => {
    assert.equal(said(true, true, "checkbox"), "True.  (right)");
    assert.equal(said(false, false, "checkbox"), "False.  (right)");
    assert.equal(said(true, false, "checkbox"), "True. You missed this. (wrong)");
    assert.equal(said(false, true, "checkbox"), "False. You ticked this. (wrong)");
  });
  it("marks of a single choice the right option and the one chosen", () => {
    assert.equal(said(true, true, "radio"), "Right. You chose this. (right)");
    assert.equal(said(true, false, "radio"), "Right.  (right)");
    assert.equal(said(false, true, "radio"), "Wrong. You chose this. (wrong)");
    assert.equal(said(false, false, "radio"), "Wrong.  (none)");
  });
  it("says nothing before grading", () => {
    assert.deepEqual(judgement(undefined, "checkbox"), { truth: "", choice: "", color: "none" });
  });
});

describe("the focus after checking", () => {
  it("stays in an answer that could not be read, and goes to the result of any other", () => {
    assert.equal(focusAfter({ state: "unreadable", problem: "No." }), "input");
    assert.equal(focusAfter({ state: "graded", fraction: 0, feedback: [] }), "result");
    assert.equal(focusAfter({ state: "self", feedback: [] }), "result");
    assert.equal(focusAfter(undefined), "result");
  });
});
