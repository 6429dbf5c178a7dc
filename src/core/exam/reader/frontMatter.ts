/** The head of a bank: who it is, and the symbols of its formulas. */
import type { SourceText, Span } from "../../text/source";
import { fieldReader, type Field, type FieldReader, type FieldValue, type Report } from "../answerBlock";
import type { Expression } from "../formula/expression";
import { parseFormula } from "../formula/parse";
import { latexOfName, readDomain, readIndex, real, type SymbolDeclaration } from "../formula/symbols";
import { tokenize } from "../formula/tokens";
import type { BankHead } from "../question";
import { yamlFields } from "./yamlFields";

export interface FrontMatter extends BankHead {
  /** The first line behind it. */
  readonly nextLine: number;
}

const names = ["id", "title", "course", "licence", "minutes", "symbols"] as const;
const symbolNames = ["domain", "is", "latex", "also", "says", "index", "of"] as const;

export type FrontName = (typeof names)[number];
export type SymbolFieldName = (typeof symbolNames)[number];

export function readFrontMatter(source: SourceText, report: Report): FrontMatter {
  const end = closingLine(source);
  const place: Span = { start: 0, end: source.lineAt(0).length };
  if (end === undefined) {
    report("front-matter", "A bank starts with its title and symbols between two lines of “---”.", place);
    return { id: "", title: "", course: "", licence: "", symbols: [], nextLine: 0 };
  }
  const start = source.offsetAt({ line: 1, column: 0 });
  const yaml = source.slice({ start, end: source.offsetAt({ line: end, column: 0 }) });
  const fields = fieldReader(yamlFields(yaml, start, report).fields, names, place, report);
  const required = (name: string): string => {
    fields.required(name);
    return fields.text(name)?.text ?? "";
  };
  const minutes = fields.amount("minutes")?.value;
  return {
    id: required("id"),
    title: required("title"),
    course: fields.text("course")?.text ?? "",
    licence: fields.text("licence")?.text ?? "",
    ...(minutes === undefined ? {} : { minutes }),
    symbols: readSymbols(fields.value("symbols"), report),
    nextLine: end + 1,
  };
}

/** The first line behind the head. */
export function bodyLine(source: SourceText): number {
  return (closingLine(source) ?? -1) + 1;
}

function closingLine(source: SourceText): number | undefined {
  if (!/^\uFEFF?---\s*$/.test(source.lineAt(0))) return undefined;
  for (let line = 1; line < source.lineCount; line++) {
    if (/^---\s*$/.test(source.lineAt(line))) return line;
    if (source.lineAt(line).startsWith("## ")) return undefined;
  }
  return undefined;
}

function readSymbols(value: FieldValue | undefined, report: Report): readonly SymbolDeclaration[] {
  if (!value) return [];
  if (value.kind !== "map") {
    report("field-form", "Symbols are declared one a line: “eta: positive”.", value.span);
    return [];
  }
  return value.fields.reduce<readonly SymbolDeclaration[]>((before, field) => {
    const symbol = readSymbol(field, before, report);
    return symbol ? [...before, symbol] : before;
  }, []);
}

function readSymbol(
  { name, nameSpan, value }: Field,
  before: readonly SymbolDeclaration[],
  report: Report,
): SymbolDeclaration | undefined {
  if (!/^[A-Za-z]\w*$/.test(name)) {
    report("symbol", "A symbol's name has letters, digits and underscores.", nameSpan);
    return undefined;
  }
  const short: readonly Field[] = [{ name: "domain", nameSpan, value }];
  const given = value.kind === "map" ? value.fields : short;
  const fields = fieldReader(given, symbolNames, nameSpan, report);
  const definitions = fields.list("is");
  const parsed = definitions.flatMap((item) => readDefinition(item, before, report) ?? []);
  if (definitions.length === 0) fields.required("domain");
  const domain = fields.text("domain");
  const read = definitions.length > 0 ? real : domain && readDomain(domain.text);
  if (domain && !read) {
    report("domain", "A domain is real, positive, unit, “int 1..9” or “range 0.1..1”.", domain.span);
  }
  const of = fields.list("of").flatMap((item) => {
    if (item.kind === "scalar" && before.some((symbol) => symbol.name === item.text)) return [item.text];
    report("unknown-symbol", "“of” names symbols that are declared above.", item.span);
    return [];
  });
  const index = fields.text("index");
  const family = index && readIndex(index.text);
  if (index && !family) report("domain", "An index runs over whole numbers: 0..2.", index.span);
  const wanted = family ? family.last - family.first + 1 : 1;
  const isShort = definitions.length > 0;
  if (isShort && definitions.length !== wanted) {
    const problem = family ? `“is” lists a formula for each index, ${wanted} of them.` : "“is” is a single formula.";
    report("symbol", problem, definitions[0]!.span);
  }
  if (!read || (isShort && parsed.length !== wanted)) return undefined;
  return {
    name,
    latex: fields.text("latex")?.text ?? latexOfName(name),
    also: readWritings(fields, report),
    domain: read,
    says: fields.text("says")?.text ?? "",
    ...(family ? { index: family } : {}),
    ...(of.length > 0 ? { of } : {}),
    ...(isShort ? (family ? { members: parsed } : { is: parsed[0]! }) : {}),
  };
}

/** What a short name stands for. */
function readDefinition(
  item: FieldValue,
  before: readonly SymbolDeclaration[],
  report: Report,
): Expression | undefined {
  if (item.kind !== "scalar") {
    report("field-form", "“is” is a formula, or for a family a list of them.", item.span);
    return undefined;
  }
  const parsed = parseFormula(item.text, before);
  if ("expression" in parsed) return parsed.expression;
  report("formula", parsed.problem, item.span);
  return undefined;
}

function readWritings(fields: FieldReader, report: Report): readonly string[] {
  const items = [...fields.list("also"), ...fields.list("latex")];
  for (const item of items) {
    const read = item.kind === "scalar" ? tokenize(item.text) : undefined;
    if (read && "problem" in read) report("symbol", `This cannot be typed: ${read.problem}`, item.span);
  }
  return fields.list("also").flatMap((item) => (item.kind === "scalar" ? [item.text] : []));
}
