/** The files that imports may mean, read ahead of need: an analysis cannot wait, so it is made again when they are there. */
import * as vscode from "vscode";
import { environmentFolders, libraryFolders, packageFolders, windowsPackages } from "../../core/python/environment";
import type { SourceFiles } from "../../core/python/modules";

/** Paths are URIs. */
export interface WorkspaceFiles extends SourceFiles {
  /** Fires when a file on the disk has changed that was asked for. */
  readonly onDidChange: vscode.Event<void>;
  /** Waits for the files that were asked for and were not at hand; whether there are any of them. */
  readonly arrive: () => Promise<boolean>;
  readonly dispose: () => void;
}

export async function createWorkspaceFiles(): Promise<WorkspaceFiles> {
  const texts = new Map<string, string | undefined>();
  const wanted = new Set<string>();
  const changed = new vscode.EventEmitter<void>();
  const forget = (uri: vscode.Uri): void => {
    if (texts.delete(uri.toString())) changed.fire();
  };
  const watcher = vscode.workspace.createFileSystemWatcher("**/*.py");
  const listeners = vscode.Disposable.from(
    changed,
    watcher,
    watcher.onDidChange(forget),
    watcher.onDidCreate(forget),
    watcher.onDidDelete(forget),
  );
  return {
    roots: await importRoots(),
    // URIs have no dots in them.
    absolute: (path) => path,
    read: (path) => {
      const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === path);
      if (open) return open.getText();
      if (!texts.has(path)) wanted.add(path);
      return texts.get(path);
    },
    arrive: async () => {
      const paths = [...wanted];
      wanted.clear();
      const read = await Promise.all(paths.map(textOf));
      paths.forEach((path, i) => texts.set(path, read[i]));
      return read.some((text) => text !== undefined);
    },
    onDidChange: changed.event,
    dispose: () => {
      listeners.dispose();
    },
  };
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.parse(path)));
  } catch {
    return undefined;
  }
}

/** The workspace's folders, and the packages of the first Python environment that is found; no interpreter is run. */
async function importRoots(): Promise<string[]> {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  const beside = folders.flatMap((folder) => environmentFolders.map((name) => vscode.Uri.joinPath(folder, name)));
  for (const prefix of [...chosenPrefix(folders[0]), ...beside]) {
    const packages = await packagesOf(prefix);
    if (packages.length > 0) return [...folders, ...packages].map(String);
  }
  return folders.map(String);
}

/** Where the interpreter lives that the user has chosen: above `bin/python` or beside `python.exe`. */
function chosenPrefix(folder: vscode.Uri | undefined): vscode.Uri[] {
  const path = vscode.workspace.getConfiguration("python", folder).get("defaultInterpreterPath");
  if (typeof path !== "string" || !/[\\/]/.test(path) || folder?.scheme === undefined) return [];
  const written = path.replace("${workspaceFolder}", folder.fsPath);
  const interpreter = vscode.Uri.file(written).with({ scheme: folder.scheme, authority: folder.authority });
  return [vscode.Uri.joinPath(interpreter, "..", ".."), vscode.Uri.joinPath(interpreter, "..")];
}

async function packagesOf(prefix: vscode.Uri): Promise<vscode.Uri[]> {
  const libraries = libraryFolders.map(async (library) =>
    packageFolders(library, await namesIn(vscode.Uri.joinPath(prefix, library))),
  );
  const folders = [...(await Promise.all(libraries)).flat(), windowsPackages];
  const found: vscode.Uri[] = [];
  for (const folder of folders.map((path) => vscode.Uri.joinPath(prefix, path)))
    if ((await namesIn(folder)).length > 0) found.push(folder);
  return found;
}

async function namesIn(folder: vscode.Uri): Promise<string[]> {
  try {
    return (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  } catch {
    return [];
  }
}
