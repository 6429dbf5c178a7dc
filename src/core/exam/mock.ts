/**
 * A mock exam: a whole bank against the clock. A plain value that is written to the disk at every change, so that a window
 * that closes in the middle loses nothing; nothing is graded before the end.
 */
import type { Grade, Response } from "./answer";
import type { GradingTools } from "./kinds/kind";
import { grade, inputOf, understand } from "./kinds/registry";
import { rubricFraction } from "./kinds/open";
import { type Attempt, progressVersion } from "./progress";
import type { Bank, Part, Question } from "./question";

export interface MockExam {
  readonly version: 1;
  readonly id: string;
  readonly bank: string;
  /** Minutes for the whole. */
  readonly minutes: number;
  readonly begun: string;
  /** Milliseconds of work before `running`. */
  readonly used: number;
  /** Since when the clock runs; absent while it is paused and after the end. */
  readonly running?: string | undefined;
  /** The question on the table, from 0. */
  readonly at: number;
  readonly responses: Readonly<Record<string, Readonly<Record<string, Response>>>>;
  readonly flagged: readonly string[];
  /** When each answer and flag was last changed, by `changeKey`; earlier versions did not write it. */
  readonly changed?: Readonly<Record<string, string>>;
  readonly ended?: string;
}

/** The key of an answer in `changed`, or without a part that of a question's flag. */
export const changeKey = (question: string, part?: string): string =>
  part === undefined ? question : `${question}/${part}`;

const minute = 60_000;
/** Where a bank names no time: a minute and a half a point, as exams give. */
const minutesPerPoint = 1.5;

export function beginExam(bank: Bank, id: string, now: Date): MockExam {
  const points = bank.questions.reduce((sum, question) => sum + question.points, 0);
  const minutes = bank.minutes ?? Math.max(5, Math.round(points * minutesPerPoint));
  const [begun, running] = [now.toISOString(), now.toISOString()];
  return { version: 1, id, bank: bank.id, minutes, begun, used: 0, running, at: 0, responses: {}, flagged: [] };
}

/** Milliseconds of work so far. */
export function timeUsed(exam: MockExam, now: Date): number {
  const since = exam.running === undefined ? 0 : Math.max(0, now.getTime() - Date.parse(exam.running));
  return Math.min(exam.used + since, exam.minutes * minute);
}

/** Milliseconds that are left. */
export function timeLeft(exam: MockExam, now: Date): number {
  return exam.minutes * minute - timeUsed(exam, now);
}

export function pauseExam(exam: MockExam, now: Date): MockExam {
  return { ...exam, used: timeUsed(exam, now), running: undefined };
}

/** Starts the clock again; an exam that has ended stays as it is. */
export function resumeExam(exam: MockExam, now: Date): MockExam {
  return exam.ended !== undefined || exam.running !== undefined ? exam : { ...exam, running: now.toISOString() };
}

export function endExam(exam: MockExam, now: Date): MockExam {
  return exam.ended !== undefined ? exam : { ...pauseExam(exam, now), ended: now.toISOString() };
}

export function goTo(exam: MockExam, at: number): MockExam {
  return { ...exam, at };
}

export function toggleFlag(exam: MockExam, question: string, now: Date): MockExam {
  const others = exam.flagged.filter((id) => id !== question);
  const flagged = others.length < exam.flagged.length ? others : [...others, question];
  return { ...exam, flagged, changed: { ...exam.changed, [changeKey(question)]: now.toISOString() } };
}

/** Keeps an answer. After the end only the ticks of open answers change. */
export function answerPart(exam: MockExam, question: string, part: string, response: Response, now: Date): MockExam {
  const before = exam.responses[question]?.[part] ?? {};
  const { ticked } = response;
  const kept = exam.ended === undefined ? response : { ...before, ...(ticked && { ticked }) };
  return {
    ...exam,
    responses: { ...exam.responses, [question]: { ...exam.responses[question], [part]: kept } },
    changed: { ...exam.changed, [changeKey(question, part)]: now.toISOString() },
  };
}

export function responseTo(exam: MockExam, question: string, part: string): Response {
  return exam.responses[question]?.[part] ?? {};
}

/** Whether something was given: a text, or an option. */
export function isGiven({ text, chosen }: Response): boolean {
  return (text ?? "").trim() !== "" || (chosen?.length ?? 0) > 0;
}

