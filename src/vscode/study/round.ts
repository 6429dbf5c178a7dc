/** Rounds: which question comes after the one on the table, among those that are due or those of some topics. */
import type { QuestionPlace, Round } from "../../protocol/question";
import { allBanks, allDrills, allQuestions, referenceTo, type Found } from "./banks";
import type { DrillTemplate, Question } from "../../core/exam/question";
import { type DueQuestion, isSameQuestion } from "../../core/exam/due";
import type { Planner } from "./planner";
import { randomSeed } from "./seed";
import type { Task } from "./task";

type Entry = Pick<DueQuestion, "bank" | "kind" | "question">;

/** The questions that are still to come, the next one first. */
export function restOf(round: Round, planner: Planner, onTable: Task | undefined): readonly Entry[] {
  const all = round.kind === "due" ? planner.due() : entriesAbout(round.topics);
  const at = onTable ? all.findIndex((entry) => isSameQuestion(entry, onTable)) : -1;
  const after = all.slice(at + 1);
  // What was passed over is due all the same; cramming goes through its topics once.
  return round.kind === "due" ? [...after, ...all.slice(0, Math.max(at, 0))] : after;
}

/** Drills come with new numbers each time. */
export function placeOf({ bank, kind, question }: Entry): QuestionPlace {
  const reference = referenceTo(bank, question);
  return kind === "drill" ? { kind, reference, seed: randomSeed() } : { kind, reference };
}

/** Another question of the same round. */
export const roundFrom = (round: Round, now: Date): Round => ({ ...round, since: now.toISOString() });

function entriesAbout(topics: readonly string[]): Entry[] {
  const about = ({ question }: Found<Question | DrillTemplate>): boolean =>
    question.topics.some((topic) => topics.includes(topic));
  return [
    ...allQuestions()
      .filter(about)
      .map((found): Entry => ({ ...found, kind: "question" })),
    ...allDrills()
      .filter(about)
      .map((found): Entry => ({ ...found, kind: "drill" })),
  ];
}

/** All topics with the number of questions and drills about each, the largest first. */
export function topicCounts(): readonly (readonly [topic: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const { questions, drills } of allBanks())
    for (const { topics } of [...questions, ...drills])
      for (const topic of topics) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  return [...counts].sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1));
}
