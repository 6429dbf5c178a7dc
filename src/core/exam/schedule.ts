/**
 * When each part comes back: FSRS, replayed from the log of what was answered. The log is all that is kept, so windows that
 * merge their logs agree on the schedule, and nothing can get lost that was not an answer.
 * https://github.com/open-spaced-repetition/free-spaced-repetition-scheduler
 */
import { type Card, Rating, createEmptyCard, fsrs, type Grade } from "ts-fsrs";
import { type Attempt, type ProgressLog, partKey } from "./progress";
import { seedFrom } from "./random";

/** When a part (or a drill template) is to be answered again. */
export interface Scheduled {
  readonly key: string;
  readonly due: Date;
  /** The last answer that counted. */
  readonly last: Date;
  /** Days after which nine of ten students still know it. */
  readonly stability: number;
  readonly card: Card;
}

export interface ScheduleOptions {
  /** The day of the exam: everything comes back before it. */
  readonly exam?: Date;
  /** What another machine knows of parts that this log knows less of. */
  readonly elsewhere?: ReadonlyMap<string, Card>;
}

const day = 24 * 60 * 60 * 1000;
// Without fuzz the same log gives the same schedule on every machine. What went wrong comes back in the same sitting, what
// went right not before tomorrow.
const scheduler = fsrs({
  enable_fuzz: false,
  request_retention: 0.9,
  learning_steps: ["10m"],
  relearning_steps: ["10m"],
});

/** What a mark says about how well it was known; below half it was not. */
export function ratingOf(fraction: number): Grade {
  if (fraction < 0.5) return Rating.Again;
  return fraction < 0.8 ? Rating.Hard : Rating.Good;
}

/** Every part that was answered at least once, by its key. Cramming does not count. */
export function scheduleOf(log: ProgressLog, options: ScheduleOptions = {}): ReadonlyMap<string, Scheduled> {
  const cards = new Map<string, Card>(options.elsewhere);
  for (const { attempt } of log) if (attempt && attempt.practice !== "cram") review(cards, attempt);
  return new Map(
    [...cards].map(([key, card]) => {
      const due = options.exam ? beforeExam(key, card, options.exam) : card.due;
      const scheduled = { key, due, last: card.last_review ?? card.due, stability: card.stability, card };
      return [key, scheduled];
    }),
  );
}

function review(cards: Map<string, Card>, attempt: Attempt): void {
  const key = partKey(attempt.bank, attempt.question, attempt.part);
  const at = new Date(attempt.at);
  const card: Card = cards.get(key) ?? createEmptyCard(at);
  // What another machine has seen since then already counts it.
  if (card.last_review && card.last_review >= at) return;
  cards.set(key, scheduler.next(card, at, ratingOf(attempt.fraction)).card);
}

/** Days before the exam over which the last repetitions are spread. */
const lastDays = 5;

/**
 * What would come back only after the exam comes back before it: on one of the last days, a day that depends on the part so
 * that not all of them fall on one, and not before a third of the time has passed that is left from the last answer on.
 */
function beforeExam(key: string, card: Card, exam: Date): Date {
  const last = card.last_review ?? card.due;
  if (card.due < exam || last >= exam) return card.due;
  const wanted = exam.getTime() - (1 + (seedFrom(key) % lastDays)) * day;
  const earliest = last.getTime() + (exam.getTime() - last.getTime()) / 3;
  return new Date(Math.max(wanted, earliest));
}

/** What is due at a moment, the longest overdue first. */
export function dueAt(schedule: ReadonlyMap<string, Scheduled>, now: Date): Scheduled[] {
  return [...schedule.values()]
    .filter(({ due }) => due <= now)
    .sort((a, b) => a.due.getTime() - b.due.getTime() || (a.key < b.key ? -1 : 1));
}

/** How many parts come due on each of the next days, those overdue on the first. */
export function forecast(schedule: ReadonlyMap<string, Scheduled>, now: Date, days: number): number[] {
  const counts = Array<number>(days).fill(0);
  const midnight = startOfDay(now).getTime();
  for (const { due } of schedule.values()) {
    const at = Math.max(0, Math.round((startOfDay(due).getTime() - midnight) / day));
    if (at < days) counts[at]!++;
  }
  return counts;
}

/** The probability that a part is still known. */
export function retention({ card }: Scheduled, now: Date): number {
  return scheduler.get_retrievability(card, now, false);
}

/** In the student's own time zone. */
export function startOfDay(date: Date): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate());
}
