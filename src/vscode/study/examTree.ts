/** The view “Exams”: what is due, bug hunts, groups of banks, their sections and questions, and how the student stands with each. */
import * as vscode from "vscode";
import type { Diagnostic } from "../../core/text/diagnostic";
import type { ReadBank } from "../../core/exam/bank";
import { examQuestionsFor, type ExamQuestion } from "../../core/exam/examTopics";
import { bankGroups, groupOf, shortTitle, type BankGroup } from "../../core/exam/bankGroups";
import { standings } from "../../core/exam/progress";
import type { Bank, DrillTemplate, Question } from "../../core/exam/question";
import { commandIds, viewIds } from "../ids";
import { readBanks, referenceTo } from "./banks";
import { dueChildren, dueItem, type DueRow } from "./dueRows";
import type { Planner } from "./planner";
import { sheetChildren, sheetItem, type SheetRow } from "./sheets";
import type { OpenRows } from "./openRows";
import { huntItem, huntRows, type HuntRow } from "./huntRows";
import type { Progress } from "./progress";
import type { WorkspaceBanks } from "./workspaceBanks";
import { pointsText, scoreIcons, scoreOf, scoreWords, type Score, type Standings } from "./standing";

/** A row of the view. */
type Row = DueRow | SheetRow | BankRow;
type BankRow =
  | { readonly kind: "group"; readonly group: BankGroup; readonly banks: readonly ReadBank[] }
  | { readonly kind: "bank"; readonly bank: Bank; readonly faults: readonly Diagnostic[] }
  | { readonly kind: "section"; readonly bank: Bank; readonly title: string; readonly questions: readonly Question[] }
  | { readonly kind: "fromExams"; readonly bank: Bank; readonly found: readonly ExamQuestion[] }
  /** `under`: the bank by topic that an exam's question is shown in. */
  | { readonly kind: "question"; readonly bank: Bank; readonly question: Question; readonly under?: Bank }
  | { readonly kind: "drill"; readonly bank: Bank; readonly drill: DrillTemplate }
  | { readonly kind: "fault"; readonly bank: Bank; readonly fault: Diagnostic }
  | HuntRow;

export function registerExamTree(
  progress: Progress,
  planner: Planner,
  workspace: WorkspaceBanks,
  open: OpenRows,
): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const treeDataProvider: vscode.TreeDataProvider<Row> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: (row) => {
      if (isDueRow(row)) return dueItem(row, planner);
      return isSheetRow(row) ? sheetItem(row) : itemOf(row, standings(progress.log()), open);
    },
    getChildren: async (row) => {
      if (row && isDueRow(row)) return dueChildren(planner);
      if (row && isSheetRow(row)) return sheetChildren();
      if (row) return childrenOf(row);
      await Promise.all([progress.load(), workspace.load()]);
      const groups = bankGroups.flatMap((group): Row[] => {
        const banks = readBanks().filter(({ bank }) => groupOf(bank) === group);
        return banks.length > 0 ? [{ kind: "group", group, banks }] : [];
      });
      return [{ kind: "due" }, { kind: "hunts" }, ...groups, { kind: "sheets" }];
    },
  };
  const view = vscode.window.createTreeView(viewIds.exams, { treeDataProvider, showCollapseAll: true });
  return vscode.Disposable.from(
    changed,
    view,
    open.follow(view, (row) => (row.kind === "group" ? row.group.id : undefined)),
    planner.onDidChange(() => {
      changed.fire(undefined);
    }),
    workspace.onDidChange(() => {
      changed.fire(undefined);
    }),
    vscode.commands.registerCommand(commandIds.refreshExams, () => progress.load()),
  );
}

const isDueRow = (row: Row): row is DueRow => row.kind === "due" || row.kind === "dueQuestion";
const isSheetRow = (row: Row): row is SheetRow => row.kind === "sheets" || row.kind === "sheet";
const isFault = ({ severity }: Diagnostic): boolean => severity === "error";

function childrenOf(row: BankRow): Row[] {
  if (row.kind === "hunts") return huntRows();
  if (row.kind === "hunt") return [];
  if (row.kind === "group")
    return row.banks.map(({ bank, diagnostics }) => ({ kind: "bank", bank, faults: diagnostics.filter(isFault) }));
  const { bank } = row;
  if (row.kind === "section") return row.questions.map((question) => ({ kind: "question", bank, question }));
  if (row.kind === "fromExams") return row.found.map((found) => ({ kind: "question", ...found, under: bank }));
  if (row.kind !== "bank") return [];
  const sections = new Map<string, Question[]>();
  for (const question of bank.questions) {
    const title = question.section ?? "";
    sections.set(title, [...(sections.get(title) ?? []), question]);
  }
  return [
    ...row.faults.map((fault): Row => ({ kind: "fault", bank, fault })),
    ...fromExams(bank),
    ...[...sections].flatMap(([title, questions]): Row[] =>
      title === ""
        ? questions.map((question) => ({ kind: "question", bank, question }))
        : [{ kind: "section", bank, title, questions }],
    ),
    ...bank.drills.map((drill): Row => ({ kind: "drill", bank, drill })),
  ];
}

