/** The analysis of each open Python document: made when somebody needs it, kept while the text stays as it is. */
import * as vscode from "vscode";
import { createAnalyzer, type Analysis, type Analyzer } from "../../core/analyzer";
import type { PythonParser } from "../../core/python/parser";
import { SourceText } from "../../core/text/source";
import { affectsRules, ruleSettings } from "./settings";

/** Milliseconds of silence before a text that is being typed is read again. */
const pause = 150;

export interface Analyses {
  /** The analysis of the document's present text; nothing where it is not Python or the parser is missing. */
  readonly of: (document: vscode.TextDocument) => Promise<Analysis | undefined>;
  /** Fires a moment after a document was opened or changed; without an analysis when it was closed. */
  readonly onDidChange: vscode.Event<Analysed>;
  readonly dispose: () => void;
}

export interface Analysed {
  readonly document: vscode.TextDocument;
  readonly analysis: Analysis | undefined;
}

interface Kept {
  readonly version: number;
  readonly analysis: Analysis;
}

/** `parser` is called once, at the first Python document. */
export function createAnalyses(parser: () => Promise<PythonParser>): Analyses {
  const changed = new vscode.EventEmitter<Analysed>();
  const kept = new Map<vscode.TextDocument, Kept>();
  const timers = new Map<vscode.TextDocument, ReturnType<typeof setTimeout>>();
  let analyzer: Promise<Analyzer | undefined> | undefined;

  const of = async (document: vscode.TextDocument): Promise<Analysis | undefined> => {
    if (!isPython(document)) return undefined;
    analyzer ??= parser().then(createAnalyzer, reportMissingParser);
    const ready = await analyzer;
    if (!ready || document.isClosed) return undefined;
    const known = kept.get(document);
    if (known?.version === document.version) return known.analysis;
    const analysis = ready.analyze(new SourceText(document.uri.toString(), document.getText()), {
      rules: ruleSettings(document),
    });
    kept.set(document, { version: document.version, analysis });
    return analysis;
  };

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
    changed.fire({ document, analysis: undefined });
  };

  const scheduleAll = (): void => {
    for (const document of vscode.workspace.textDocuments) schedule(document, 0);
  };
  scheduleAll();
  const listeners = vscode.Disposable.from(
    changed,
    vscode.workspace.onDidOpenTextDocument((document) => {
      schedule(document, 0);
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      schedule(document, pause);
    }),
    // A change of the language closes a document and opens it again.
    vscode.workspace.onDidCloseTextDocument(forget),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!affectsRules(event)) return;
      kept.clear();
      scheduleAll();
    }),
  );
  const dispose = (): void => {
    for (const timer of timers.values()) clearTimeout(timer);
    listeners.dispose();
  };
  return { of, onDidChange: changed.event, dispose };
}

/** Old versions that a comparison shows are not looked at: nobody can mend them. */
function isPython({ languageId, uri }: vscode.TextDocument): boolean {
  return languageId === "python" && uri.scheme !== "git";
}

function reportMissingParser(error: unknown): undefined {
  const reason = error instanceof Error ? error.message : String(error);
  void vscode.window.showErrorMessage(`Forward Pass cannot read Python here: ${reason}`);
}
