/** What the page shows of the progress, as charts with their sentences and tables. */
import type { ProgressState } from "../../protocol/progress";
import type { Chart } from "../ui/chart";
import { plainNumber } from "../ui/words";
import { bars, calendar, columns, smallLines } from "./shapes";

interface Share {
  readonly points: number;
  readonly of: number;
}

const shareOf = ({ points, of }: Share): number => (of > 0 ? points / of : 0);
const percent = (share: number): string => `${Math.round(100 * share)} %`;
const ofText = ({ points, of }: Share): string => `${plainNumber(points)} of ${plainNumber(of)}`;

/** At noon no time zone takes a day for its neighbour. */
const dayWords = (day: string): string =>
  new Date(`${day}T12:00`).toLocaleDateString("en-GB", { day: "numeric", month: "short" });

export function topicsNow({ topics }: ProgressState): Chart {
  return {
    id: "topics",
    title: "Points by topic",
    says: "What your last answers to each topic's questions were worth.",
    draw: (width) =>
      bars(
        topics.map((share) => ({ label: share.topic, share: shareOf(share), value: ofText(share) })),
        width,
      ),
    table: {
      head: ["Topic", "Points", "Share"],
      rows: topics.map((share) => [share.topic, ofText(share), percent(shareOf(share))]),
    },
  };
}

/** As many topics as the eye takes in. */
const mostLines = 12;

export function topicsOverTime({ topics, weeks }: ProgressState): Chart {
  const shown = topics.slice(0, mostLines).map(({ topic }) => topic);
  const valueOf = (topic: string, place: number): number | undefined => {
    const share = weeks[place]?.shares[topic];
    return share && shareOf(share);
  };
  return {
    id: "weeks",
    title: "Points by topic, week by week",
    says: "The share of the points that the answers of each week got; the top of each box is all of them.",
    draw: (width) =>
      smallLines(
        shown.map((topic) => ({ label: topic, values: weeks.map((_week, place) => valueOf(topic, place)) })),
        width,
      ),
    table: {
      head: ["Topic", ...weeks.map(({ week }) => `Week of ${dayWords(week)}`)],
      rows: topics.map(({ topic }) => [
        topic,
        ...weeks.map((_week, place) => {
          const value = valueOf(topic, place);
          return value === undefined ? "no answers" : percent(value);
        }),
      ]),
    },
  };
}

const sureWords = { guess: "A guess", unsure: "Unsure", sure: "Sure" };

export function calibrationChart({ calibration }: ProgressState): Chart {
  const answers = (count: number): string => `${count} ${count === 1 ? "answer" : "answers"}`;
  return {
    id: "calibration",
    title: "How sure, and how right",
    says: "What your answers were worth, by how sure you said you were. Whoever knows what they know is nearly always right when sure.",
    draw: (width) =>
      bars(
        calibration.map(({ confidence, answers: count, right }) => ({
          label: sureWords[confidence],
          share: right,
          value: count === 0 ? "no answers" : `${percent(right)} of ${count}`,
        })),
        width,
      ),
    table: {
      head: ["You said", "Answers", "Points"],
      rows: calibration.map(({ confidence, answers: count, right }) => [
        sureWords[confidence],
        answers(count),
        count === 0 ? "none yet" : percent(right),
      ]),
    },
  };
}

export function forecastChart({ forecast, examDay }: ProgressState): Chart {
  const total = forecast.reduce((sum, { parts }) => sum + parts, 0);
  const exam = examDay === undefined ? "" : ` The exam is on ${dayWords(examDay)}.`;
  return {
    id: "forecast",
    title: "What comes back in the next 30 days",
    says: `${total} ${total === 1 ? "answer is" : "answers are"} to be given again; what is overdue counts for today.${exam}`,
    draw: (width) =>
      columns(
        forecast.map(({ day, parts }) => ({ label: dayWords(day), count: parts })),
        width,
      ),
    table: { head: ["Day", "Answers"], rows: forecast.map(({ day, parts }) => [dayWords(day), String(parts)]) },
  };
}

export function studyChart({ days, streak }: ProgressState): Chart {
  const rest = "A day off breaks nothing.";
  return {
    id: "days",
    title: "Days of study",
    says:
      streak > 1
        ? `${streak} days of study in a row, with a day off forgiven.`
        : streak === 1
          ? `1 day of study. ${rest}`
          : "Any day is a good one to begin again.",
    draw: (width) =>
      calendar(
        days.map(({ answers }) => answers),
        width,
      ),
    table: {
      head: ["Day", "Answers"],
      rows: days.filter(({ answers }) => answers > 0).map(({ day, answers }) => [dayWords(day), String(answers)]),
    },
  };
}