/** A bank by topic has the questions about it of all exams as well. */
function fromExams(bank: Bank): Row[] {
  if (groupOf(bank).id !== "topics") return [];
  const exams = readBanks().map((read) => read.bank).filter((other) => groupOf(other).id === "exams"); // prettier-ignore
  const found = examQuestionsFor(bank, exams);
  return found.length > 0 ? [{ kind: "fromExams", bank, found }] : [];
}

function itemOf(row: BankRow, known: Standings, open: OpenRows): vscode.TreeItem {
  switch (row.kind) {
    case "group":
      return groupItem(row.group, row.banks, known, open);
    case "bank":
      return bankItem(row.bank, known);
    case "section":
      return sectionItem(row.title, row.bank, row.questions, known);
    case "fromExams":
      return fromExamsItem(row.bank, row.found, known);
    case "question":
      return questionItem(row.bank, row.question, known, row.under);
    case "drill":
      return entry(row.bank, row.drill, known, commandIds.startDrill, "drill");
    case "fault":
      return faultItem(row.bank, row.fault);
    case "hunts":
    case "hunt":
      return huntItem(row, known);
  }
}

const groupIcons: Record<BankGroup["id"], string> = {
  own: "account",
  exams: "mortar-board",
  topics: "library",
  bugs: "search-fuzzy",
  practice: "target",
};

function groupItem(
  { id, title, open: usually }: BankGroup,
  banks: readonly ReadBank[],
  known: Standings,
  open: OpenRows,
): vscode.TreeItem {
  const item = new vscode.TreeItem(title, open.stateOf(id, usually));
  item.id = `group:${id}`;
  item.iconPath = new vscode.ThemeIcon(groupIcons[id]);
  const entries = banks.flatMap(({ bank }) => bank.questions.map((question) => scoreOf(known, bank, question).state));
  return counted(item, title, entries);
}

/** The icon tells exams from other banks. */
function bankItem(bank: Bank, known: Standings): vscode.TreeItem {
  const isExam = bank.minutes !== undefined;
  const item = questionsItem(shortTitle(bank), isExam ? "checklist" : "notebook", bank, bank.questions, known);
  if (isExam) item.contextValue = "exam";
  return item;
}

function questionsItem(
  title: string,
  icon: string,
  bank: Bank,
  questions: readonly Question[],
  known: Standings,
): vscode.TreeItem {
  const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = bank.id;
  item.iconPath = new vscode.ThemeIcon(icon);
  return counted(item, title, questions.map((question) => scoreOf(known, bank, question).state)); // prettier-ignore
}

/** Says how many of some questions are right; nothing where there is none. */
function counted(item: vscode.TreeItem, title: string, states: readonly Score["state"][]): vscode.TreeItem {
  if (states.length === 0) return item;
  const right = states.filter((state) => state === "right").length;
  const words = `${right} of ${states.length} right`;
  item.description = `${right}/${states.length}`;
  item.tooltip = `${title}: ${words}`;
  item.accessibilityInformation = { label: `${title}, ${words}` };
  return item;
}

/** Open from the start: whoever opens an exam wants to see its questions. */
function sectionItem(title: string, bank: Bank, questions: readonly Question[], known: Standings): vscode.TreeItem {
  const item = questionsItem(title, "list-unordered", bank, questions, known);
  item.id = `${bank.id}#${title}`;
  item.collapsibleState = vscode.TreeItemCollapsibleState.Expanded;
  return item;
}

function fromExamsItem(bank: Bank, found: readonly ExamQuestion[], known: Standings): vscode.TreeItem {
  const title = "From the exams";
  const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${bank.id}#from-exams`;
  item.iconPath = new vscode.ThemeIcon("checklist");
  return counted(item, title, found.map((each) => scoreOf(known, each.bank, each.question).state)); // prettier-ignore
}

function questionItem(bank: Bank, question: Question, known: Standings, under: Bank | undefined): vscode.TreeItem {
  const item = entry(bank, question, known, commandIds.openQuestion, pointsText(question.points));
  // The same question has a row in its exam.
  if (under) item.id = `${under.id}<${referenceTo(bank, question)}`;
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
