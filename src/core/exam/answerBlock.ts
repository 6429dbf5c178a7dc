/** The fields of an `answer` block with their places, before a kind of answer has made sense of them. */
import type { Severity } from "../text/diagnostic";
import type { Span } from "../text/source";
import type { ChoiceOption, RubricItem } from "./answer";
import type { SymbolDeclaration } from "./formula/symbols";

/** A field's value: YAML scalars, lists and mappings, each with its place in the bank. */
export type FieldValue =
  | { readonly kind: "scalar"; readonly text: string; readonly span: Span }
  | { readonly kind: "list"; readonly items: readonly FieldValue[]; readonly span: Span }
  | { readonly kind: "map"; readonly fields: readonly Field[]; readonly span: Span };

export interface Field {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: FieldValue;
}

export interface AnswerBlock {
  /** `number`, `shape`, …: the `kind` field, or what the part's task list or rubric implies. */
  readonly kind: string;
  /** Without `kind`. */
  readonly fields: readonly Field[];
  /** The part's task list. */
  readonly options: readonly ChoiceOption[];
  readonly rubric: readonly RubricItem[];
  /** The place to report what is missing. */
  readonly span: Span;
}

/** Says what is wrong with the bank, and where; `rule` without the prefix that all bank rules share. */
export type Report = (rule: string, message: string, span: Span, severity?: Severity) => void;

/** What a kind of answer may need to make sense of its block. */
export interface BlockContext {
  /** The bank's symbols. */
  readonly symbols: readonly SymbolDeclaration[];
  readonly report: Report;
}

export interface PlacedText {
  readonly text: string;
  readonly span: Span;
}

export interface PlacedNumber {
  readonly value: number;
  readonly span: Span;
}

/** Reads the fields of a mapping by name; reports those with another form than asked for. */
export interface FieldReader {
  text(name: string): PlacedText | undefined;
  number(name: string): PlacedNumber | undefined;
  /** A number that is not negative. */
  amount(name: string): PlacedNumber | undefined;
  flag(name: string): boolean;
  /** A list, or a single value in place of a list of one. */
  list(name: string): readonly FieldValue[];
  value(name: string): FieldValue | undefined;
  /** Reports when absent. */
  required(name: string): FieldValue | undefined;
}

/** `allowed` are the names that mean something here: any other is reported. `place` is where missing ones are reported. */
export function fieldReader(
  fields: readonly Field[],
  allowed: readonly string[],
  place: Span,
  report: Report,
): FieldReader {
  for (const { name, nameSpan } of fields) {
    if (!allowed.includes(name))
      report("unknown-field", `“${name}” is not a field here. Known: ${allowed.join(", ")}.`, nameSpan);
  }
  const value = (name: string): FieldValue | undefined => fields.find((field) => field.name === name)?.value;
  const text = (name: string): PlacedText | undefined => {
    const found = value(name);
    if (!found || found.kind === "scalar") return found;
    report("field-form", `“${name}” is a single value.`, found.span);
    return undefined;
  };
  const number = (name: string): PlacedNumber | undefined => {
    const found = text(name);
    if (!found) return undefined;
    const read = plainNumber(found.text);
    if (read === undefined) report("not-a-number", `“${name}” must be a number.`, found.span);
    return read === undefined ? undefined : { value: read, span: found.span };
  };
  return {
    value,
    text,
    number,
    amount(name) {
      const found = number(name);
      if (!found || found.value >= 0) return found;
      report("not-a-number", `“${name}” must not be negative.`, found.span);
      return undefined;
    },
    flag(name) {
      const found = text(name);
      if (found && found.text !== "true" && found.text !== "false") {
        report("field-form", `“${name}” is true or false.`, found.span);
      }
      return found?.text === "true";
    },
    list(name) {
      const found = value(name);
      if (!found) return [];
      return found.kind === "list" ? found.items : [found];
    },
    required(name) {
      const found = value(name);
      if (!found) report("missing-field", `The field “${name}” is missing.`, place);
      return found;
    },
  };
}

/** A number as banks write it: `25_000_000`, `0.05`, `1e-3`. */
export function plainNumber(text: string): number | undefined {
  const digits = text.trim().replace(/(?<=\d)_(?=\d)/g, "");
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(digits) ? Number(digits) : undefined;
}
