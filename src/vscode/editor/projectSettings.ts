/** The settings of the nearest `pyproject.toml` that has some, within the folder of the workspace; its faults are shown in it. */
import * as vscode from "vscode";
import {
  type ProjectFile,
  isExcluded,
  projectFileName,
  readProjectFile,
  settingsFor,
} from "../../core/rules/projectFile";
import { type RuleSettings } from "../../core/rules/settings";
import { toRange } from "../convert";
import { productName } from "../ids";

export interface ProjectSettings {
  /** For a document's file. */
  readonly of: (document: Pick<vscode.TextDocument, "uri" | "isUntitled">) => Promise<ForFile>;
  readonly onDidChange: vscode.Event<void>;
  readonly dispose: () => void;
}

export interface ForFile {
  readonly rules: RuleSettings;
  /** The project wants the file to be left alone. */
  readonly isExcluded: boolean;
}

export function createProjectSettings(): ProjectSettings {
  const files = new Map<string, Promise<ProjectFile | undefined>>();
  const faults = vscode.languages.createDiagnosticCollection("forwardPassSettings");
  const changed = new vscode.EventEmitter<void>();

  const read = (uri: vscode.Uri): Promise<ProjectFile | undefined> => {
    const key = uri.toString();
    const known = files.get(key) ?? readProject(uri);
    if (!files.has(key)) {
      files.set(key, known);
      void known.then((file) => {
        if (files.get(key) === known) faults.set(uri, file ? faultsOf(file) : []);
      });
    }
    return known;
  };
  const readAgain = (uri: vscode.Uri): void => {
    files.delete(uri.toString());
    void read(uri);
    changed.fire();
  };
  const watcher = vscode.workspace.createFileSystemWatcher(`**/${projectFileName}`);
  const listeners = vscode.Disposable.from(
    faults,
    changed,
    watcher,
    watcher.onDidChange(readAgain),
    watcher.onDidCreate(readAgain),
    watcher.onDidDelete(readAgain),
  );

  return {
    of: async (document) => {
      const place = placeOf(document);
      for (const folder of place ? foldersAbove(place) : []) {
        const file = await read(vscode.Uri.joinPath(folder, projectFileName));
        if (!place || !file) continue;
        const path = place.path.slice(folder.path.replace(/\/$/, "").length + 1);
        return { rules: settingsFor(file.settings, path), isExcluded: isExcluded(file.settings, path) };
      }
      return { rules: {}, isExcluded: false };
    },
    onDidChange: changed.event,
    dispose: () => {
      listeners.dispose();
    },
  };
}

interface Place {
  readonly root: vscode.Uri;
  /** Of the document, below the root. */
  readonly path: string;
}

/** Where a document's file is, or would be saved; nothing for what is no file of the workspace. */
function placeOf({ uri, isUntitled }: Pick<vscode.TextDocument, "uri" | "isUntitled">): Place | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (isUntitled) return folders[0] && { root: folders[0].uri, path: `${folders[0].uri.path}/untitled.py` };
  const folder = folders.find(({ uri: root }) => {
    // A cell's address differs from its notebook's in the scheme.
    const isOfScheme = uri.scheme === root.scheme || uri.scheme === "vscode-notebook-cell";
    return isOfScheme && uri.path.startsWith(`${root.path.replace(/\/$/, "")}/`);
  });
  return folder && { root: folder.uri, path: uri.path };
}

/** The folder of a file and those above it, up to the workspace's. */
function foldersAbove({ root, path }: Place): vscode.Uri[] {
  const inside = path
    .slice(root.path.replace(/\/$/, "").length + 1)
    .split("/")
    .slice(0, -1);
  return [...inside.keys(), inside.length]
    .reverse()
    .map((depth) => vscode.Uri.joinPath(root, ...inside.slice(0, depth)));
}

async function readProject(uri: vscode.Uri): Promise<ProjectFile | undefined> {
  try {
    return readProjectFile(uri.toString(), new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
  } catch {
    return undefined;
  }
}

function faultsOf({ source, problems }: ProjectFile): vscode.Diagnostic[] {
  return problems.map(({ message, span }) => {
    const fault = new vscode.Diagnostic(toRange(source, span), message, vscode.DiagnosticSeverity.Warning);
    fault.source = productName;
    return fault;
  });
}
