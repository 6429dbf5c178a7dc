/** A bank as a sheet of paper: a row of blocks that each format writes in its own way. Of drills it shows what was drawn before. */
import type { AnswerSpec } from "../kinds/registry";
import { expected } from "../kinds/registry";
import type { Bank, Part, Question } from "../question";

export interface SheetOption {
  /** Markdown. */
  readonly text: string;
  /** Undefined on a sheet without solutions. */
  readonly correct?: boolean;
  readonly reason: string;
}

/** Texts are Markdown with `$…$`. */
export type SheetBlock =
  | { readonly kind: "title"; readonly text: string; readonly details: readonly string[] }
  | { readonly kind: "section"; readonly text: string }
  | { readonly kind: "question"; readonly number: number; readonly title: string; readonly points: number }
  | { readonly kind: "part"; readonly letter: string; readonly points: number }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "options"; readonly options: readonly SheetOption[] }
  /** Room to write, in lines. */
  | { readonly kind: "room"; readonly lines: number }
  | { readonly kind: "solution"; readonly name: string; readonly text: string };

/** The blocks of a bank, with or without answers and solutions. */
export function sheetOf(bank: Bank, solutions: boolean): readonly SheetBlock[] {
  const points = bank.questions.reduce((total, question) => total + question.points, 0);
  const details = [bank.course, pointsText(points), bank.minutes === undefined ? "" : `${bank.minutes} minutes`];
  const blocks: SheetBlock[] = [{ kind: "title", text: bank.title, details: details.filter((text) => text !== "") }];
  for (const [place, question] of bank.questions.entries()) {
    const { section } = question;
    if (section !== undefined && section !== bank.questions[place - 1]?.section)
      blocks.push({ kind: "section", text: section });
    blocks.push(...questionBlocks(question, place + 1, solutions));
  }
  return blocks;
}

function questionBlocks(question: Question, number: number, solutions: boolean): SheetBlock[] {
  const several = question.parts.length > 1;
  const blocks: SheetBlock[] = [
    { kind: "question", number, title: question.title, points: question.points },
    text(question.prompt),
  ];
  for (const [place, part] of question.parts.entries()) {
    if (several) blocks.push({ kind: "part", letter: letterOf(place), points: part.points });
    blocks.push(text(part.prompt), ...answerBlocks(part, solutions));
  }
  if (solutions)
    blocks.push(
      { kind: "solution", name: "Solution", text: question.solution },
      ...(several ? rubric("Marks", question.rubric) : []),
    );
  return blocks.filter((block) => !("text" in block) || block.text !== "");
}

/** `a`, `b`, …: what a part is called on paper; its id is for its author. */
const letterOf = (place: number): string => String.fromCharCode("a".charCodeAt(0) + (place % 26));

function answerBlocks({ answer, solution, points }: Part, solutions: boolean): SheetBlock[] {
  const blocks: SheetBlock[] = [];
  if (answer.kind === "single" || answer.kind === "multiple") {
    const shown = answer.options.map((option) => (solutions ? option : { text: option.text, reason: "" }));
    blocks.push({ kind: "options", options: shown });
  } else if (solutions) blocks.push({ kind: "solution", name: "Answer", text: expected(answer) });
  else blocks.push({ kind: "room", lines: roomFor(answer, points) });
  if (!solutions) return blocks;
  if (answer.kind === "open") blocks.push(...rubric("Marks", answer.rubric));
  return [...blocks, { kind: "solution", name: "Solution", text: solution }];
}

const text = (markdown: string): SheetBlock => ({ kind: "text", text: markdown });

function rubric(name: string, items: readonly { points: number; text: string }[]): SheetBlock[] {
  return [{ kind: "solution", name, text: items.map((item) => `- ${item.points}: ${item.text}`).join("\n") }];
}

function roomFor(answer: AnswerSpec, points: number): number {
  return answer.kind === "open" ? Math.max(3, Math.round(3 * points)) : 2;
}

export const pointsText = (points: number): string => `${points} ${points === 1 ? "point" : "points"}`;
