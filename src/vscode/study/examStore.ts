/** The sittings of mock exams, kept at every change. */
import * as vscode from "vscode";
import { examKind } from "../../core/exam/kept/exams";
import { createKeptValues } from "../../core/exam/kept/keptValues";
import type { MockExam } from "../../core/exam/mock";
import { failureTeller, keptFolder, windowToken } from "./keptFolder";

export interface ExamStore {
  /** All exams, the latest first; what cannot be read is left alone. */
  readonly all: () => Promise<readonly MockExam[]>;
  readonly find: (id: string) => Promise<MockExam | undefined>;
  /** Resolves, when it is on the disk or its failure has been told, to the exam with what another window has written of it. */
  readonly keep: (exam: MockExam) => Promise<MockExam>;
}

export function createExamStore(storage: vscode.Uri): ExamStore {
  const kept = createKeptValues(keptFolder(vscode.Uri.joinPath(storage, "exams")), windowToken, examKind);
  const told = failureTeller(
    (reason) =>
      `Your exam could not be saved (${reason}). It is kept as long as this window is open, and saved with the next answer.`,
  );
  return {
    find: kept.find,
    all: async () => [...(await kept.all()).values()].sort((a, b) => (a.begun < b.begun ? 1 : -1)),
    keep: async (exam) => (await told(kept.keep(exam.id, exam))) ?? exam,
  };
}
