/** Cheat sheets: the command that opens one, and their rows in the view “Exams”. */
import * as vscode from "vscode";
import { cheatSheetAt, cheatSheets, type CheatSheet } from "../../core/exam/cheatsheets";
import { commandIds } from "../ids";
import type { Explanations } from "../pages/explanation";

export type SheetRow = { readonly kind: "sheets" } | { readonly kind: "sheet"; readonly sheet: CheatSheet };

export function registerSheetCommand(explanations: Explanations): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.openCheatSheet, async (given?: unknown) => {
    const id = typeof given === "string" ? given : undefined;
    const sheet = id === undefined ? await chooseSheet() : cheatSheetAt(id);
    if (sheet) explanations.openSheet(sheet);
    else if (id !== undefined) void vscode.window.showErrorMessage(`There is no cheat sheet “${id}”.`);
  });
}

async function chooseSheet(): Promise<CheatSheet | undefined> {
  const items = cheatSheets.map((sheet) => ({ label: sheet.title, detail: sheet.topics.join(" · "), sheet }));
  const options = { placeHolder: "Which cheat sheet?", matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.sheet;
}

export const sheetChildren = (): SheetRow[] => cheatSheets.map((sheet) => ({ kind: "sheet", sheet }));

export function sheetItem(row: SheetRow): vscode.TreeItem {
  if (row.kind === "sheets") {
    const item = new vscode.TreeItem("Cheat sheets", vscode.TreeItemCollapsibleState.Collapsed);
    item.id = "sheets";
    item.iconPath = new vscode.ThemeIcon("book");
    return item;
  }
  const { id, title, topics } = row.sheet;
  const item = new vscode.TreeItem(title);
  item.id = `sheet:${id}`;
  item.iconPath = new vscode.ThemeIcon("note");
  item.tooltip = topics.join(" · ");
  item.command = { title: "Open", command: commandIds.openCheatSheet, arguments: [id] };
  return item;
}
