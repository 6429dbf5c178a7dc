/** A free text: the student compares it with the model answer and ticks what it contains. */
import { fieldReader } from "../answerBlock";
import type { RubricItem } from "../answer";
import { graded, type AnswerKind } from "./kind";

export interface OpenSpec {
  readonly kind: "open";
  readonly rubric: readonly RubricItem[];
}

export const open: AnswerKind<OpenSpec> = {
  input: "text",
  computed: false,
  read(block, { report }) {
    fieldReader(block.fields, [], block.span, report);
    if (!block.rubric.some(({ points }) => points > 0)) {
      report("missing-answer", "An open answer has a rubric block with the points to tick.", block.span);
    }
    return { kind: "open", rubric: block.rubric };
  },
  understand(_spec, response) {
    const text = response.text?.trim() ?? "";
    return text === "" ? { state: "empty" } : { state: "read", echo: text };
  },
  grade(spec, response) {
    return response.ticked ? graded(rubricFraction(spec.rubric, response.ticked)) : { state: "self", feedback: [] };
  },
  expected: () => "",
  selfTest: () => [],
};

/** The points of the ticked items as a fraction of all positive points, kept between 0 and 1. */
export function rubricFraction(rubric: readonly RubricItem[], ticked: readonly number[]): number {
  const sum = (items: readonly RubricItem[]): number => items.reduce((total, { points }) => total + points, 0);
  const most = sum(rubric.filter(({ points }) => points > 0));
  const given = sum(rubric.filter((_item, place) => ticked.includes(place)));
  return most > 0 ? Math.max(0, Math.min(1, given / most)) : 0;
}
