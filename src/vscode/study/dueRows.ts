/** The rows on top of the view “Exams”: what is due now, or when the next question comes. */
import * as vscode from "vscode";
import type { DueQuestion } from "../../core/exam/due";
import { commandIds } from "../ids";
import { referenceTo } from "./banks";
import type { Planner } from "./planner";
import { overdueText, whenText } from "./times";

export type DueRow = { readonly kind: "due" } | { readonly kind: "dueQuestion"; readonly entry: DueQuestion };

export const dueChildren = (planner: Planner): DueRow[] =>
  planner.due().map((entry) => ({ kind: "dueQuestion", entry }));

export function dueItem(row: DueRow, planner: Planner): vscode.TreeItem {
  return row.kind === "due" ? headItem(planner) : questionItem(row.entry);
}

function headItem(planner: Planner): vscode.TreeItem {
  const count = planner.due().length;
  if (count === 0) return emptyItem(planner.next());
  const item = new vscode.TreeItem(`Due now (${count})`, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = "due";
  item.iconPath = new vscode.ThemeIcon("history");
  item.contextValue = "due";
  item.accessibilityInformation = { label: `${questionsText(count)} due now` };
  return item;
}

function emptyItem(next: Date | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem("Nothing is due");
  item.id = "due";
  item.iconPath = new vscode.ThemeIcon("history");
  item.description = next ? `next ${whenText(next, new Date())}` : "what you answer comes back here";
  return item;
}

function questionItem({ bank, kind, question, due }: DueQuestion): vscode.TreeItem {
  const reference = referenceTo(bank, question);
  const since = overdueText(due, new Date());
  const item = new vscode.TreeItem(question.title);
  item.id = `due:${reference}`;
  item.description = kind === "drill" ? `drill · ${since}` : since;
  item.iconPath = new vscode.ThemeIcon("circle-large-outline");
  item.tooltip = [`${question.title}: due ${since}`, bank.title, ...question.topics].join(" · ");
  item.accessibilityInformation = { label: `${question.title}, due ${since}` };
  item.command = { title: "Answer", command: commandIds.answerDue, arguments: [reference] };
  return item;
}

/** "1 question", "3 questions". */
export const questionsText = (count: number): string => `${count} ${count === 1 ? "question" : "questions"}`;
