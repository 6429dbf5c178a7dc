/** A formula, compared with the reference by its values; listed conventions count too, listed misconceptions get their own word. */
import type { Span } from "../../text/source";
import type { Grade, Meaning, Reading, Response } from "../answer";
import { fieldReader, type AnswerBlock, type BlockContext, type FieldValue } from "../answerBlock";
import { compareFormulas, type Comparison } from "../formula/compare";
import { memberKey, type Point } from "../formula/evaluate";
import { childrenOf, type Expression } from "../formula/expression";
import { latexOf } from "../formula/latex";
import { parseFormula } from "../formula/parse";
import { slashReadings } from "../formula/slash";
import type { SymbolDeclaration } from "../formula/symbols";
import { tokenize } from "../formula/tokens";
import { writings } from "../formula/vocabulary";
import { numberLatex } from "../numberText";
import { graded, type AnswerKind, type PlacedFault } from "./kind";
import { readKnown, type KnownAnswer } from "./known";

export interface Formula {
  /** As the bank writes it. */
  readonly text: string;
  readonly expression: Expression;
  /** Where the bank writes it. */
  readonly span: Span;
}

export interface FormulaSpec {
  readonly kind: "formula";
  /** The symbols a student may use. */
  readonly symbols: readonly SymbolDeclaration[];
  readonly value: Formula;
  /** Other writings of the value: the author's own test of the grading. */
  readonly accept: readonly Formula[];
  /** Answers under another convention, right as well. */
  readonly also: readonly KnownAnswer<Formula>[];
  readonly refuse: readonly KnownAnswer<Formula>[];
}

export const formula: AnswerKind<FormulaSpec> = {
  input: "line",
  computed: false,
  read: readSpec,
  understand(spec, response) {
    const text = response.text ?? "";
    return text.trim() === "" ? { state: "empty" } : understand(spec, text);
  },
  grade,
  expected: (spec) => `$${latexOf(spec.value.expression, spec.symbols)}$`,
  selfTest,
};

function understand(spec: FormulaSpec, text: string): Reading {
  const parsed = parseFormula(text, spec.symbols);
  if ("problem" in parsed) return { state: "unreadable", ...parsed };
  const meanings = slashMeanings(text, spec.symbols);
  if (meanings.length > 0) return { state: "ambiguous", ask: "What stands below the bar?", meanings };
  const name = parsed.name === undefined ? "" : `${parsed.name} = `;
  return { state: "read", echo: `$${name}${latexOf(parsed.expression, spec.symbols)}$` };
}

/** Both meanings of `x/2y`. */
function slashMeanings(text: string, symbols: readonly SymbolDeclaration[]): readonly Meaning[] {
  const readings = slashReadings(text, symbols);
  if (!readings) return [];
  return [readings.below, readings.beside].flatMap((meant) => {
    const parsed = parseFormula(meant, symbols);
    return "problem" in parsed ? [] : [{ text: meant, echo: `$${latexOf(parsed.expression, symbols)}$` }];
  });
}

function grade(spec: FormulaSpec, response: Response): Grade {
  const parsed = parseFormula(response.text ?? "", spec.symbols);
  if ("problem" in parsed) return { state: "unreadable", problem: parsed.problem };
  const against = (reference: Formula): Comparison =>
    compareFormulas(reference.expression, parsed.expression, spec.symbols);
  const comparison = against(spec.value);
  if (comparison.state === "undecided") {
    return {
      state: "self",
      feedback: ["The values of these formulas do not settle it: compare with the model answer."],
    };
  }
  if (comparison.state === "equal") return graded(1, "Right.");
  const matching = ({ value }: KnownAnswer<Formula>): boolean => against(value).state === "equal";
  const convention = spec.also.find(matching);
  if (convention) return graded(convention.credit, convention.says === "" ? "Right." : `Right. ${convention.says}`);
  const misconception = spec.refuse.find(matching);
  if (misconception) return graded(misconception.credit, misconception.says);
  return graded(0, nearMiss(comparison, spec, parsed.expression));
}

/** What the comparison tells about the mistake. */
function nearMiss(
  comparison: Exclude<Comparison, { state: "equal" | "undecided" }>,
  spec: FormulaSpec,
  candidate: Expression,
): string {
  const at = "at" in comparison ? pointText(comparison.at, spec, candidate) : undefined;
  switch (comparison.state) {
    case "factor":
      return constantFactor(comparison.factor);
    case "close":
      return "Numerically close, but not the same function: give the exact form.";
    case "undefined":
      return at === undefined
        ? "Right only where it has a value."
        : `Right where it has a value, but it has none ${at}.`;
    case "different":
      if (at === undefined) return "Not equal to the right answer.";
      return Number.isFinite(comparison.value)
        ? `Not equal: ${at} this gives $${short(comparison.value)}$.`
        : `This has no value ${at}.`;
  }
}

function constantFactor(factor: number): string {
  const is = (value: number): boolean => Math.abs(factor - value) < 1e-9;
  if (is(-1)) return "The sign is the wrong way round; the rest is right.";
  if (is(2)) return "Twice too large: a factor of $\\frac{1}{2}$ is missing.";
  if (is(0.5)) return "Half of what it should be: a factor of $2$ is missing.";
  return `The right form, but $${short(factor)}$ times what it should be.`;
}

const short = (value: number): string => numberLatex(Number(value.toPrecision(3)));

