/** The entry of the status bar that says how much is due; it is not there when nothing is. */
import * as vscode from "vscode";
import { commandIds } from "../ids";
import { questionsText } from "./dueRows";
import type { Planner } from "./planner";

/** Nobody misses the count in the first seconds, in which the window has other things to read. */
const firstUpdate = 4000;

export function registerDueStatus(planner: Planner): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("forwardPass.due", vscode.StatusBarAlignment.Right, 50);
  item.name = "Forward Pass: due questions";
  item.command = commandIds.answerDue;
  const update = (): void => {
    const count = planner.due().length;
    item.text = `$(history) ${count} due`;
    item.tooltip = `${questionsText(count)} due: answer them`;
    item.accessibilityInformation = { label: `${questionsText(count)} due`, role: "button" };
    if (count > 0) item.show();
    else item.hide();
  };
  const timer = setTimeout(() => void planner.load().then(update), firstUpdate);
  return vscode.Disposable.from(item, planner.onDidChange(update), {
    dispose: () => {
      clearTimeout(timer);
    },
  });
}
