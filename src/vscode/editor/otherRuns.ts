/**
 * What the runs of open files show of the files that they import. It is read when the editor is idle, and holds until the
 * importing file is analysed anew or closed.
 */
import * as vscode from "vscode";
import type { Analysis } from "../../core/analyzer";
import { isInPackages } from "../../core/python/environment";
import { foundElsewhere } from "../../core/rules/agreement";
import { settled } from "../../core/rules/check";
import { type Elsewhere, elsewhere } from "../../core/rules/elsewhere";
import { unusedSuppression } from "../../core/rules/house/unused-suppression";
import { movedTo } from "../../core/rules/moved";
import { ownFunctions } from "../../core/rules/reading/called";
import { isTraining } from "../../core/rules/reading/training";
import { type RuleSettings } from "../../core/rules/settings";
import { silencersIn } from "../../core/rules/suppression";
import type { Diagnostic } from "../../core/text/diagnostic";
import type { SourceText } from "../../core/text/source";

/** Milliseconds without a change before the files behind one are looked at. */
const idle = 400;

export interface OtherRuns {
  /** Looks, a while later, at what an analysis says of other files. */
  readonly follow: (entry: vscode.TextDocument, analysis: Analysis) => void;
  /** Looks no more at the last analysis, since the next one is being made of it. */
  readonly pause: (entry: vscode.TextDocument) => void;
  readonly forget: (entry: vscode.TextDocument) => void;
  /** A file's findings with those that the runs of others show; `rules` are the file's own settings. */
  readonly withOthers: (analysis: Analysis, rules: RuleSettings) => Analysis;
  /** What they show of a file that is not open; undefined where they show nothing. */
  readonly ofClosed: (path: string) => { readonly source: SourceText; readonly diagnostics: Diagnostic[] } | undefined;
  /** Fires with the paths of files of which something else is shown now. */
  readonly onDidChange: vscode.Event<readonly string[]>;
  readonly dispose: () => void;
}

/** `settingsOf` gives a file's settings; undefined where nothing is to be said of it. */
export function createOtherRuns(settingsOf: (uri: vscode.Uri) => Promise<RuleSettings | undefined>): OtherRuns {
  const changed = new vscode.EventEmitter<readonly string[]>();
  const followed = new Map<vscode.TextDocument, Analysis>();
  const timers = new Map<vscode.TextDocument, ReturnType<typeof setTimeout>>();
  const shown = new Map<vscode.TextDocument, readonly Elsewhere[]>();
  const settingsByPath = new Map<string, RuleSettings>();

  const show = (entry: vscode.TextDocument, views: readonly Elsewhere[]): void => {
    const before = shown.get(entry) ?? [];
    if (views.length > 0) shown.set(entry, views);
    else shown.delete(entry);
    const paths = new Set([...before, ...views].map(({ path }) => path));
    if (paths.size > 0) changed.fire([...paths]);
  };

  const read = async (entry: vscode.TextDocument, analysis: Analysis): Promise<void> => {
    const settings = new Map<string, RuleSettings>();
    for (const path of analysis.machine.imports.opened.keys()) {
      const own = isOfWorkspace(path) ? await settingsOf(vscode.Uri.parse(path)) : undefined;
      if (own) settings.set(path, own);
    }
    // It was analysed again meanwhile, or closed.
    if (followed.get(entry) !== analysis) return;
    for (const [path, own] of settings) settingsByPath.set(path, own);
    const { path: self } = analysis.source;
    const name = decodeURIComponent(self.slice(self.lastIndexOf("/") + 1));
    show(entry, elsewhere(analysis, { name, self, settingsFor: (path) => settings.get(path), failed: ruleFailed }));
  };

  const pause = (entry: vscode.TextDocument): void => {
    clearTimeout(timers.get(entry));
    timers.delete(entry);
    followed.delete(entry);
  };

  const viewsOf = (path: string): readonly Elsewhere[] =>
    [...shown.values()].flatMap((views) => views.filter((one) => one.path === path));

  return {
    follow: (entry, analysis) => {
      if (followed.get(entry) === analysis) return;
      followed.set(entry, analysis);
      clearTimeout(timers.get(entry));
      timers.set(
        entry,
        setTimeout(() => void read(entry, analysis), idle),
      );
    },
    pause,
    forget: (entry) => {
      pause(entry);
      show(entry, []);
    },
    withOthers: (analysis, rules) => {
      const { source, found } = analysis;
      const views = viewsOf(source.path).map((one) => movedTo(one, source));
      if (views.length === 0) return analysis;
      const ran = ownFunctions(analysis).map(({ start }) => start);
      const more = foundElsewhere({ found, ran, trains: isTraining(analysis) }, views);
      return { ...analysis, diagnostics: settled([...found, ...more], source, silencersIn(analysis), rules) };
    },
    ofClosed: (path) => {
      const views = viewsOf(path);
      const [first] = views;
      const rules = settingsByPath.get(path);
      if (!first || !rules) return undefined;
      const { source, silencers } = first;
      // What the file itself has to say is not known, and so no comment is known to be idle.
      const quiet = { ...rules, ignore: [...(rules.ignore ?? []), unusedSuppression.id] };
      const current = views.map((one) => movedTo(one, source));
      return { source, diagnostics: settled(foundElsewhere(undefined, current), source, silencers, quiet) };
    },
    onDidChange: changed.event,
    dispose: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      changed.dispose();
    },
  };
}

function isOfWorkspace(path: string): boolean {
  return !isInPackages(path) && vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(path)) !== undefined;
}

function ruleFailed(rule: string, error: unknown): void {
  console.error(`Forward Pass: the rule ${rule} failed.`, error);
}
