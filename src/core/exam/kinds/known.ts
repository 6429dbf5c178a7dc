/** Wrong answers that an author foresaw: what to say about them, and what they are still worth. */
import { fieldReader, type FieldValue, type Report } from "../answerBlock";

export interface KnownAnswer<Value> {
  readonly value: Value;
  /** Markdown. */
  readonly says: string;
  /** The fraction of the points that it earns. */
  readonly credit: number;
}

/** Reads `refuse:`, a list of mappings `{name: …, says: …, credit: …}`; `read` makes sense of the value. */
export function readKnown<Value>(
  items: readonly FieldValue[],
  name: string,
  read: (value: FieldValue) => Value | undefined,
  report: Report,
): readonly KnownAnswer<Value>[] {
  return items.flatMap((item) => {
    if (item.kind !== "map") {
      report("field-form", `An item of “refuse” has the fields ${name} and says.`, item.span);
      return [];
    }
    const fields = fieldReader(item.fields, [name, "says", "credit"], item.span, report);
    const found = fields.required(name);
    fields.required("says");
    const credit = fields.number("credit");
    if (credit && (credit.value < 0 || credit.value > 1))
      report("field-form", "“credit” lies between 0 and 1.", credit.span);
    const value = found ? read(found) : undefined;
    return value === undefined ? [] : [{ value, says: fields.text("says")?.text ?? "", credit: credit?.value ?? 0 }];
  });
}
