/** A number, right within a tolerance or to its order of magnitude. */
import type { Reading, Response } from "../answer";
import { fieldReader, plainNumber, type AnswerBlock, type BlockContext, type FieldValue } from "../answerBlock";
import { numberLatex, readNumber } from "../numberText";
import { graded, type AnswerKind } from "./kind";
import { readKnown, type KnownAnswer } from "./known";

export interface NumberSpec {
  readonly kind: "number";
  readonly value: number;
  /** How far off still counts as right: the wider of the two. */
  readonly relative: number;
  readonly absolute: number;
  /** Only the power of ten counts: up to half a decade off is right. */
  readonly magnitude: boolean;
  /** Shown behind the input, and tolerated in it. */
  readonly unit: string;
  readonly refuse: readonly KnownAnswer<number>[];
}

export const number: AnswerKind<NumberSpec> = {
  input: "line",
  computed: true,
  read: readSpec,
  understand(spec, response) {
    return understandNumber(response, spec.unit, false);
  },
  grade(spec, response) {
    const reading = readNumber(withoutUnit(response.text ?? "", spec.unit));
    if (reading.state !== "number") {
      return { state: "unreadable", problem: whyNot(understandNumber(response, spec.unit, false)) };
    }
    if (isWithin(spec, reading.value)) {
      const exact = Math.abs(reading.value - spec.value) <= 1e-9 * Math.abs(spec.value);
      return exact ? graded(1, "Right.") : graded(1, `Right: near enough to $${numberLatex(spec.value)}$.`);
    }
    const known = spec.refuse.find(({ value }) => isWithin({ ...spec, value }, reading.value));
    return known ? graded(known.credit, known.says) : graded(0, slip(spec.value, reading.value));
  },
  expected(spec) {
    const value = `$${numberLatex(spec.value)}$${spec.unit === "" ? "" : ` ${spec.unit}`}`;
    return spec.magnitude ? `about ${value}` : value;
  },
  selfTest(spec) {
    return spec.refuse
      .filter(({ value }) => isWithin(spec, value))
      .map(({ value }) => `The refused answer ${value} lies within the tolerance of the right one.`);
  },
};

function readSpec(block: AnswerBlock, { report }: BlockContext): NumberSpec | undefined {
  const names = ["value", "relative", "absolute", "magnitude", "unit", "refuse"];
  const fields = fieldReader(block.fields, names, block.span, report);
  const found = fields.required("value");
  const value = found && numberValue(found);
  if (found && value === undefined) report("not-a-number", "“value” must be a number or a calculation.", found.span);
  const relative = fields.amount("relative")?.value;
  const absolute = fields.amount("absolute")?.value;
  const refuse = readKnown(fields.list("refuse"), "value", numberValue, report);
  if (value === undefined) return undefined;
  const exact = Number.isInteger(value) || absolute !== undefined;
  return {
    kind: "number",
    value,
    relative: relative ?? (exact ? 0 : 0.01),
    absolute: absolute ?? 0,
    magnitude: fields.flag("magnitude"),
    unit: fields.text("unit")?.text ?? "",
    refuse,
  };
}

/** The value of a scalar that holds a number or a small calculation: `25_000_000`, `sqrt(2/768)`. */
export function numberValue(value: FieldValue): number | undefined {
  if (value.kind !== "scalar") return undefined;
  const reading = readNumber(value.text);
  return plainNumber(value.text) ?? (reading.state === "number" ? reading.value : undefined);
}

/** Shared with counts: how a typed number is understood. */
export function understandNumber(response: Response, unit: string, whole: boolean): Reading {
  const text = withoutUnit(response.text ?? "", unit);
  if (text.trim() === "") return { state: "empty" };
  const reading = readNumber(text, whole);
  switch (reading.state) {
    case "number":
      return {
        state: "read",
        echo: `$${numberLatex(reading.value)}$`,
        ...(reading.note ? { note: reading.note } : {}),
      };
    case "ambiguous":
      return {
        state: "ambiguous",
        ask: askFor(reading.values, whole && !text.includes(",")),
        meanings: reading.values.map((value) => ({ text: String(value), echo: `$${numberLatex(value)}$` })),
      };
    case "unreadable":
      return reading;
  }
}

function askFor([first, ...others]: readonly number[], isCount: boolean): string {
  if (isCount) return `A count is a whole number. Did you mean $${numberLatex(first ?? NaN)}$?`;
  if (others.length > 0) return "The comma can be read in more than one way. Which number is meant?";
  return `A decimal point is written “.”. Did you mean $${numberLatex(first ?? NaN)}$?`;
}

/** Why a number is not graded: what `understandNumber` asks or says. */
export function whyNot(reading: Reading): string {
  if (reading.state === "ambiguous") return reading.ask;
  return reading.state === "unreadable" ? reading.problem : "There is no number here.";
}

function withoutUnit(text: string, unit: string): string {
  const trimmed = text.trim();
  return unit !== "" && trimmed.endsWith(unit) ? trimmed.slice(0, -unit.length) : trimmed;
}

function isWithin(spec: NumberSpec, value: number): boolean {
  if (spec.magnitude) return value * spec.value > 0 && Math.abs(Math.log10(value / spec.value)) <= 0.5;
  // A little slack, so that 46 is within 45.8 ± 0.2 in binary arithmetic as well.
  const tolerance = Math.max(spec.absolute, spec.relative * Math.abs(spec.value));
  return Math.abs(value - spec.value) <= tolerance + 1e-9 * Math.max(Math.abs(spec.value), tolerance);
}

/** Common slips, said without giving the answer away. */
export function slip(wanted: number, value: number): string {
  if (wanted === 0 || value === 0) return "Not this number.";
  const ratio = value / wanted;
  if (Math.abs(ratio + 1) < 1e-6) return "Right size, wrong sign.";
  if (Math.abs(ratio - 2) < 1e-6) return "Twice too much.";
  if (Math.abs(ratio - 0.5) < 1e-6) return "Half of what it should be.";
  const power = Math.log10(Math.abs(ratio));
  if (ratio > 0 && Math.abs(power - Math.round(power)) < 1e-6) return "Off by a power of ten.";
  return Math.abs(ratio - 1) < 0.1 ? "Close, but not this number." : "Not this number.";
}
