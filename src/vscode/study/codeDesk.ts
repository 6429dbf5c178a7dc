/** The programs that questions ask for: opened in the editor, read from there, and judged by the engine. */
import * as vscode from "vscode";
import { createCodeBench } from "../../core/exam/hunt/bench";
import type { CodeBench } from "../../core/exam/code/task";
import type { GradingTools } from "../../core/exam/kinds/kind";
import type { Bank, Question } from "../../core/exam/question";
import type { PythonParser } from "../../core/python/parser";
import { bankAt } from "./banks";
import type { WorkspaceBanks } from "./workspaceBanks";
import { codePlace, codeUri, createCodeFiles, type CodePlace } from "./codeFiles";

export interface CodeDesk {
  /** What grading these questions needs; nothing is started for questions without programs. */
  readonly toolsFor: (questions: readonly Question[]) => Promise<GradingTools>;
  /** Shows the program beside what is shown. */
  readonly open: (place: CodePlace) => Promise<void>;
  /** The program as it stands in the editor, else as it was saved; undefined where nobody has changed it. */
  readonly textOf: (place: CodePlace) => Promise<string | undefined>;
  /** Puts back what was given. */
  readonly reset: (place: CodePlace) => Promise<void>;
  /** Whether the findings in a document would give the answers away. */
  readonly conceals: (uri: vscode.Uri) => boolean;
  readonly dispose: () => void;
}

export const hasProgram = ({ parts }: Question): boolean => parts.some(({ answer }) => answer.kind === "code");

export function createCodeDesk(
  storage: vscode.Uri,
  parser: () => Promise<PythonParser>,
  workspace: WorkspaceBanks,
): CodeDesk {
  let made: Promise<CodeBench> | undefined;
  const bench = (): Promise<CodeBench> => (made ??= parser().then((ready) => createCodeBench(ready)));
  const given = async (place: CodePlace): Promise<string> => {
    // A window that is loaded again shows its editors before anybody has asked for the workspace's banks.
    await workspace.load();
    const task = answerAt(bankAt(place.bank), place);
    if (task?.kind !== "code") throw vscode.FileSystemError.FileNotFound(codeUri(place));
    const text = (await bench()).given(task);
    if (typeof text !== "string") throw vscode.FileSystemError.Unavailable(text.problem);
    return text;
  };
  const files = createCodeFiles(storage, given);
  const documentAt = (place: CodePlace): vscode.TextDocument | undefined =>
    vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === codeUri(place).toString());
  return {
    toolsFor: async (questions) => (questions.some(hasProgram) ? { bench: await bench() } : {}),
    open: async (place) => {
      const column = { viewColumn: vscode.ViewColumn.Beside, preview: false };
      await vscode.window.showTextDocument(codeUri(place), column);
    },
    textOf: async (place) => {
      const document = documentAt(place);
      return document?.isDirty === true ? document.getText() : files.saved(place);
    },
    reset: async (place) => {
      // What is open and unsaved would come back over the fresh program.
      if (documentAt(place)?.isDirty === true) await documentAt(place)?.save();
      await files.reset(place);
    },
    conceals: (uri) => codePlace(uri) !== undefined,
    dispose: files.dispose,
  };
}

const answerAt = (bank: Bank | undefined, { question, part }: CodePlace) =>
  bank?.questions.find(({ id }) => id === question)?.parts.find(({ id }) => id === part)?.answer;
