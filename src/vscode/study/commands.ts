/** The commands of the study: open a question, start a drill. */
import * as vscode from "vscode";
import { standings } from "../../core/exam/progress";
import type { DrillTemplate, Question } from "../../core/exam/question";
import { commandIds } from "../ids";
import type { QuestionPanels } from "../pages/question";
import { allDrills, allQuestions, referenceTo, type Found, type Reference } from "./banks";
import type { Progress } from "./progress";
import { randomSeed } from "./seed";
import { pointsText, scoreIcons, scoreOf, scoreWords } from "./standing";

export function registerStudyCommands(panels: QuestionPanels, progress: Progress): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.openQuestion, async (given?: unknown) => {
      const reference = isReference(given) ? given : await choose(allQuestions(), progress, "Which question?");
      if (reference !== undefined) await panels.open({ kind: "question", reference });
    }),
    vscode.commands.registerCommand(commandIds.startDrill, async (given?: unknown) => {
      const reference = isReference(given) ? given : await choose(allDrills(), progress, "What do you want to drill?");
      if (reference !== undefined) await panels.open({ kind: "drill", reference, seed: randomSeed() });
    }),
  );
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
