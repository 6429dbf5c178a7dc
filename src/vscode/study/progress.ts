/** The student's progress on the disk, in the extension's own folder; what cannot be saved is told and tried again. */
import * as vscode from "vscode";
import type { Attempt, ProgressLog } from "../../core/exam/progress";
import { compactProgress } from "../../core/exam/kept/progressCompaction";
import { createProgressStore, logEnding, type ProgressStore } from "../../core/exam/kept/progressStore";
import { keptFolder, windowToken } from "./keptFolder";

export interface Progress {
  /** Everything that is known; complete after the first `load`. */
  readonly log: () => ProgressLog;
  /** Reads what other windows have written. */
  readonly load: () => Promise<void>;
  /** Resolves when the attempt is on the disk, or its failure has been told. */
  readonly add: (attempt: Attempt) => Promise<void>;
  /** Takes in what was kept elsewhere; rejects when it cannot be written. */
  readonly merge: (more: ProgressLog) => Promise<void>;
  readonly onDidChange: vscode.Event<void>;
  readonly dispose: () => void;
}

export function createProgress(storage: vscode.Uri): Progress {
  const changed = new vscode.EventEmitter<void>();
  const folder = keptFolder(vscode.Uri.joinPath(storage, "progress"));
  const store = createProgressStore(folder, windowToken, () => {
    changed.fire();
  });
  // Once for each window, after the student has seen what there is.
  let tidied = false;
  const load = async (): Promise<void> => {
    await store.load();
    if (tidied) return;
    tidied = true;
    compactProgress(folder, windowToken, (place) => `${windowToken}.${place}${logEnding}`).catch(() => undefined);
  };
  const focus = vscode.window.onDidChangeWindowState(({ focused }) => {
    if (focused && tidied) void store.load();
  });
  return {
    log: store.log,
    load,
    merge: store.merge,
    add: (attempt) =>
      store.add(attempt).catch((error: unknown) => {
        void offerToSave(store, error);
      }),
    onDidChange: changed.event,
    dispose: () => {
      focus.dispose();
      changed.dispose();
    },
  };
}

/** Asks until the progress is saved or the user gives up. */
async function offerToSave(store: ProgressStore, error: unknown): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error);
  const retry = "Try again";
  const message = `Your answer could not be saved (${reason}). It is kept as long as this window is open.`;
  if ((await vscode.window.showErrorMessage(message, retry)) !== retry) return;
  await store.save().catch((next: unknown) => offerToSave(store, next));
}
