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
  type TopicWeek,
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
  /** The points of each of the last weeks, by topic; a week without answers has none. */
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

/** Also those without an answer, so that time runs evenly. */
function everyWeek(found: readonly TopicWeek[]): ProgressState["weeks"] {
  const shares = new Map(found.map(({ week, topics }) => [dayText(week), Object.fromEntries(topics)]));
  const weeks: ProgressState["weeks"][number][] = [];
  const last = found.at(-1)?.week;
  for (
    let at = found[0]?.week;
    at && last && at <= last;
    at = new Date(at.getFullYear(), at.getMonth(), at.getDate() + 7)
  )
    weeks.push({ week: dayText(at), shares: shares.get(dayText(at)) ?? {} });
  return weeks;
}

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
    weeks: everyWeek(topicWeeks(log, topicsOf)).slice(-weeksBack),
    calibration: calibration(log),
    forecast: forecast(schedule, now, daysAhead).map((parts, days) => ({ day: after(days), parts })),
    days: studyDays(log, now, (weeksBack - 1) * 7 + sinceMonday + 1).map(({ day, answers }) => ({
      day: dayText(day),
      answers,
    })),
  };
}
