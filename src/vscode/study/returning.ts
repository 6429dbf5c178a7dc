/** The commands for what comes back: answer what is due, set the day of the exam, cram some topics. */
import * as vscode from "vscode";
import { dayOf, dayText, faultOfDay } from "../../core/exam/examDay";
import { commandIds } from "../ids";
import type { QuestionPanels } from "../pages/question";
import { referenceTo } from "./banks";
import { questionsText } from "./dueRows";
import type { Planner } from "./planner";
import type { WorkspaceBanks } from "./workspaceBanks";
import { placeOf, topicCounts } from "./round";
import { whenText } from "./times";

export function registerReturningCommands(
  panels: QuestionPanels,
  planner: Planner,
  workspace: WorkspaceBanks,
): vscode.Disposable {
  const since = (): string => new Date().toISOString();
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.answerDue, async (reference?: unknown) => {
      await planner.load();
      const entry = planner.due().find(({ bank, question }) => referenceTo(bank, question) === reference);
      if (await panels.begin({ kind: "due", since: since() }, entry && placeOf(entry))) return;
      const next = planner.next();
      const coming = next ? `The next question comes ${whenText(next, new Date())}.` : "What you answer comes back.";
      void vscode.window.showInformationMessage(`Nothing is due. ${coming}`);
    }),
    vscode.commands.registerCommand(commandIds.setExamDate, () => askExamDay(planner)),
    vscode.commands.registerCommand(commandIds.cram, async (given?: unknown) => {
      await workspace.load();
      const topics = Array.isArray(given) ? given.map(String) : await askTopics();
      if (topics.length === 0) return;
      if (await panels.begin({ kind: "cram", since: since(), topics })) return;
      void vscode.window.showErrorMessage(`There is no question about ${topics.join(", ")}.`);
    }),
  );
}

async function askExamDay(planner: Planner): Promise<void> {
  const typed = await vscode.window.showInputBox({
    title: "Day of the exam",
    prompt: "Everything comes back once more before it. Leave it empty for no exam.",
    placeHolder: dayText(new Date(Date.now() + 30 * 24 * 60 * 60 * 1000)),
    value: planner.examDay() ?? "",
    validateInput: (text) => faultOfDay(text, new Date()),
  });
  if (typed === undefined) return;
  const day = dayOf(typed);
  await planner.setExamDay(day && dayText(day));
}

async function askTopics(): Promise<readonly string[]> {
  const items = topicCounts().map(([label, count]) => ({ label, description: questionsText(count) }));
  const chosen = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    placeHolder: "Which topics do you want to cram? The schedule stays as it is.",
  });
  return chosen?.map(({ label }) => label) ?? [];
}
