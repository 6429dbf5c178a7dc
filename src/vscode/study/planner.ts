/** What is due and when: the schedule of the progress, kept until an answer, the exam's day or the clock changes it. */
import * as vscode from "vscode";
import { type DueQuestion, dueQuestions, nextDue } from "../../core/exam/due";
import { examAhead } from "../../core/exam/examDay";
import type { Bank } from "../../core/exam/question";
import { type Scheduled, type ScheduleOptions, scheduleOf } from "../../core/exam/schedule";
import { allBanks } from "./banks";
import type { Progress } from "./progress";
import type { WorkspaceBanks } from "./workspaceBanks";

export interface Planner {
  /** Reads what has been answered and, where something was, the workspace's own banks. */
  readonly load: () => Promise<void>;
  readonly schedule: () => ReadonlyMap<string, Scheduled>;
  /** The longest overdue first. */
  readonly due: () => readonly DueQuestion[];
  /** When the next question comes due. */
  readonly next: () => Date | undefined;
  /** The day of the exam, `2026-02-14`. */
  readonly examDay: () => string | undefined;
  readonly setExamDay: (day: string | undefined) => Promise<void>;
  /** Also when time has passed and something has come due. */
  readonly onDidChange: vscode.Event<void>;
  readonly dispose: () => void;
}

/** The place of the exam's day in the extension's memory. */
export const examDayKey = "study.examDay";
const hour = 60 * 60 * 1000;

/** `elsewhere`: what the student's other machines know, where they may tell. */
export function createPlanner(
  progress: Progress,
  memory: vscode.Memento,
  elsewhere: () => ScheduleOptions["elsewhere"],
  workspace: WorkspaceBanks,
): Planner {
  const changed = new vscode.EventEmitter<void>();
  let kept: { readonly of: readonly unknown[]; readonly schedule: ReadonlyMap<string, Scheduled> } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const examDay = (): string | undefined => memory.get<string>(examDayKey);
  const schedule = (): ReadonlyMap<string, Scheduled> => {
    const exam = examAhead(examDay(), new Date());
    const known = elsewhere();
    const of = [progress.log(), exam?.getTime(), known];
    if (!kept?.of.every((value, place) => value === of[place])) {
      const options = { ...(exam && { exam }), ...(known && { elsewhere: known }) };
      kept = { of, schedule: scheduleOf(progress.log(), options) };
    }
    return kept.schedule;
  };
  // Whoever has answered nothing needs no banks for it.
  const banks = (): readonly Bank[] => (schedule().size === 0 ? [] : allBanks());
  const next = (): Date | undefined => nextDue(schedule(), banks(), new Date());
  const tell = (): void => {
    changed.fire();
    clearTimeout(timer);
    const at = next();
    // Timers that wait for days are not kept: those of an hour look again.
    if (at) timer = setTimeout(tell, Math.min(Math.max(at.getTime() - Date.now(), 0) + 1000, hour));
  };
  const listening = vscode.Disposable.from(progress.onDidChange(tell), workspace.onDidChange(tell));
  return {
    load: async () => {
      await progress.load();
      if (schedule().size > 0) await workspace.load();
    },
    schedule,
    next,
    due: () => dueQuestions(schedule(), banks(), new Date()),
    examDay,
    setExamDay: async (day) => {
      await memory.update(examDayKey, day);
      tell();
    },
    onDidChange: changed.event,
    dispose: () => {
      clearTimeout(timer);
      listening.dispose();
      changed.dispose();
    },
  };
}
