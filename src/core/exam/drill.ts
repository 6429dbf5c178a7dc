/** Variants of drill templates: parameters drawn from a seed, texts filled in, answers computed by the engine. */
import { plainNumber, type AnswerBlock, type Field, type FieldValue } from "./answerBlock";
import type { SymbolDeclaration } from "./formula/symbols";
import { figureFault } from "./figure/text";
import { isComputed, isKind } from "./kinds/registry";
import type { DrillTemplate, Parameter, Part, Question, TemplatePart, Variant } from "./question";
import { integerBetween, randomFrom, seedFrom, type Random } from "./random";
import { answeredPart } from "./reader/questionReader";

/**
 * Computes an expression in Python's syntax over the parameters: `conv2d(n, kernel=k)`, `k // 2`, `k <= n + 2*p`.
 * A comparison yields 1 or 0, a shape its sizes.
 */
export type Evaluator = (
  expression: string,
  variables: Readonly<Record<string, number>>,
) => number | readonly number[] | { readonly problem: string };

/** `expression`: what has no value, as the template writes it. */
export type Drawn = { readonly variant: Variant } | { readonly problem: string; readonly expression?: string };

type Values = Readonly<Record<string, number>>;

const mostDraws = 500;
/** An expression without a value anywhere ends the draw. Thrown and caught inside this file only. */
class Failed extends Error {
  constructor(
    message: string,
    readonly expression?: string,
  ) {
    super(message);
  }
}

/** The variant that belongs to a seed: always the same one for the same template text. */
export function drawVariant(
  template: DrillTemplate,
  seed: number,
  evaluator: Evaluator,
  symbols: readonly SymbolDeclaration[] = [],
): Drawn {
  try {
    const values = drawValues(template, randomFrom(seed ^ seedFrom(template.id)), evaluator);
    return { variant: { template: template.id, seed, values, question: fill(template, values, evaluator, symbols) } };
  } catch (error) {
    if (error instanceof Failed) {
      const { message: problem, expression } = error;
      return { problem, ...(expression === undefined ? {} : { expression }) };
    }
    throw error;
  }
}

function drawValues(template: DrillTemplate, random: Random, evaluator: Evaluator): Values {
  for (let draw = 0; draw < mostDraws; draw++) {
    const values: Record<string, number> = {};
    const complete = template.parameters.every((parameter) => {
      const value = drawParameter(parameter, values, random, evaluator);
      if (value !== undefined) values[parameter.name] = value;
      return value !== undefined;
    });
    if (complete && template.where.every((condition) => numberOf(condition, values, evaluator) !== 0)) return values;
  }
  throw new Failed(`No draw of ${mostDraws} fulfils the conditions of “${template.id}”.`);
}

/** Nothing where the range is empty under the values drawn before. */
function drawParameter({ range }: Parameter, values: Values, random: Random, evaluator: Evaluator): number | undefined {
  if (range.kind === "choice") return range.values[integerBetween(random, 0, range.values.length - 1)];
  const low = Math.ceil(numberOf(range.low, values, evaluator));
  const high = Math.floor(numberOf(range.high, values, evaluator));
  return low <= high ? integerBetween(random, low, high) : undefined;
}

function numberOf(expression: string, values: Values, evaluator: Evaluator): number {
  const result = compute(expression, values, evaluator);
  if (result.length !== 1) throw new Failed(`“${expression}” is not a single number.`);
  return result[0]!;
}

function compute(expression: string, values: Values, evaluator: Evaluator): readonly number[] {
  const known = plainNumber(expression) ?? values[expression.trim()];
  if (known !== undefined) return [known];
  const result = evaluator(expression.trim(), values);
  if (typeof result === "object" && "problem" in result)
    throw new Failed(`“${expression}”: ${result.problem}`, expression);
  const numbers = typeof result === "number" ? [result] : result;
  if (!numbers.every(Number.isFinite)) throw new Failed(`“${expression}” has no finite value.`, expression);
  return numbers;
}

function fill(
  template: DrillTemplate,
  values: Values,
  evaluator: Evaluator,
  symbols: readonly SymbolDeclaration[],
): Question {
  const text = (source: string): string => fillText(source, values, evaluator);
  const { id, points, topics, source, section, span } = template;
  return {
    id,
    points,
    topics,
    span,
    ...(source === undefined ? {} : { source }),
    ...(section === undefined ? {} : { section }),
    title: text(template.title),
    prompt: text(template.prompt),
    hints: template.hints.map(text),
    solution: text(template.solution),
    rubric: template.rubric.map((item) => ({ ...item, text: text(item.text) })),
    parts: template.parts.map((part) => fillPart(part, values, evaluator, symbols)),
  };
}

/** Replaces each `@{expression}` by its value; a shape's sizes are joined as a product. */
function fillText(source: string, values: Values, evaluator: Evaluator): string {
  const filled = source.replace(/@\{([^{}]*)\}/g, (_all, expression: string) =>
    compute(expression, values, evaluator).join(" \\times "),
  );
  const fault = filled === source ? undefined : figureFault(filled);
  if (fault !== undefined) throw new Failed(fault);
  return filled;
}

function fillPart(
  part: TemplatePart,
  values: Values,
  evaluator: Evaluator,
  symbols: readonly SymbolDeclaration[],
): Part {
  const text = (source: string): string => fillText(source, values, evaluator);
  const problems: string[] = [];
  const filled: TemplatePart = {
    ...part,
    prompt: text(part.prompt),
    hints: part.hints.map(text),
    solution: text(part.solution),
    block: fillBlock(part.block, values, evaluator),
  };
  const answered = answeredPart(filled, { symbols, report: (_rule, message) => problems.push(message) });
  if (!answered || problems.length > 0) throw new Failed(problems[0] ?? "This answer cannot be read.");
  return answered;
}

function fillBlock(block: AnswerBlock, values: Values, evaluator: Evaluator): AnswerBlock {
  const computed = isKind(block.kind) && isComputed(block.kind);
  const text = (source: string): string => fillText(source, values, evaluator);
  const field = (given: Field): Field => ({ ...given, value: value(given.value, computed && given.name === "value") });
  const value = (given: FieldValue, isExpression: boolean): FieldValue => {
    switch (given.kind) {
      case "list":
        return { ...given, items: given.items.map((item) => value(item, isExpression)) };
      case "map":
        return { ...given, fields: given.fields.map(field) };
      case "scalar":
        return {
          ...given,
          text: isExpression ? compute(text(given.text), values, evaluator).join("x") : text(given.text),
        };
    }
  };
  return {
    ...block,
    fields: block.fields.map(field),
    options: block.options.map((option) => ({ ...option, text: text(option.text), reason: text(option.reason) })),
    rubric: block.rubric.map((item) => ({ ...item, text: text(item.text) })),
  };
}
