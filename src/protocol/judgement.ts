/** What the page makes of a grade: what it says about each option, and where it puts the focus. */
import type { OptionState, Verdict } from "./question";

export interface Judgement {
  /** Of the option: "True.", or "Right." where one is to be chosen. */
  readonly truth: string;
  /** Of the student's choice; empty where there is nothing to say. */
  readonly choice: string;
  readonly color: "right" | "wrong" | "none";
}

/** Among boxes to tick, an option that was rightly left alone is judged as rightly as one that was rightly ticked. */
export function judgement(reason: OptionState["reason"], type: "radio" | "checkbox"): Judgement {
  if (!reason) return { truth: "", choice: "", color: "none" };
  const { correct, chosen } = reason;
  if (type === "radio") {
    const choice = chosen ? "You chose this." : "";
    return { truth: correct ? "Right." : "Wrong.", choice, color: correct ? "right" : chosen ? "wrong" : "none" };
  }
  const mistake = correct ? "You missed this." : "You ticked this.";
  const isMistaken = correct !== chosen;
  return {
    truth: correct ? "True." : "False.",
    choice: isMistaken ? mistake : "",
    color: isMistaken ? "wrong" : "right",
  };
}

/** What cannot be read is to be mended: its message is announced, and the focus stays where one types. */
export function focusAfter(verdict: Verdict | undefined): "input" | "result" {
  return verdict?.state === "unreadable" ? "input" : "result";
}
