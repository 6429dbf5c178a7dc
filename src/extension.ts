/** The extension's entry, for Node and for the web: everything that it registers. */
import type { ExtensionContext } from "vscode";
import { createCompute } from "./core/features/compute";
import { registerAuthoring } from "./vscode/authoring/register";
import { createAnalyses, type Secrets } from "./vscode/editor/analyses";
import { registerCodeActions } from "./vscode/editor/codeActions";
import { registerEditorCommands } from "./vscode/editor/commands";
import { registerDiagnostics } from "./vscode/editor/diagnostics";
import { registerHints } from "./vscode/editor/hints";
import { registerHover } from "./vscode/editor/hover";
import { createProjectSettings } from "./vscode/editor/projectSettings";
import { lazyParser } from "./vscode/editor/parser";
import { createExplanations } from "./vscode/pages/explanation";
import { createExamPanels } from "./vscode/pages/exam";
import { registerProgressPage } from "./vscode/pages/progress";
import { createHuntPanel } from "./vscode/pages/hunt";
import { createQuestionPanels } from "./vscode/pages/question";
import { createSummaries } from "./vscode/pages/summary";
import { cardsElsewhere, registerCarrying } from "./vscode/study/carrying";
import { registerStudyCommands } from "./vscode/study/commands";
import { registerDueStatus } from "./vscode/study/dueStatus";
import { registerExamTree } from "./vscode/study/examTree";
import { registerSheetCommand } from "./vscode/study/sheets";
import { createDraftStore } from "./vscode/study/draftStore";
import { createExamStore } from "./vscode/study/examStore";
import { registerKeepingCommands } from "./vscode/study/keeping";
import { createOpenRows } from "./vscode/study/openRows";
import { createOtherStores } from "./vscode/study/otherStores";
import { createPlanner } from "./vscode/study/planner";
import { registerCodeCommands } from "./vscode/study/codeCommands";
import { createCodeDesk } from "./vscode/study/codeDesk";
import { registerHuntCommands } from "./vscode/study/huntCommands";
import { createHuntDesk } from "./vscode/study/huntDesk";
import { registerHuntLenses } from "./vscode/study/huntLenses";
import { createProgress } from "./vscode/study/progress";
import { createWorkspaceBanks } from "./vscode/study/workspaceBanks";
import { registerReturningCommands } from "./vscode/study/returning";

export function activate(context: ExtensionContext): void {
  const { extensionUri: extension, globalStorageUri, globalState, subscriptions } = context;
  const parser = lazyParser(extension);
  const progress = createProgress(globalStorageUri);
  const hunts = createHuntDesk({ storage: globalStorageUri, memory: globalState, parser, progress });
  const huntPanel = createHuntPanel(extension, hunts);
  const workspace = createWorkspaceBanks();
  const programs = createCodeDesk(globalStorageUri, parser, workspace);
  const secrets: Secrets = {
    conceals: (uri) => hunts.conceals(uri) || programs.conceals(uri),
    onDidChange: hunts.onDidChange,
  };
  const projects = createProjectSettings();
  const analyses = createAnalyses(parser, secrets, projects);
  const explanations = createExplanations(extension);
  const summaries = createSummaries(extension, analyses);
  const planner = createPlanner(progress, globalState, cardsElsewhere(globalState), workspace);
  const evaluator = async () => createCompute(await parser());
  const drafts = createDraftStore(globalStorageUri);
  const questions = createQuestionPanels({ extension, progress, planner, evaluator, workspace, programs, drafts });
  const store = createExamStore(globalStorageUri);
  const exams = createExamPanels({ extension, store, progress, workspace, programs });

  subscriptions.push(
    projects,
    analyses,
    registerDiagnostics(analyses),
    registerHover(analyses),
    registerHints(analyses),
    registerCodeActions(analyses),
    registerEditorCommands(analyses, explanations, summaries),
    explanations,
    summaries,
    progress,
    planner,
    questions,
    exams,
    registerStudyCommands(questions, progress, exams, store, workspace),
    registerReturningCommands(questions, planner, workspace),
    registerKeepingCommands(progress, store, createOtherStores(globalStorageUri), planner),
    registerCarrying(planner, globalState),
    registerSheetCommand(explanations),
    registerProgressPage(extension, progress, planner),
    registerExamTree(progress, planner, workspace, createOpenRows(globalState)),
    registerDueStatus(planner),
    hunts,
    programs,
    registerCodeCommands(programs, questions),
    huntPanel,
    registerHuntLenses(hunts),
    registerHuntCommands(hunts, huntPanel, progress),
    workspace,
    registerAuthoring(extension, evaluator),
  );
}
