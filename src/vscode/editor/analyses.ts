/** The analysis of each open Python document: made when somebody needs it, kept while the text stays as it is. */
import * as vscode from "vscode";
import { createAnalyzer, type Analysis, type Analyzer, type FollowedFile } from "../../core/analyzer";
import type { PythonParser } from "../../core/python/parser";
import { type ModelSummary, type SummaryQuestion } from "../../core/features/summary";
import type { Diagnostic } from "../../core/text/diagnostic";
import { SourceText } from "../../core/text/source";
import { createOtherRuns } from "./otherRuns";
import { cellView, cellsAround, textOfCells } from "./notebookCells";
import type { RuleSettings } from "../../core/rules/settings";
import type { ProjectSettings } from "./projectSettings";
import { affectsRules, ruleSettings } from "./settings";
import { createWorkspaceFiles, type WorkspaceFiles } from "./workspaceFiles";

/** Milliseconds of silence before a text that is being typed is read again. */
const pause = 150;

export interface Analyses {
  /** The analysis of the document's present text; nothing where it is not Python or the parser is missing. */
  readonly of: (document: vscode.TextDocument) => Promise<Analysis | undefined>;
  /** Whether the document has findings that are not to be seen for now. */
  readonly conceals: (document: vscode.TextDocument) => boolean;
  /** A model of the document, built and run on inputs; a string says why that cannot be done. */
  readonly summarise: (document: vscode.TextDocument, question: SummaryQuestion) => Promise<ModelSummary | string>;
  /** Fires a moment after a document was opened or changed; without an analysis when it was closed. */
  readonly onDidChange: vscode.Event<Analysed>;
  /** Fires when the runs of open files show something else of a file that is not open. */
  readonly onDidChangeClosed: vscode.Event<ClosedFile>;
  readonly dispose: () => void;
}

export interface Analysed {
  readonly document: vscode.TextDocument;
  readonly analysis: Analysis | undefined;
}

/** A file that is imported and not open, with what is found in it. */
export interface ClosedFile {
  readonly uri: vscode.Uri;
  /** Undefined where nothing is found any more. */
  readonly source?: SourceText;
  readonly diagnostics?: readonly Diagnostic[];
}

interface Kept {
  /** Of all documents that were read. */
  readonly version: string;
  readonly analysis: Analysis;
  /** Undefined where nothing is to be said of the file. */
  readonly rules: RuleSettings | undefined;
}

/** Documents whose findings are not to be seen for now: they are what a student looks for. */
export interface Secrets {
  readonly conceals: (uri: vscode.Uri) => boolean;
  readonly onDidChange: vscode.Event<void>;
}

