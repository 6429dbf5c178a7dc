/** What the extension and the page “Exam” say to each other. */
import type { Reading, Response } from "../core/exam/answer";
import type { Answered } from "../core/exam/mock";
import type { QuestionState } from "./question";

/** What the page keeps over a reload: which exam. */
export interface ExamMemory {
  readonly exam: string;
}

/** A question as the page needs it: without the way to its neighbours, which is the exam's. */
export type ExamQuestion = Omit<QuestionState, "place" | "order" | "round" | "bank" | "position" | "rules" | "sheets">;

export interface ExamEntry {
  readonly title: string;
  readonly points: number;
  readonly answered: Answered;
  readonly flagged: boolean;
  /** The points that it got; only after the end. */
  readonly marks?: Marks;
}

export interface Marks {
  readonly points: number;
  readonly of: number;
  /** Answers that the student has still to compare with the model answer. */
  readonly open: number;
}

export interface ExamState {
  readonly id: string;
  readonly title: string;
  readonly stage: "running" | "paused" | "ended";
  readonly minutes: number;
  /** Milliseconds that are left. */
  readonly left: number;
  readonly entries: readonly ExamEntry[];
  /** The question on the table, from 0. */
  readonly at: number;
  /** Absent while the exam is paused. */
  readonly question?: ExamQuestion;
  /** Only after the end. */
  readonly results?: ExamResults;
}

export interface ExamResults {
  readonly total: Marks;
  readonly topics: readonly { readonly topic: string; readonly marks: Marks }[];
}

/** An answer; `exam` and `question` tell a late message from one of what is on the table. */
export interface ExamAnswer {
  readonly exam: string;
  readonly at: number;
  readonly part: string;
  readonly response: Response;
}

export interface Kept {
  readonly reading: Reading;
  /** How much of the question is answered now. */
  readonly answered: ExamEntry["answered"];
}

/** What the page can ask of the extension. */
export interface ExamHost {
  ready(argument: null): ExamState;
  /** Keeps an answer and says how it is understood. */
  answer(answer: ExamAnswer): Kept;
  /** Shows the program of an answer in an editor. */
  openProgram(answer: ExamAnswer): null;
  /** Ticks the rubric of an open answer, after the end. */
  tick(answer: ExamAnswer): ExamState;
  go(at: number): ExamState;
  flag(at: number): ExamState;
  pause(argument: null): ExamState;
  resume(argument: null): ExamState;
  end(argument: null): ExamState;
  /** Time is up, the page thinks; the extension looks at its own clock. */
  timeUp(argument: null): ExamState;
}
