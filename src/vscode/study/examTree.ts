/** The view “Exams”: banks, their sections and questions, how the student stands with each, and the drills. */
import * as vscode from "vscode";
import type { Diagnostic } from "../../core/text/diagnostic";
import { standings } from "../../core/exam/progress";
import type { Bank, DrillTemplate, Question } from "../../core/exam/question";
import { commandIds, viewIds } from "../ids";
import { readBanks, referenceTo } from "./banks";
import { dueChildren, dueItem, type DueRow } from "./dueRows";
import type { Planner } from "./planner";
import { sheetChildren, sheetItem, type SheetRow } from "./sheets";
import { huntItem, huntRows, type HuntRow } from "./huntRows";
import type { Progress } from "./progress";
import type { WorkspaceBanks } from "./workspaceBanks";
import { pointsText, scoreIcons, scoreOf, scoreWords, type Standings } from "./standing";

/** A row of the view. */
type Row = DueRow | SheetRow | BankRow;
type BankRow =
  | { readonly kind: "bank"; readonly bank: Bank; readonly faults: readonly Diagnostic[] }
  | { readonly kind: "section"; readonly bank: Bank; readonly title: string; readonly questions: readonly Question[] }
  | { readonly kind: "question"; readonly bank: Bank; readonly question: Question }
  | { readonly kind: "drill"; readonly bank: Bank; readonly drill: DrillTemplate }
  | { readonly kind: "fault"; readonly bank: Bank; readonly fault: Diagnostic }
  | HuntRow;

export function registerExamTree(progress: Progress, planner: Planner, workspace: WorkspaceBanks): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const treeDataProvider: vscode.TreeDataProvider<Row> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: (row) => {
      if (isDueRow(row)) return dueItem(row, planner);
      return isSheetRow(row) ? sheetItem(row) : itemOf(row, standings(progress.log()));
    },
    getChildren: async (row) => {
      if (row && isDueRow(row)) return dueChildren(planner);
      if (row && isSheetRow(row)) return sheetChildren();
      if (row) return childrenOf(row);
      await Promise.all([progress.load(), workspace.load()]);
      const banks = readBanks().map(({ bank, diagnostics }): Row => ({
        kind: "bank",
        bank,
        faults: diagnostics.filter(isFault),
      }));
      return [{ kind: "due" }, ...banks, { kind: "hunts" }, { kind: "sheets" }];
    },
  };
  return vscode.Disposable.from(
    changed,
    planner.onDidChange(() => {
      changed.fire(undefined);
    }),
    workspace.onDidChange(() => {
      changed.fire(undefined);
    }),
    vscode.window.createTreeView(viewIds.exams, { treeDataProvider, showCollapseAll: true }),
    vscode.commands.registerCommand(commandIds.refreshExams, () => progress.load()),
  );
}

const isDueRow = (row: Row): row is DueRow => row.kind === "due" || row.kind === "dueQuestion";
const isSheetRow = (row: Row): row is SheetRow => row.kind === "sheets" || row.kind === "sheet";
const isFault = ({ severity }: Diagnostic): boolean => severity === "error";

function childrenOf(row: BankRow): Row[] {
  if (row.kind === "hunts") return huntRows();
  if (row.kind === "hunt") return [];
  const { bank } = row;
  if (row.kind === "section") return row.questions.map((question) => ({ kind: "question", bank, question }));
  if (row.kind !== "bank") return [];
  const sections = new Map<string, Question[]>();
  for (const question of bank.questions) {
    const title = question.section ?? "";
    sections.set(title, [...(sections.get(title) ?? []), question]);
  }
  return [
    ...row.faults.map((fault): Row => ({ kind: "fault", bank, fault })),
    ...[...sections].flatMap(([title, questions]): Row[] =>
      title === ""
        ? questions.map((question) => ({ kind: "question", bank, question }))
        : [{ kind: "section", bank, title, questions }],
    ),
    ...bank.drills.map((drill): Row => ({ kind: "drill", bank, drill })),
  ];
}

function itemOf(row: BankRow, known: Standings): vscode.TreeItem {
  switch (row.kind) {
    case "bank":
      return bankItem(row.bank, known);
    case "section":
      return sectionItem(row.title, row.bank, row.questions, known);
    case "question":
      return entry(row.bank, row.question, known, commandIds.openQuestion, pointsText(row.question.points));
    case "drill":
      return entry(row.bank, row.drill, known, commandIds.startDrill, "drill");
    case "fault":
      return faultItem(row.bank, row.fault);
    case "hunts":
    case "hunt":
      return huntItem(row, known);
  }
}

/** What many titles begin with is left out, the view being narrow; the icon tells exams from banks by topic. */
function bankItem(bank: Bank, known: Standings): vscode.TreeItem {
  const prefix = [`${bank.course}: `, "By topic: "].find((start) => bank.title.startsWith(start)) ?? "";
  const short = bank.title.slice(prefix.length);
  const title = short.slice(0, 1).toUpperCase() + short.slice(1);
  const isExam = bank.minutes !== undefined;
  const item = group(title, isExam ? "mortar-board" : "library", bank, bank.questions, known);
  if (isExam) item.contextValue = "exam";
  return item;
}

function group(
  title: string,
  icon: string,
  bank: Bank,
  questions: readonly Question[],
  known: Standings,
): vscode.TreeItem {
  const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = bank.id;
  item.iconPath = new vscode.ThemeIcon(icon);
  if (questions.length === 0) return item;
  const right = questions.filter((question) => scoreOf(known, bank, question).state === "right").length;
  const words = `${right} of ${questions.length} right`;
  item.description = `${right}/${questions.length}`;
  item.tooltip = `${title}: ${words}`;
  item.accessibilityInformation = { label: `${title}, ${words}` };
  return item;
}

/** Open from the start: whoever opens an exam wants to see its questions. */
function sectionItem(title: string, bank: Bank, questions: readonly Question[], known: Standings): vscode.TreeItem {
  const item = group(title, "list-unordered", bank, questions, known);
  item.id = `${bank.id}#${title}`;
  item.collapsibleState = vscode.TreeItemCollapsibleState.Expanded;
  return item;
}

function entry(
  bank: Bank,
  question: Question | DrillTemplate,
  known: Standings,
  command: string,
  description: string,
): vscode.TreeItem {
  const { state } = scoreOf(known, bank, question);
  const item = new vscode.TreeItem(question.title);
  item.id = referenceTo(bank, question);
  item.description = description;
  item.iconPath = scoreIcons[state];
  item.tooltip = [`${question.title}: ${scoreWords[state]}`, ...question.topics].join(" · ");
  item.accessibilityInformation = { label: `${question.title}, ${description}, ${scoreWords[state]}` };
  item.command = { title: "Open", command, arguments: [referenceTo(bank, question)] };
  return item;
}

function faultItem({ path }: Bank, { message }: Diagnostic): vscode.TreeItem {
  const item = new vscode.TreeItem(message);
  item.iconPath = new vscode.ThemeIcon("warning", new vscode.ThemeColor("editorWarning.foreground"));
  item.tooltip = `${path}: ${message}`;
  // A bank of the workspace is a file that can be mended.
  if (path.includes(":")) item.command = { title: "Open", command: "vscode.open", arguments: [vscode.Uri.parse(path)] };
  return item;
}
