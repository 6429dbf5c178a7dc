/** The panel beside the editor that explains a finding or shows a cheat sheet. */
import * as vscode from "vscode";
import { cheatSheetAt, type CheatSheet } from "../../core/exam/cheatsheets";
import { ruleDocument } from "../../core/rules/documents";
import type { ExplainHost, ExplainMemory, Explanation, Subject } from "../../protocol/explain";
import { commandIds, panelIds } from "../ids";
import { questionAt } from "../study/banks";
import { singlePanel } from "./singlePanel";

export interface Explanations {
  readonly open: (rule: string) => void;
  readonly openSheet: (sheet: CheatSheet) => void;
  readonly dispose: () => void;
}

export function createExplanations(extension: vscode.Uri): Explanations {
  const panel = singlePanel<ExplainHost, Subject, Explanation>({
    id: panelIds.explanation,
    source: { extension, name: "explain" },
    column: vscode.ViewColumn.Beside,
    handlers: (opened) => ({
      ready: () => explanationOf(opened().content),
      openQuestion: (reference) => {
        void vscode.commands.executeCommand(commandIds.openQuestion, reference);
        return null;
      },
    }),
    restore: (memory) => (memory as Partial<ExplainMemory> | undefined)?.subject ?? { kind: "rule", id: "" },
    stateOf: explanationOf,
  });
  const open = (rule: string): void => {
    const title = ruleDocument(rule)?.title;
    if (title === undefined) void vscode.window.showErrorMessage(`Forward Pass has no rule “${rule}”.`);
    else panel.open(title, { kind: "rule", id: rule });
  };
  const openSheet = ({ title, id }: CheatSheet): void => {
    panel.open(title, { kind: "sheet", id });
  };
  return { open, openSheet, dispose: panel.dispose };
}

/** Throws, in words for the page, where there is no such rule or sheet. */
function explanationOf(subject: Subject): Explanation {
  if (subject.kind === "sheet") return sheetOf(subject);
  const { id: rule } = subject;
  const document = ruleDocument(rule);
  if (!document) throw new Error(`Forward Pass has no rule “${rule}”.`);
  const questions = document.questions.flatMap((reference) => {
    const found = questionAt(reference);
    return found ? [{ reference, title: found.question.title }] : [];
  });
  const { title, markdown: text } = document;
  return { subject, title, label: rule, markdown: text, questions };
}

function sheetOf(subject: Subject): Explanation {
  const sheet = cheatSheetAt(subject.id);
  if (!sheet) throw new Error(`There is no cheat sheet “${subject.id}”.`);
  return { subject, title: sheet.title, label: "Cheat sheet", markdown: sheet.markdown, questions: [] };
}
