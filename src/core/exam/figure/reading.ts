/** What the kinds of figures share when they read their fields. */
import { plainNumber, type FieldReader, type FieldValue, type Report } from "../answerBlock";
import type { Span } from "../../text/source";

export interface FigureContext {
  readonly fields: FieldReader;
  readonly place: Span;
  readonly report: Report;
}

/** The scalars of a list; anything else in it is reported. */
export function scalarsOf(value: FieldValue, report: Report): readonly { text: string; span: Span }[] {
  const items = value.kind === "list" ? value.items : [value];
  return items.flatMap((item) => {
    if (item.kind === "scalar") return [item];
    report("field-form", "A single value is expected here.", item.span);
    return [];
  });
}

/** A list of numbers; what is none is reported. */
export function numbersOf(value: FieldValue, report: Report): readonly number[] {
  return scalarsOf(value, report).flatMap(({ text, span }) => {
    const number = plainNumber(text);
    if (number === undefined) report("not-a-number", `“${text}” is not a number.`, span);
    return number ?? [];
  });
}
