/** The questions and drills that are to be answered again, as the schedule of their parts has it. */
import { partKey } from "./progress";
import type { Bank, DrillTemplate, Question } from "./question";
import type { Scheduled } from "./schedule";

export interface DueQuestion {
  readonly bank: Bank;
  /** A drill is answered with another variant each time. */
  readonly kind: "question" | "drill";
  readonly question: Question | DrillTemplate;
  /** The ids of the parts that are due. */
  readonly parts: readonly string[];
  /** Since when the first of them is. */
  readonly due: Date;
}

type Schedule = ReadonlyMap<string, Scheduled>;

/** Those with a part that is due at a moment, the longest overdue first. What is in no bank any more is left out. */
export function dueQuestions(schedule: Schedule, banks: readonly Bank[], now: Date): DueQuestion[] {
  return entriesOf(banks)
    .flatMap((entry): DueQuestion[] => {
      const due = scheduledParts(schedule, entry).filter(({ at }) => at <= now);
      if (due.length === 0) return [];
      return [{ ...entry, parts: due.map(({ id }) => id), due: earliest(due.map(({ at }) => at))! }];
    })
    .sort((a, b) => a.due.getTime() - b.due.getTime());
}

/** When the next part comes due after a moment; nothing where none is scheduled. */
export function nextDue(schedule: Schedule, banks: readonly Bank[], now: Date): Date | undefined {
  const times = entriesOf(banks).flatMap((entry) => scheduledParts(schedule, entry).map(({ at }) => at));
  return earliest(times.filter((at) => at > now));
}

/** Whether it is the same question. */
export function isSameQuestion(a: Placed, b: Placed): boolean {
  return a.bank.id === b.bank.id && a.question.id === b.question.id;
}

interface Placed {
  readonly bank: Bank;
  readonly question: { readonly id: string };
}

type Entry = Pick<DueQuestion, "bank" | "kind" | "question">;

function entriesOf(banks: readonly Bank[]): Entry[] {
  return banks.flatMap((bank) => [
    ...bank.questions.map((question): Entry => ({ bank, kind: "question", question })),
    ...bank.drills.map((question): Entry => ({ bank, kind: "drill", question })),
  ]);
}

function scheduledParts(schedule: Schedule, { bank, question }: Entry): { id: string; at: Date }[] {
  const alone = question.parts.length === 1;
  return question.parts.flatMap(({ id }) => {
    const found = schedule.get(partKey(bank.id, question.id, alone ? undefined : id));
    return found ? [{ id, at: found.due }] : [];
  });
}

function earliest(times: readonly Date[]): Date | undefined {
  return times.reduce<Date | undefined>((first, at) => (first && first <= at ? first : at), undefined);
}
