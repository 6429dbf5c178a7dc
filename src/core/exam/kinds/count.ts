/** A count, of parameters for instance: a whole number, exactly. */
import type { AnswerBlock, BlockContext } from "../answerBlock";
import { fieldReader } from "../answerBlock";
import { numberLatex, readNumber } from "../numberText";
import { graded, type AnswerKind } from "./kind";
import { readKnown, type KnownAnswer } from "./known";
import { numberValue, slip, understandNumber, whyNot } from "./number";

export interface CountSpec {
  readonly kind: "count";
  readonly value: number;
  readonly refuse: readonly KnownAnswer<number>[];
}

export const count: AnswerKind<CountSpec> = {
  input: "line",
  computed: true,
  read: readSpec,
  understand(_spec, response) {
    const reading = understandNumber(response, "", true);
    const number = readNumber(response.text ?? "", true);
    if (reading.state !== "read" || (number.state === "number" && Number.isInteger(number.value))) return reading;
    return { state: "unreadable", problem: "A count is a whole number." };
  },
  grade(spec, response) {
    const reading = readNumber(response.text ?? "", true);
    if (reading.state !== "number") {
      return { state: "unreadable", problem: whyNot(understandNumber(response, "", true)) };
    }
    if (!Number.isInteger(reading.value)) return { state: "unreadable", problem: "A count is a whole number." };
    if (reading.value === spec.value) return graded(1, "Right.");
    const known = spec.refuse.find(({ value }) => value === reading.value);
    return known ? graded(known.credit, known.says) : graded(0, slip(spec.value, reading.value));
  },
  expected: (spec) => `$${numberLatex(spec.value)}$`,
  selfTest: (spec) =>
    spec.refuse.some(({ value }) => value === spec.value) ? ["The right count is among the refused ones."] : [],
};

function readSpec(block: AnswerBlock, { report }: BlockContext): CountSpec | undefined {
  const fields = fieldReader(block.fields, ["value", "refuse"], block.span, report);
  const found = fields.required("value");
  const value = found && numberValue(found);
  const refuse = readKnown(fields.list("refuse"), "value", numberValue, report);
  if (!found || !Number.isSafeInteger(value)) {
    if (found) report("not-a-number", "A count is a whole number.", found.span);
    return undefined;
  }
  return { kind: "count", value: value!, refuse };
}
