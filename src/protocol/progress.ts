/** What the extension and the page “Progress” say to each other. Days are `2026-02-14`, in the student's time zone. */
import { dayText } from "../core/exam/examDay";
import type { ProgressLog } from "../core/exam/progress";
import type { Bank } from "../core/exam/question";
import { forecast, type Scheduled } from "../core/exam/schedule";
import {
  calibration,
  streak,
  studyDays,
  topicsIn,
  topicStandings,
  topicWeeks,
  type Calibration,
  type Share,
} from "../core/exam/statistics";

/** Everything that the page shows. */
export interface ProgressState {
  /** Answers ever given. */
  readonly answers: number;
  /** Questions that are due now. */
  readonly due: number;
  readonly examDay?: string;
  /** Days of study in a row; a day off between them is forgiven. */
  readonly streak: number;
  /** Where the last answers stand, the topic with the most points first. */
  readonly topics: readonly ({ readonly topic: string } & Share)[];
  /** The points of each week, by topic. */
  readonly weeks: readonly { readonly week: string; readonly shares: Readonly<Record<string, Share>> }[];
  readonly calibration: readonly Calibration[];
  /** Parts of questions that come due on each of the next days, those overdue today. */
  readonly forecast: readonly { readonly day: string; readonly parts: number }[];
  /** Whole weeks from a Monday on, today last. */
  readonly days: readonly { readonly day: string; readonly answers: number }[];
}

/** What the page can ask of the extension. */
export interface ProgressHost {
  ready(argument: null): ProgressState;
  answerDue(argument: null): null;
  openQuestion(argument: null): null;
  setExamDate(argument: null): null;
}

const daysAhead = 30;
const weeksBack = 12;

export interface Known {
  readonly log: ProgressLog;
  readonly schedule: ReadonlyMap<string, Scheduled>;
  readonly banks: readonly Bank[];
  readonly due: number;
  readonly examDay: string | undefined;
}

export function progressState({ log, schedule, banks, due, examDay }: Known, now: Date): ProgressState {
  const topicsOf = topicsIn(banks);
  const after = (days: number): string => dayText(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days));
  const topics = [...topicStandings(log, topicsOf)].map(([topic, share]) => ({ topic, ...share }));
  const sinceMonday = (now.getDay() + 6) % 7;
  return {
    answers: log.filter(({ attempt }) => attempt !== undefined).length,
    due,
    ...(examDay === undefined ? {} : { examDay }),
    streak: streak(log, now),
    topics: topics.sort((a, b) => b.of - a.of || (a.topic < b.topic ? -1 : 1)),
    weeks: topicWeeks(log, topicsOf).map(({ week, topics: shares }) => ({
      week: dayText(week),
      shares: Object.fromEntries(shares),
    })),
    calibration: calibration(log),
    forecast: forecast(schedule, now, daysAhead).map((parts, days) => ({ day: after(days), parts })),
    days: studyDays(log, now, (weeksBack - 1) * 7 + sinceMonday + 1).map(({ day, answers }) => ({
      day: dayText(day),
      answers,
    })),
  };
}
