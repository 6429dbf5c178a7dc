/** The panel with the student's progress; it follows the answers as they are given. */
import * as vscode from "vscode";
import { progressState, type ProgressHost, type ProgressState } from "../../protocol/progress";
import { commandIds, panelIds } from "../ids";
import { allBanks } from "../study/banks";
import type { Planner } from "../study/planner";
import type { Progress } from "../study/progress";
import { singlePanel } from "./singlePanel";

export function registerProgressPage(extension: vscode.Uri, progress: Progress, planner: Planner): vscode.Disposable {
  const stateOf = async (): Promise<ProgressState> => {
    await planner.load();
    const examDay = planner.examDay();
    const due = planner.due().length;
    const known = { log: progress.log(), schedule: planner.schedule(), banks: allBanks(), due, examDay };
    return progressState(known, new Date());
  };
  const run = (command: string) => () => {
    void vscode.commands.executeCommand(command);
    return null;
  };
  const panel = singlePanel<ProgressHost, null, ProgressState>({
    id: panelIds.progress,
    source: { extension, name: "progress" },
    column: vscode.ViewColumn.Active,
    handlers: () => ({
      ready: stateOf,
      answerDue: run(commandIds.answerDue),
      openQuestion: run(commandIds.openQuestion),
      setExamDate: run(commandIds.setExamDate),
    }),
    restore: () => null,
    stateOf,
  });
  return vscode.Disposable.from(
    panel,
    planner.onDidChange(panel.refresh),
    vscode.commands.registerCommand(commandIds.showProgress, () => {
      panel.open("Progress", null);
    }),
  );
}
