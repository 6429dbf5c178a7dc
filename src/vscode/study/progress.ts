/** The student's progress on the disk, in the extension's own folder; what cannot be saved is told and tried again. */
import * as vscode from "vscode";
import type { Attempt, ProgressLog } from "../../core/exam/progress";
import { compactProgress } from "../../core/exam/progressCompaction";
import { createProgressStore, type ProgressFolder, type ProgressStore } from "../../core/exam/progressStore";

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
  const folder = folderAt(vscode.Uri.joinPath(storage, "progress"));
  const prefix = `${new Date().toISOString().slice(0, 10)}-${crypto.randomUUID()}`;
  const own = `${prefix}${ending}`;
  const store = createProgressStore(folder, own, () => {
    changed.fire();
  });
  // Once for each window, after the student has seen what there is.
  let tidied = false;
  const load = async (): Promise<void> => {
    await store.load();
    if (tidied) return;
    tidied = true;
    compactProgress(folder, own, (place) => `${prefix}.${place}${ending}`).catch(() => undefined);
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

const ending = ".jsonl";

function folderAt(uri: vscode.Uri): ProgressFolder {
  const { fs } = vscode.workspace;
  const file = (name: string): vscode.Uri => vscode.Uri.joinPath(uri, name);
  return {
    list: async () => {
      const entries = await fs.readDirectory(uri);
      return entries.map(([name]) => name).filter((name) => name.endsWith(ending));
    },
    read: async (name) => new TextDecoder().decode(await fs.readFile(file(name))),
    replace: async (name, text) => {
      const partial = file(`${name}.part`);
      await fs.writeFile(partial, new TextEncoder().encode(text));
      await fs.rename(partial, file(name), { overwrite: true });
    },
    rename: async (name, to) => {
      await fs.rename(file(name), file(to), { overwrite: false });
    },
    remove: async (name) => {
      await fs.delete(file(name), { useTrash: false });
    },
  };
}
