/** The banks in the workspace's folders: read when they are first asked for, and again when their files change. */
import * as vscode from "vscode";
import { readBank, type ReadBank } from "../../core/exam/bank";
import { builtinBanks } from "../../core/exam/builtin";
import { setWorkspaceBanks } from "./banks";

const pattern = "**/*.quiz.md";
const excluded = "**/{node_modules,.venv,venv,out,dist}/**";
const mostBanks = 100;
const largest = 1_000_000;
/** Milliseconds in which changes are gathered. */
const pause = 150;

export interface WorkspaceBanks {
  /** Reads the banks if that has not been done. */
  readonly load: () => Promise<void>;
  readonly onDidChange: vscode.Event<void>;
  readonly dispose: () => void;
}

export function createWorkspaceBanks(): WorkspaceBanks {
  const emitter = new vscode.EventEmitter<void>();
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  let loaded: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const read = async (): Promise<void> => {
    setWorkspaceBanks(await readAll());
    emitter.fire();
  };
  const again = (): void => {
    if (!loaded) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      loaded = read();
    }, pause);
  };
  const listening = vscode.Disposable.from(
    emitter,
    watcher,
    watcher.onDidCreate(again),
    watcher.onDidChange(again),
    watcher.onDidDelete(again),
    vscode.workspace.onDidChangeWorkspaceFolders(again),
  );
  return {
    load: () => (loaded ??= read()),
    onDidChange: emitter.event,
    dispose: () => {
      clearTimeout(timer);
      listening.dispose();
    },
  };
}

async function readAll(): Promise<ReadBank[]> {
  const files = await vscode.workspace.findFiles(pattern, excluded, mostBanks);
  const ordered = files.sort((a, b) => (a.toString() < b.toString() ? -1 : 1));
  const reads = (await Promise.all(ordered.map(readFile))).flatMap((read) => read ?? []);
  const known = new Set(builtinBanks().map(({ bank }) => bank.id));
  return reads.map((read) => {
    if (!known.has(read.bank.id)) {
      known.add(read.bank.id);
      return read;
    }
    return withoutQuestions(read);
  });
}

/** What cannot be read is as if it were not there. */
async function readFile(file: vscode.Uri): Promise<ReadBank | undefined> {
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    if (size > largest) return undefined;
    return readBank(file.toString(), new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
  } catch {
    return undefined;
  }
}

/** Progress goes by the id: two banks with the same one would share it. */
function withoutQuestions({ bank, diagnostics }: ReadBank): ReadBank {
  const message = `Another bank has the id “${bank.id}”: give this one its own.`;
  const fault = {
    rule: "bank-duplicate-id",
    severity: "error",
    message,
    span: { start: 0, end: 0 },
    related: [],
    fixes: [],
  } as const;
  const id = `${bank.id} ${bank.path}`;
  return { bank: { ...bank, id, questions: [], drills: [] }, diagnostics: [fault, ...diagnostics] };
}
