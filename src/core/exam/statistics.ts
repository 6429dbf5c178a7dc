/** What the log says about a student: points by topic over time, calibration, days of study. Plain numbers for charts. */
import { type Attempt, type ProgressLog, standings } from "./progress";
import type { Bank } from "./question";
import { startOfDay } from "./schedule";

const day = 24 * 60 * 60 * 1000;

/** Points that were reached of those that there were. */
export interface Share {
  readonly points: number;
  readonly of: number;
}

export interface TopicWeek {
  /** The Monday that it begins with. */
  readonly week: Date;
  readonly topics: ReadonlyMap<string, Share>;
}

/** The topics of a question, by bank and id. */
export type TopicsOf = (bank: string, question: string) => readonly string[];

export function topicsIn(banks: readonly Bank[]): TopicsOf {
  const known = new Map(
    banks.flatMap((bank) =>
      [...bank.questions, ...bank.drills].map(({ id, topics }) => [`${bank.id}/${id}`, topics] as const),
    ),
  );
  return (bank, question) => known.get(`${bank}/${question}`) ?? [];
}

/** The points of each week by topic, in the order of time; a question with several topics counts for each. */
export function topicWeeks(log: ProgressLog, topicsOf: TopicsOf): TopicWeek[] {
  const weeks = new Map<number, Map<string, Share>>();
  for (const attempt of attemptsIn(log)) {
    const week = mondayBefore(new Date(attempt.at)).getTime();
    const topics = weeks.get(week) ?? new Map<string, Share>();
    weeks.set(week, topics);
    for (const topic of topicsOf(attempt.bank, attempt.question)) topics.set(topic, added(topics.get(topic), attempt));
  }
  return [...weeks].sort(([a], [b]) => a - b).map(([week, topics]) => ({ week: new Date(week), topics }));
}

/** Where the student stands now in each topic: the last answer to each part counts. */
export function topicStandings(log: ProgressLog, topicsOf: TopicsOf): ReadonlyMap<string, Share> {
  const topics = new Map<string, Share>();
  for (const { last } of standings(log).values())
    for (const topic of topicsOf(last.bank, last.question)) topics.set(topic, added(topics.get(topic), last));
  return topics;
}

function added(share: Share | undefined, { fraction, points }: Attempt): Share {
  return { points: (share?.points ?? 0) + fraction * points, of: (share?.of ?? 0) + points };
}

/** How sure a student was, before the answer was graded. */
export const confidences = ["guess", "unsure", "sure"] as const;
export type Confidence = (typeof confidences)[number];

export interface Calibration {
  readonly confidence: Confidence;
  readonly answers: number;
  /** The share of the points that these answers got. */
  readonly right: number;
}

/** How right the answers were that were given with each confidence; only those that were given with one count. */
export function calibration(log: ProgressLog): Calibration[] {
  return confidences.map((confidence) => {
    const given = attemptsIn(log).filter((attempt) => attempt.confidence === confidence);
    const total = given.reduce((sum, { fraction }) => sum + fraction, 0);
    return { confidence, answers: given.length, right: given.length > 0 ? total / given.length : 0 };
  });
}

export interface StudyDay {
  readonly day: Date;
  readonly answers: number;
}

/** The last days with the number of answers on each, today last. */
export function studyDays(log: ProgressLog, now: Date, count: number): StudyDay[] {
  const byDay = new Map<number, number>();
  for (const { at } of attemptsIn(log)) {
    const key = startOfDay(new Date(at)).getTime();
    byDay.set(key, (byDay.get(key) ?? 0) + 1);
  }
  return Array.from({ length: count }, (_, i) => {
    const date = new Date(now.getFullYear(), now.getMonth(), now.getDate() - (count - 1 - i));
    return { day: date, answers: byDay.get(date.getTime()) ?? 0 };
  });
}

/** Days of study without a pause of more than one day: a day off breaks nothing. */
export function streak(log: ProgressLog, now: Date): number {
  const days = new Set(attemptsIn(log).map(({ at }) => startOfDay(new Date(at)).getTime()));
  let studied = 0;
  let missed = 0;
  for (
    let at = startOfDay(now);
    missed < 2 && studied <= days.size;
    at = startOfDay(new Date(at.getTime() - day / 2))
  ) {
    if (days.has(at.getTime())) {
      studied++;
      missed = 0;
    } else missed++;
  }
  return studied;
}

function attemptsIn(log: ProgressLog): Attempt[] {
  return log.flatMap(({ attempt }) => attempt ?? []);
}

function mondayBefore(date: Date): Date {
  const start = startOfDay(date);
  const since = (start.getDay() + 6) % 7;
  return new Date(start.getFullYear(), start.getMonth(), start.getDate() - since);
}
