/** Drills for programs and paper that cannot draw: some variants of each, by their numbers, as questions like any other. */
import { drawVariant, type Evaluator } from "../drill";
import type { Bank, DrillTemplate, Question } from "../question";

/** Numbers that are tried for each variant: a template with few values repeats itself. */
const mostNumbers = 20;

export interface DrawnBanks {
  /** Banks of questions; drills stand in banks of their own behind them, which no time limits. */
  readonly banks: readonly Bank[];
  /** One for each drill that cannot be drawn. */
  readonly problems: readonly string[];
}

/** The same numbers give the same variants at every export: the first ones from 1 on that differ from each other. */
export function withVariants(banks: readonly Bank[], count: number, evaluator: Evaluator): DrawnBanks {
  const problems: string[] = [];
  const drawn = banks.flatMap((bank) => {
    const variants = bank.drills.flatMap((template) => {
      const { questions, problem } = variantsOf(template, bank, count, evaluator);
      if (problem !== undefined) problems.push(`${bank.id}/${template.id}: ${problem}`);
      return questions;
    });
    const asked: Bank[] = bank.questions.length > 0 ? [{ ...bank, drills: [] }] : [];
    return variants.length === 0 ? asked : [...asked, drillBank(bank, variants)];
  });
  return { banks: drawn, problems };
}

function drillBank(bank: Bank, questions: readonly Question[]): Bank {
  const own = bank.questions.length > 0 ? { id: `${bank.id}-drills`, title: `${bank.title}: drills` } : {};
  const { id, title, path, course, licence, symbols } = { ...bank, ...own };
  return { id, title, path, course, licence, symbols, questions, drills: [] };
}

function variantsOf(
  template: DrillTemplate,
  { symbols }: Bank,
  count: number,
  evaluator: Evaluator,
): { readonly questions: readonly Question[]; readonly problem?: string } {
  const found = new Map<string, Question>();
  for (let seed = 1; seed <= count * mostNumbers && found.size < count; seed++) {
    const drawn = drawVariant(template, seed, evaluator, symbols);
    if ("problem" in drawn) return { questions: [...found.values()], problem: drawn.problem };
    const { values, question } = drawn.variant;
    const key = JSON.stringify(values);
    const [id, title] = [`${template.id}-${seed}`, `${question.title} (variant ${seed})`];
    if (!found.has(key)) found.set(key, { ...question, id, title });
  }
  return { questions: [...found.values()] };
}
