/** The commands that write everything a student has into one file, and take such a file in. */
import * as vscode from "vscode";
import { readArchive, writeArchive, type Archive } from "../../core/exam/archive";
import { dayText } from "../../core/exam/examDay";
import { examKind, joinExams } from "../../core/exam/kept/exams";
import { commandIds } from "../ids";
import type { ExamStore } from "./examStore";
import type { OtherStores } from "./otherStores";
import type { Planner } from "./planner";
import type { Progress } from "./progress";

export function registerKeepingCommands(
  progress: Progress,
  exams: ExamStore,
  others: OtherStores,
  planner: Planner,
): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.exportProgress, (given?: unknown) =>
      told("exported", async () => {
        const target = given instanceof vscode.Uri ? given : await askWhereTo();
        if (!target) return undefined;
        await progress.load();
        const examDay = planner.examDay();
        const kept = await others.all();
        const archive = {
          log: progress.log(),
          exams: await exams.all(),
          kept,
          ...(examDay !== undefined && { examDay }),
        };
        await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(writeArchive(archive)));
        return `Exported ${countsText(answersIn(archive), archive.exams.length, kept.length)}.`;
      }),
    ),
    vscode.commands.registerCommand(commandIds.importProgress, (given?: unknown) =>
      told("imported", async () => {
        const source = given instanceof vscode.Uri ? given : await askWhereFrom();
        if (!source) return undefined;
        const archive = readArchive(new TextDecoder().decode(await vscode.workspace.fs.readFile(source)));
        return "problem" in archive ? Promise.reject(new Error(archive.problem)) : takeIn(archive);
      }),
    ),
  );

  /** Nothing that is known here is replaced; a sitting that went on elsewhere is joined with that of here. */
  async function takeIn(archive: Archive): Promise<string> {
    await progress.load();
    const before = answersIn({ log: progress.log() });
    await progress.merge(archive.log);
    const known = new Map((await exams.all()).map((exam) => [exam.id, exam]));
    const fresh = archive.exams.flatMap((exam) => {
      const here = known.get(exam.id);
      const whole = here ? joinExams(exam, here) : exam;
      return here && examKind.write(whole) === examKind.write(here) ? [] : [whole];
    });
    for (const exam of fresh) await exams.keep(exam);
    if (planner.examDay() === undefined && archive.examDay !== undefined) await planner.setExamDay(archive.examDay);
    const more = await others.takeIn(archive.kept ?? []);
    const added = answersIn({ log: progress.log() }) - before;
    return added + fresh.length + more === 0
      ? "Everything in this file was known already."
      : `Imported ${countsText(added, fresh.length, more)}.`;
  }
}

const answersIn = ({ log }: Pick<Archive, "log">): number => log.filter(({ attempt }) => attempt).length;

function countsText(answers: number, exams: number, others: number): string {
  const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
  const words = `${counted(answers, "answer", "answers")} and ${counted(exams, "mock exam", "mock exams")}`;
  return others === 0 ? words : `${words}, with ${counted(others, "draft or program", "drafts and programs")}`;
}

/** Says how it went; nothing when the user has changed their mind. */
async function told(done: string, work: () => Promise<string | undefined>): Promise<void> {
  try {
    const message = await work();
    if (message !== undefined) void vscode.window.showInformationMessage(message);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`Your progress could not be ${done}. ${reason}`);
  }
}

const filters = { "Forward Pass progress": ["jsonl"] };

async function askWhereTo(): Promise<vscode.Uri | undefined> {
  const name = `forward-pass-${dayText(new Date())}.jsonl`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const options = {
    filters,
    title: "Export progress",
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  };
  return vscode.window.showSaveDialog(options);
}

async function askWhereFrom(): Promise<vscode.Uri | undefined> {
  const options = { filters: { ...filters, "All files": ["*"] }, title: "Import progress", canSelectMany: false };
  return (await vscode.window.showOpenDialog(options))?.[0];
}
