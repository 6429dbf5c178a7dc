/** The commands of the study: open a question, start a drill. */
import * as vscode from "vscode";
import { standings } from "../../core/exam/progress";
import { beginExam, type MockExam } from "../../core/exam/mock";
import type { Bank, DrillTemplate, Question } from "../../core/exam/question";
import { commandIds } from "../ids";
import type { ExamPanels } from "../pages/exam";
import type { QuestionPanels } from "../pages/question";
import type { ExamStore } from "./examStore";
import { allDrills, allExams, allQuestions, bankAt, referenceTo, type Found, type Reference } from "./banks";
import type { Progress } from "./progress";
import { randomSeed } from "./seed";
import type { WorkspaceBanks } from "./workspaceBanks";
import { pointsText, scoreIcons, scoreOf, scoreWords } from "./standing";

export function registerStudyCommands(
  panels: QuestionPanels,
  progress: Progress,
  exams: ExamPanels,
  store: ExamStore,
  workspace: WorkspaceBanks,
): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.openQuestion, async (given?: unknown) => {
      await workspace.load();
      const reference = isReference(given) ? given : await choose(allQuestions(), progress, "Which question?");
      if (reference !== undefined) await panels.open({ kind: "question", reference });
    }),
    vscode.commands.registerCommand(commandIds.startDrill, async (given?: unknown) => {
      await workspace.load();
      const reference = isReference(given) ? given : await choose(allDrills(), progress, "What do you want to drill?");
      if (reference !== undefined) await panels.open({ kind: "drill", reference, seed: randomSeed() });
    }),
    vscode.commands.registerCommand(commandIds.startExam, async (given?: unknown) => {
      await workspace.load();
      const exam = await chooseExam(store, given);
      if (!exam) return;
      await store.keep(exam);
      exams.open(exam);
    }),
  );
}

interface ExamChoice extends vscode.QuickPickItem {
  readonly exam: () => MockExam;
}

/** A new exam, or one that was begun before. `given`: the bank to begin, or its row in the view. */
async function chooseExam(store: ExamStore, given: unknown): Promise<MockExam | undefined> {
  const begin = (bank: Bank): MockExam => beginExam(bank, crypto.randomUUID(), new Date());
  const named = allExams().find(({ id }) => id === given || id === bankOfRow(given));
  const before = await store.all();
  const open = before.filter(({ ended }) => ended === undefined);
  const done = before.filter(({ ended }) => ended !== undefined);
  const fresh = (named ? [named] : allExams()).map((bank): ExamChoice => {
    const points = bank.questions.reduce((sum, question) => sum + question.points, 0);
    return {
      label: bank.title,
      description: `${bank.minutes} minutes · ${pointsText(points)}`,
      exam: () => begin(bank),
    };
  });
  const kept = (exams: readonly MockExam[]): ExamChoice[] =>
    exams
      .filter(({ bank }) => bankAt(bank) && (!named || bank === named.id))
      .map((exam) => ({ label: bankAt(exam.bank)!.title, description: whenOf(exam), exam: () => exam }));
  const choices = [kept(open), fresh, kept(done)];
  if (named && kept(open).length === 0) return begin(named);
  const titles = ["Go on", "Begin", "Look through again"];
  const items = choices.flatMap((group, i) =>
    group.length === 0 ? [] : [{ label: titles[i]!, kind: vscode.QuickPickItemKind.Separator }, ...group],
  );
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: "Which exam do you want to sit?" });
  return chosen && "exam" in chosen ? chosen.exam() : undefined;
}

const bankOfRow = (given: unknown): string | undefined => (given as { bank?: Bank } | null | undefined)?.bank?.id;

function whenOf({ begun, ended, minutes, used }: MockExam): string {
  const day = new Date(begun).toLocaleDateString();
  return ended === undefined ? `begun ${day} · ${Math.ceil(minutes - used / 60_000)} minutes left` : `sat ${day}`;
}

const isReference = (given: unknown): given is Reference => typeof given === "string";

interface Choice extends vscode.QuickPickItem {
  readonly reference: Reference;
}

async function choose(
  found: readonly Found<Question | DrillTemplate>[],
  progress: Progress,
  placeHolder: string,
): Promise<Reference | undefined> {
  await progress.load();
  const known = standings(progress.log());
  const choices = found.map(({ bank, question }): Choice => {
    const { state } = scoreOf(known, bank, question);
    return {
      reference: referenceTo(bank, question),
      label: question.title,
      description: bank.title,
      detail: [pointsText(question.points), scoreWords[state], ...question.topics].join(" · "),
      iconPath: scoreIcons[state],
    };
  });
  const options = { placeHolder, matchOnDescription: true, matchOnDetail: true };
  return (await vscode.window.showQuickPick(choices, options))?.reference;
}
