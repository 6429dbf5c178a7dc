/** The panel that explains a finding. */
import * as vscode from "vscode";
import { ruleDocument } from "../../core/rules/documents";
import type { ExplainHost, ExplainMemory, Explanation } from "../../protocol/explain";
import { commandIds, panelIds } from "../ids";
import { questionAt } from "../study/banks";
import { singlePanel } from "./singlePanel";

export interface Explanations {
  readonly open: (rule: string) => void;
  readonly dispose: () => void;
}

export function createExplanations(extension: vscode.Uri): Explanations {
  const panel = singlePanel<ExplainHost, string, Explanation>({
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
    restore: (memory) => (memory as Partial<ExplainMemory> | undefined)?.rule ?? "",
    stateOf: explanationOf,
  });
  const open = (rule: string): void => {
    const title = ruleDocument(rule)?.title;
    if (title === undefined) void vscode.window.showErrorMessage(`Forward Pass has no rule “${rule}”.`);
    else panel.open(title, rule);
  };
  return { open, dispose: panel.dispose };
}

/** Throws, in words for the page, where there is no such rule. */
function explanationOf(rule: string): Explanation {
  const document = ruleDocument(rule);
  if (!document) throw new Error(`Forward Pass has no rule “${rule}”.`);
  const questions = document.questions.flatMap((reference) => {
    const found = questionAt(reference);
    return found ? [{ reference, title: found.question.title }] : [];
  });
  const { title, summary, markdown: text } = document;
  return { rule, title, summary, markdown: text, questions };
}