/** How much of a question was answered; `unclear`: all of it, but something is not understood as it stands. */
export type Answered = "all" | "unclear" | "some" | "none";

export function answeredOf(exam: MockExam, { id, parts }: Question): Answered {
  const given = parts.filter((part) => isGiven(responseTo(exam, id, part.id)));
  if (given.length < parts.length) return given.length === 0 ? "none" : "some";
  return given.every((part) => isClear(part, responseTo(exam, id, part.id))) ? "all" : "unclear";
}

function isClear({ answer }: Part, response: Response): boolean {
  const { state } = understand(answer, response);
  return inputOf(answer.kind) !== "line" || (state !== "unreadable" && state !== "ambiguous");
}

/** The grade of what was handed in and cannot be typed anew: what cannot be read is not wrong, its student compares it. */
export function gradeHandedIn({ answer }: Part, response: Response, tools: GradingTools = {}): Grade {
  const result = grade(answer, response, tools);
  if (result.state !== "unreadable" || inputOf(answer.kind) !== "line") return result;
  return { state: "self", feedback: [`This could not be read for certain: ${result.problem}`] };
}

/** What a part is worth: the points, or that its student has to compare it with the model answer first. */
export interface PartMark {
  readonly question: Question;
  readonly part: Part;
  /** 0 to 1; undefined where nobody has decided yet. */
  readonly fraction: number | undefined;
}

/** The marks of all parts; what was left blank gets nothing. */
export function marksOf(exam: MockExam, bank: Bank, tools: GradingTools = {}): PartMark[] {
  return bank.questions.flatMap((question) =>
    question.parts.map((part) => ({ question, part, fraction: fractionOf(exam, question, part, tools) })),
  );
}

function fractionOf(exam: MockExam, question: Question, part: Part, tools: GradingTools): number | undefined {
  const response = responseTo(exam, question.id, part.id);
  if (!isGiven(response)) return 0;
  const result = gradeHandedIn(part, response, tools);
  if (result.state === "graded") return result.fraction;
  if (result.state === "unreadable") return 0;
  if (!response.ticked) return undefined;
  const own = part.answer.kind === "open" ? part.answer.rubric : question.rubric;
  const rubric = own.length > 0 ? own : [{ points: part.points, text: "" }];
  return rubricFraction(rubric, response.ticked);
}

/** Points and what there were, of those parts that are decided, and how many are not. */
export interface Total {
  readonly points: number;
  readonly of: number;
  readonly open: number;
}

export function totalOf(marks: readonly PartMark[]): Total {
  return {
    points: marks.reduce((sum, { part, fraction }) => sum + (fraction ?? 0) * part.points, 0),
    of: marks.reduce((sum, { part }) => sum + part.points, 0),
    open: marks.filter(({ fraction }) => fraction === undefined).length,
  };
}

export function totalsByTopic(marks: readonly PartMark[]): ReadonlyMap<string, Total> {
  const topics = [...new Set(marks.flatMap(({ question }) => question.topics))].sort();
  return new Map(
    topics.map((topic) => [topic, totalOf(marks.filter(({ question }) => question.topics.includes(topic)))]),
  );
}

/** What goes into the log for a mark that is decided: so that what went wrong comes back. */
export function attemptFor(exam: MockExam, { question, part, fraction }: PartMark, at: Date): Attempt | undefined {
  if (fraction === undefined) return undefined;
  return {
    version: progressVersion,
    at: at.toISOString(),
    bank: exam.bank,
    question: question.id,
    ...(question.parts.length > 1 ? { part: part.id } : {}),
    response: responseTo(exam, question.id, part.id),
    fraction,
    points: part.points,
    practice: "exam",
    sitting: exam.id,
  };
}

/** An exam as it was written; undefined for anything else. */
export function readExam(text: string): MockExam | undefined {
  try {
    const value = JSON.parse(text) as Partial<MockExam> | null;
    const isExam =
      value?.version === 1 &&
      [value.id, value.bank, value.begun].every((field) => typeof field === "string") &&
      [value.minutes, value.used, value.at].every((field) => typeof field === "number") &&
      typeof value.responses === "object" &&
      Array.isArray(value.flagged);
    return isExam ? (value as MockExam) : undefined;
  } catch {
    return undefined;
  }
}