/** The values of the symbols that matter, where they are few enough to follow. */
function pointText(point: Point, { symbols, value }: FormulaSpec, candidate: Expression): string | undefined {
  const used = new Set([...namesIn(value.expression), ...namesIn(candidate)]);
  const shown = symbols.flatMap(({ name, latex, index, is, members }) => {
    if (!used.has(name) || is || members) return [];
    if (!index) return [`$${latex} = ${short(point.get(name) ?? NaN)}$`];
    return Array.from({ length: index.last - index.first + 1 }, (_member, place) => {
      const at = index.first + place;
      return `$${latex}_{${at}} = ${short(point.get(memberKey(name, at)) ?? NaN)}$`;
    });
  });
  return shown.length === 0 || shown.length > 4 ? undefined : `at ${shown.join(", ")}`;
}

function namesIn(expression: Expression): readonly string[] {
  const own = "name" in expression ? [expression.name] : [];
  return [...own, ...childrenOf(expression).flatMap(namesIn)];
}

function readSpec(block: AnswerBlock, context: BlockContext): FormulaSpec | undefined {
  const { report } = context;
  const fields = fieldReader(block.fields, ["value", "symbols", "accept", "also", "refuse"], block.span, report);
  const symbols = usedSymbols(fields.value("symbols"), context);
  const read = (value: FieldValue): Formula | undefined => readFormula(value, symbols, context);
  const found = fields.required("value");
  const value = found ? read(found) : undefined;
  const accept = fields.list("accept").flatMap((item) => read(item) ?? []);
  const also = fields.list("also").flatMap((item) => {
    if (item.kind === "map")
      return readKnown([item], "formula", read, report).map((known) => ({ ...known, credit: 1 }));
    const plain = read(item);
    return plain ? [{ value: plain, says: "", credit: 1 }] : [];
  });
  const refuse = readKnown(fields.list("refuse"), "formula", read, report);
  return value ? { kind: "formula", symbols, value, accept, also, refuse } : undefined;
}

/** The symbols listed by name, in that order; all of the bank's where none are listed. */
function usedSymbols(listed: FieldValue | undefined, { symbols, report }: BlockContext): readonly SymbolDeclaration[] {
  if (!listed) return symbols;
  const names = listed.kind === "list" ? listed.items : [listed];
  return names.flatMap((item) => {
    if (item.kind !== "scalar") return [];
    return item.text.split(/[\s,]+/).flatMap((name) => {
      const symbol = symbols.find((candidate) => candidate.name === name);
      if (!symbol) report("unknown-symbol", `The front matter declares no symbol “${name}”.`, item.span);
      return symbol ? [symbol] : [];
    });
  });
}

function readFormula(
  value: FieldValue,
  symbols: readonly SymbolDeclaration[],
  { report }: BlockContext,
): Formula | undefined {
  if (value.kind !== "scalar") {
    report("field-form", "A formula is a single value; one with braces or a colon wants single quotes.", value.span);
    return undefined;
  }
  const parsed = parseFormula(value.text, symbols);
  if ("expression" in parsed) return { text: value.text, expression: parsed.expression, span: value.span };
  report("formula", parsed.problem, placeInside(value, parsed.span));
  return undefined;
}

/** The exact place where the scalar is written plainly; the whole scalar where quotes shift it. */
function placeInside(
  { text, span }: { text: string; span: { start: number; end: number } },
  inner: { start: number; end: number },
) {
  if (span.end - span.start !== text.length) return span;
  return { start: span.start + inner.start, end: span.start + Math.max(inner.end, inner.start + 1) };
}

function selfTest(spec: FormulaSpec): readonly (string | PlacedFault)[] {
  const faults: (string | PlacedFault)[] = sharedWritings(spec.symbols);
  const seeds = [1, 2, 3, 4, 5];
  const states = (reference: Formula, candidate: Formula): readonly string[] =>
    seeds.map((seed) => compareFormulas(reference.expression, candidate.expression, spec.symbols, seed).state);
  if (states(spec.value, spec.value).includes("undecided")) {
    const says = `“${spec.value.text}” has no value at enough points of its symbols' domains.`;
    faults.push({ says, span: spec.value.span });
  }
  for (const other of spec.accept) {
    if (!states(spec.value, other).every((state) => state === "equal"))
      faults.push({ says: `“${other.text}” is not equal to the value.`, span: other.span });
  }
  const right = [spec.value, ...spec.also.map(({ value }) => value)];
  for (const { value: wrong } of spec.refuse) {
    const taken = right.some((reference) =>
      states(reference, wrong).some((state) => state === "equal" || state === "undecided"),
    );
    if (!taken) continue;
    faults.push({ says: `The refused “${wrong.text}” cannot be told from a right answer.`, span: wrong.span });
  }
  return faults;
}

/** A writing that two symbols share could mean either. */
function sharedWritings(symbols: readonly SymbolDeclaration[]): string[] {
  const owners = new Map<string, string>();
  return symbols.flatMap((symbol) =>
    writings(symbol).flatMap((writing) => {
      const read = tokenize(writing);
      const form =
        "tokens" in read
          ? read.tokens
              .map(({ text }) => text)
              .filter((text) => !"{}".includes(text))
              .join(" ")
          : "";
      const owner = owners.get(form) ?? symbol.name;
      owners.set(form, owner);
      return owner === symbol.name ? [] : [`“${writing}” means both ${owner} and ${symbol.name}.`];
    }),
  );
}
