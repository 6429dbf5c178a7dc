/** A question on the table: found in its bank or drawn from a template, with what belongs to it. */
import { drawVariant, type Evaluator } from "../../core/exam/drill";
import { progressVersion, type Attempt, type ProgressLog } from "../../core/exam/progress";
import type { Response } from "../../core/exam/answer";
import type { Bank, Part, Question } from "../../core/exam/question";
import type { QuestionPlace } from "../../protocol/question";
import { drillAt, questionAt, referenceTo } from "./banks";

export interface Task {
  readonly place: QuestionPlace;
  readonly bank: Bank;
  readonly question: Question;
  /** From 1; absent for a drill. */
  readonly position?: { readonly number: number; readonly of: number };
}

/** Throws, in words for the user, where there is no such question or the template cannot be drawn. */
export async function taskAt(place: QuestionPlace, evaluator: () => Promise<Evaluator>): Promise<Task> {
  if (place.kind === "drill") return drawnTask(place, await evaluator());
  const found = questionAt(place.reference);
  if (!found) throw new Error(`There is no question “${place.reference}” in the exams.`);
  const { bank, question } = found;
  return { place, ...found, position: { number: bank.questions.indexOf(question) + 1, of: bank.questions.length } };
}

function drawnTask(place: Extract<QuestionPlace, { kind: "drill" }>, evaluator: Evaluator): Task {
  const found = drillAt(place.reference);
  if (!found) throw new Error(`There is no drill “${place.reference}” in the exams.`);
  const drawn = drawVariant(found.question, place.seed, evaluator, found.bank.symbols);
  if ("problem" in drawn) throw new Error(`This drill cannot be drawn: ${drawn.problem}`);
  return { place, bank: found.bank, question: drawn.variant.question };
}

/** The place of the next or the previous question of the exam; nothing at its ends and for a drill. */
export function neighbour({ bank, position }: Task, step: 1 | -1): QuestionPlace | undefined {
  const question = position && bank.questions[position.number - 1 + step];
  return question && { kind: "question", reference: referenceTo(bank, question) };
}

/** What was answered before. */
export interface Answered {
  /** The latest response to each part. */
  readonly responses: Readonly<Record<string, Response>>;
  /** When each part was answered last, in ISO 8601. */
  readonly times: Readonly<Record<string, string>>;
  /** The order in which the options stood for the last of them. */
  readonly order?: number;
}

/** `since`: earlier answers do not count, in ISO 8601. */
export function answeredBefore(log: ProgressLog, task: Task, since = ""): Answered {
  const responses: Record<string, Response> = {};
  const times: Record<string, string> = {};
  let order: number | undefined;
  for (const { attempt } of log) {
    if (!attempt || !isOf(attempt, task) || attempt.at < since) continue;
    const part = attempt.part ?? task.question.parts[0]?.id;
    if (part !== undefined) {
      responses[part] = attempt.response;
      times[part] = attempt.at;
    }
    order = attempt.order;
  }
  return { responses, times, ...(order === undefined ? {} : { order }) };
}

function isOf({ bank, question, variant }: Attempt, task: Task): boolean {
  const seed = task.place.kind === "drill" ? task.place.seed : undefined;
  return bank === task.bank.id && question === task.question.id && variant === seed;
}

/** How an answer was given, beside what it says. */
export type Manner = Pick<Attempt, "confidence" | "practice" | "order">;

/** What goes into the log for a graded part. */
export function attemptAt(
  { bank, question, place }: Task,
  part: Part,
  response: Response,
  fraction: number,
  { at, ...manner }: Manner & { readonly at: Date },
): Attempt {
  return {
    version: progressVersion,
    at: at.toISOString(),
    bank: bank.id,
    question: question.id,
    ...(question.parts.length > 1 ? { part: part.id } : {}),
    ...(place.kind === "drill" ? { variant: place.seed } : {}),
    ...{ response, fraction, points: part.points },
    ...manner,
  };
}
