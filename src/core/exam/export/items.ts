/** Questions as learning systems take them: one item for each answer to give. */
import { expected } from "../kinds/registry";
import { figuresInWords } from "../figure/text";
import type { Bank, Part, Question } from "../question";

export interface Item {
  /** `bank/question/part`: the same at every export. */
  readonly key: string;
  readonly title: string;
  readonly bank: Bank;
  readonly question: Question;
  readonly part: Part;
  /** What is asked, Markdown: the question's text and the part's. */
  readonly prompt: string;
  /** The right answer, Markdown; empty for choices, whose options say it, and open ones. */
  readonly answer: string;
  /** Markdown. */
  readonly solution: string;
}

export function itemsOf(bank: Bank): readonly Item[] {
  return bank.questions.flatMap((question) => question.parts.map((part) => itemOf(bank, question, part)));
}

function itemOf(bank: Bank, question: Question, part: Part): Item {
  const isChoice = part.answer.kind === "single" || part.answer.kind === "multiple";
  const several = question.parts.length > 1;
  return {
    key: `${bank.id}/${question.id}/${part.id}`,
    title: several ? `${question.title} (${part.id})` : question.title,
    bank,
    question,
    part,
    prompt: figuresInWords(joined(question.prompt, part.prompt)),
    answer: isChoice ? "" : expected(part.answer),
    solution: figuresInWords(joined(part.solution, question.solution)),
  };
}

const joined = (...texts: readonly string[]): string => texts.filter((text) => text !== "").join("\n\n");

/** The rubric as a Markdown list; empty where there is none. */
export function rubricText({ part, question }: Item): string {
  const items = part.answer.kind === "open" ? part.answer.rubric : question.rubric;
  return items.map(({ points, text }) => `- ${points}: ${text}`).join("\n");
}
