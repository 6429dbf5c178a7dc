/** The rows of the view “Exams” that are about bug hunts: one for each program. */
import * as vscode from "vscode";
import { huntBank, huntPrograms, type HuntProgram } from "../../core/exam/hunt/programs";
import { partKey } from "../../core/exam/progress";
import { commandIds } from "../ids";
import { scoreIcons, scoreWords, stateOfFraction, type Standings } from "./standing";

export type HuntRow = { readonly kind: "hunts" } | { readonly kind: "hunt"; readonly program: HuntProgram };

export const huntRows = (): HuntRow[] => huntPrograms.map((program) => ({ kind: "hunt", program }));

export function huntItem(row: HuntRow, known: Standings): vscode.TreeItem {
  return row.kind === "hunts" ? groupItem(known) : programItem(row.program, known);
}

const stateOf = (known: Standings, { id }: HuntProgram) =>
  stateOfFraction(known.get(partKey(huntBank, id))?.last.fraction);

function groupItem(known: Standings): vscode.TreeItem {
  const item = new vscode.TreeItem("Bug hunts", vscode.TreeItemCollapsibleState.Collapsed);
  item.id = huntBank;
  item.iconPath = new vscode.ThemeIcon("bug");
  const solved = huntPrograms.filter((program) => stateOf(known, program) === "right").length;
  const words = `${solved} of ${huntPrograms.length} solved`;
  item.description = `${solved}/${huntPrograms.length}`;
  item.tooltip = `Bug hunts: ${words}`;
  item.accessibilityInformation = { label: `Bug hunts, ${words}` };
  return item;
}

const huntWords = {
  ...scoreWords,
  untouched: "not hunted yet",
  right: "solved",
  partly: "partly solved",
  wrong: "not solved yet",
};

function programItem(program: HuntProgram, known: Standings): vscode.TreeItem {
  const words = huntWords[stateOf(known, program)];
  const item = new vscode.TreeItem(program.title);
  item.id = `${huntBank}/${program.id}`;
  item.iconPath = scoreIcons[stateOf(known, program)];
  item.tooltip = `${program.title}: ${words}. ${program.task}`;
  item.accessibilityInformation = { label: `${program.title}, bug hunt, ${words}` };
  item.command = { title: "Start", command: commandIds.startHunt, arguments: [program.id] };
  return item;
}