/** `parser` is called once, at the first Python document. */
export function createAnalyses(
  parser: () => Promise<PythonParser>,
  secrets: Secrets,
  projects: ProjectSettings,
): Analyses {
  const changed = new vscode.EventEmitter<Analysed>();
  const changedClosed = new vscode.EventEmitter<ClosedFile>();
  const kept = new Map<vscode.TextDocument, Kept>();
  const followed = new Map<vscode.TextDocument, FollowedFile>();
  const listening: { dispose(): void }[] = [];
  const timers = new Map<vscode.TextDocument, ReturnType<typeof setTimeout>>();
  let starting: Promise<Engine | undefined> | undefined;
  // What is being analysed while the settings change is of the generation before, and so not kept.
  let generation = 0;

  const of = async (document: vscode.TextDocument): Promise<Analysis | undefined> => {
    if (!isPython(document)) return undefined;
    const engine = await started();
    if (!engine || document.isClosed) return undefined;
    const cells = cellsAround(document);
    // Of a notebook the first cell's place keeps the analysis of all.
    const [key = document] = cells ?? [];
    const texts = (cells ?? [document]).map((part) => `${part.uri.fragment} ${part.version}`).join();
    const version = `${generation}: ${texts}`;
    const known = kept.get(key);
    const current = known?.version === version ? known : { version, ...(await analyse(engine, key, document, cells)) };
    kept.set(key, current);
    const { analysis, rules } = current;
    if (rules) others.follow(key, analysis);
    else others.forget(key);
    if (cells) return cellView(analysis, cells, document);
    return rules ? others.withOthers(analysis, rules) : analysis;
  };

  const analyse = async (
    engine: Engine,
    key: vscode.TextDocument,
    document: vscode.TextDocument,
    cells: readonly vscode.TextDocument[] | undefined,
  ): Promise<Omit<Kept, "version">> => {
    const project = await projects.of(document);
    const rules = ruleSettings(document, project.rules);
    const source = cells ? textOfCells(cells) : sourceOf(document);
    const file = followed.get(key) ?? engine.analyzer.follow();
    followed.set(key, file);
    others.pause(key);
    const whole = await withImports(engine, () => file.analyze(source, { rules, ruleFailed }));
    if (project.isExcluded) return { analysis: { ...whole, diagnostics: [] }, rules: undefined };
    return secrets.conceals(document.uri)
      ? { analysis: onlySyntax(whole), rules: undefined }
      : { analysis: whole, rules };
  };

  const settingsOf = async (uri: vscode.Uri): Promise<RuleSettings | undefined> => {
    const project = await projects.of({ uri, isUntitled: false });
    if (project.isExcluded || secrets.conceals(uri)) return undefined;
    return ruleSettings({ uri, languageId: "python" }, project.rules);
  };
  const others = createOtherRuns(settingsOf);
  const showOthers = (path: string): void => {
    const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === path);
    if (open && isPython(open)) void publish(open);
    else changedClosed.fire({ uri: vscode.Uri.parse(path), ...others.ofClosed(path) });
  };

  const summarise: Analyses["summarise"] = async (document, question) => {
    const engine = await started();
    if (!engine) return "Forward Pass cannot read Python here.";
    return withImports(engine, () => engine.analyzer.summarise(sourceOf(document), question));
  };

  /** What is known of a file holds for those that import it. */
  const forgetImporters = (path: string): void => {
    for (const [document, { analysis }] of kept) {
      if (!analysis.machine.imports.opened.has(path)) continue;
      kept.delete(document);
      schedule(document, pause);
    }
  };
  const started = (): Promise<Engine | undefined> =>
    (starting ??= start(parser).then((engine) => {
      if (engine) listening.push(engine.files, engine.files.onDidChange(forgetAll));
      return engine;
    }));

  const publish = async (document: vscode.TextDocument): Promise<void> => {
    const analysis = await of(document);
    if (analysis) changed.fire({ document, analysis });
  };

  const schedule = (document: vscode.TextDocument, delay: number): void => {
    if (!isPython(document)) return;
    clearTimeout(timers.get(document));
    timers.set(
      document,
      setTimeout(() => {
        timers.delete(document);
        void publish(document);
      }, delay),
    );
  };

  const forget = (document: vscode.TextDocument): void => {
    clearTimeout(timers.get(document));
    timers.delete(document);
    kept.delete(document);
    followed.delete(document);
    changed.fire({ document, analysis: undefined });
    others.forget(document);
    if (others.ofClosed(document.uri.toString())) showOthers(document.uri.toString());
  };

  const scheduleAll = (): void => {
    for (const document of vscode.workspace.textDocuments) schedule(document, 0);
  };
  const forgetAll = (): void => {
    generation++;
    kept.clear();
    scheduleAll();
  };
  scheduleAll();
  const listeners = vscode.Disposable.from(
    changed,
    changedClosed,
    others,
    others.onDidChange((paths) => {
      paths.forEach(showOthers);
    }),
    vscode.workspace.onDidOpenTextDocument((document) => {
      schedule(document, 0);
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      // What one cell of a notebook says holds for the others.
      for (const cell of cellsAround(document) ?? [document]) schedule(cell, pause);
      if (isPython(document)) forgetImporters(document.uri.toString());
    }),
    // A change of the language closes a document and opens it again.
    vscode.workspace.onDidCloseTextDocument(forget),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (affectsRules(event)) forgetAll();
    }),
    secrets.onDidChange(forgetAll),
    projects.onDidChange(forgetAll),
  );
  const dispose = (): void => {
    for (const timer of timers.values()) clearTimeout(timer);
    for (const one of [listeners, ...listening]) one.dispose();
  };
  const conceals = ({ uri }: vscode.TextDocument): boolean => secrets.conceals(uri);
  return { of, conceals, summarise, onDidChange: changed.event, onDidChangeClosed: changedClosed.event, dispose };
}

/** Who types a program is told where it is no Python all the same. */
function onlySyntax(analysis: Analysis): Analysis {
  return { ...analysis, diagnostics: analysis.diagnostics.filter(({ rule }) => rule === "syntax-error") };
}

/** The others go on; the log says which one did not. */
function ruleFailed(rule: string, error: unknown): void {
  console.error(`Forward Pass: the rule ${rule} failed.`, error);
}

interface Engine {
  readonly analyzer: Analyzer;
  readonly files: WorkspaceFiles;
}

async function start(parser: () => Promise<PythonParser>): Promise<Engine | undefined> {
  try {
    const files = await createWorkspaceFiles();
    return { analyzer: createAnalyzer(await parser(), files), files };
  } catch (error) {
    reportMissingParser(error);
    return undefined;
  }
}

/** Imports of imports: each round reads the files that the last one asked for. */
const mostRounds = 16;

async function withImports<T>({ files }: Engine, run: () => T): Promise<T> {
  let result = run();
  for (let round = 0; round < mostRounds && (await files.arrive()); round++) result = run();
  return result;
}

function sourceOf(document: vscode.TextDocument): SourceText {
  return new SourceText(document.uri.toString(), document.getText());
}

/** Old versions that a comparison shows are not looked at: nobody can mend them. */
function isPython({ languageId, uri }: vscode.TextDocument): boolean {
  return languageId === "python" && uri.scheme !== "git";
}

function reportMissingParser(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  void vscode.window.showErrorMessage(`Forward Pass cannot read Python here: ${reason}`);
}
