/** The extension's entry, for Node and for the web: everything that it registers. */
import type { ExtensionContext } from "vscode";
import { createCompute } from "./core/features/compute";
import { registerAuthoring } from "./vscode/authoring/register";
import { createAnalyses } from "./vscode/editor/analyses";
import { registerCodeActions } from "./vscode/editor/codeActions";
import { registerEditorCommands } from "./vscode/editor/commands";
import { registerDiagnostics } from "./vscode/editor/diagnostics";
import { registerHints } from "./vscode/editor/hints";
import { registerHover } from "./vscode/editor/hover";
import { lazyParser } from "./vscode/editor/parser";
import { createExplanations } from "./vscode/pages/explanation";
import { createExamPanels } from "./vscode/pages/exam";
import { createQuestionPanels } from "./vscode/pages/question";
import { createSummaries } from "./vscode/pages/summary";
import { registerStudyCommands } from "./vscode/study/commands";
import { registerExamTree } from "./vscode/study/examTree";
import { createExamStore } from "./vscode/study/examStore";
import { createProgress } from "./vscode/study/progress";
import { createWorkspaceBanks } from "./vscode/study/workspaceBanks";

export function activate({ extensionUri: extension, globalStorageUri, subscriptions }: ExtensionContext): void {
  const parser = lazyParser(extension);
  const analyses = createAnalyses(parser);
  const explanations = createExplanations(extension);
  const summaries = createSummaries(extension, analyses);
  const progress = createProgress(globalStorageUri);
  const evaluator = async () => createCompute(await parser());
  const workspace = createWorkspaceBanks();
  const questions = createQuestionPanels({ extension, progress, evaluator, workspace });
  const store = createExamStore(globalStorageUri);
  const exams = createExamPanels({ extension, store, progress, workspace });

  subscriptions.push(
    analyses,
    registerDiagnostics(analyses),
    registerHover(analyses),
    registerHints(analyses),
    registerCodeActions(analyses),
    registerEditorCommands(analyses, explanations, summaries),
    explanations,
    summaries,
    progress,
    questions,
    exams,
    registerStudyCommands(questions, progress, exams, store, workspace),
    registerExamTree(progress, workspace),
    workspace,
    registerAuthoring(extension, evaluator),
  );
}
