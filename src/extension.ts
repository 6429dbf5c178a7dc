/** The extension's entry, for Node and for the web: everything that it registers. */
import type { ExtensionContext } from "vscode";
import { createCompute } from "./core/features/compute";
import { createAnalyses } from "./vscode/editor/analyses";
import { registerCodeActions } from "./vscode/editor/codeActions";
import { registerEditorCommands } from "./vscode/editor/commands";
import { registerDiagnostics } from "./vscode/editor/diagnostics";
import { registerHints } from "./vscode/editor/hints";
import { registerHover } from "./vscode/editor/hover";
import { lazyParser } from "./vscode/editor/parser";
import { createExplanations } from "./vscode/pages/explanation";
import { createExamPanels } from "./vscode/pages/exam";
import { createHuntPanel } from "./vscode/pages/hunt";
import { createQuestionPanels } from "./vscode/pages/question";
import { createSummaries } from "./vscode/pages/summary";
import { registerStudyCommands } from "./vscode/study/commands";
import { registerExamTree } from "./vscode/study/examTree";
import { createExamStore } from "./vscode/study/examStore";
import { registerHuntCommands } from "./vscode/study/huntCommands";
import { createHuntDesk } from "./vscode/study/huntDesk";
import { registerHuntLenses } from "./vscode/study/huntLenses";
import { createProgress } from "./vscode/study/progress";

export function activate(context: ExtensionContext): void {
  const { extensionUri: extension, globalStorageUri, globalState, subscriptions } = context;
  const parser = lazyParser(extension);
  const progress = createProgress(globalStorageUri);
  const hunts = createHuntDesk({ storage: globalStorageUri, memory: globalState, parser, progress });
  const huntPanel = createHuntPanel(extension, hunts);
  const analyses = createAnalyses(parser, hunts);
  const explanations = createExplanations(extension);
  const summaries = createSummaries(extension, analyses);
  const evaluator = async () => createCompute(await parser());
  const questions = createQuestionPanels({ extension, progress, evaluator });
  const store = createExamStore(globalStorageUri);
  const exams = createExamPanels({ extension, store, progress });

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
    registerStudyCommands(questions, progress, exams, store),
    registerExamTree(progress),
    hunts,
    huntPanel,
    registerHuntLenses(hunts),
    registerHuntCommands(hunts, huntPanel, progress),
  );
}
