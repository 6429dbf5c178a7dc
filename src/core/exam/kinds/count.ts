/** A count, of parameters for instance: a whole number, exactly or one more or less. */
import type { AnswerBlock, BlockContext } from "../answerBlock";
import { fieldReader } from "../answerBlock";
import { numberLatex, readNumber } from "../numberText";
import { graded, type AnswerKind } from "./kind";
import { readKnown, type KnownAnswer } from "./known";
import { numberValue, slip, understandNumber, whyNot } from "./number";

export interface CountSpec {
  readonly kind: "count";
  readonly value: number;
  /** How far off still counts as right; 0 where nothing is said. */
  readonly tolerance: number;
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
    if (Math.abs(reading.value - spec.value) <= spec.tolerance) {
      return graded(1, `Accepted. Exactly it is $${numberLatex(spec.value)}$.`);
    }
    const known = spec.refuse.find(({ value }) => value === reading.value);
    return known ? graded(known.credit, known.says) : graded(0, slip(spec.value, reading.value));
  },
  expected: (spec) => `$${numberLatex(spec.value)}$`,
  selfTest: (spec) =>
    spec.refuse.some(({ value }) => Math.abs(value - spec.value) <= spec.tolerance)
      ? ["The right count is among the refused ones."]
      : [],
};

function readSpec(block: AnswerBlock, { report }: BlockContext): CountSpec | undefined {
  const fields = fieldReader(block.fields, ["value", "tolerance", "refuse"], block.span, report);
  const found = fields.required("value");
  const value = found && numberValue(found);
  const tolerance = fields.amount("tolerance")?.value ?? 0;
  const refuse = readKnown(fields.list("refuse"), "value", numberValue, report);
  if (!found || !Number.isSafeInteger(value)) {
    if (found) report("not-a-number", "A count is a whole number.", found.span);
    return undefined;
  }
  return { kind: "count", value: value!, tolerance, refuse };
}
