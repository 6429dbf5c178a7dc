/** The programs of questions as files of a scheme of their own; what a student has made of one is kept in the extension's folder. */
import * as vscode from "vscode";
import { createKeptValues } from "../../core/exam/kept/keptValues";
import { programKind } from "../../core/exam/kept/programs";
import { codeScheme } from "../ids";
import { keptFolder, windowToken } from "./keptFolder";
import { createSavedOver } from "./savedOver";

/** Which program: that of a part of a question, in practice or in a mock exam. */
export interface CodePlace {
  readonly bank: string;
  readonly question: string;
  readonly part: string;
  /** The sitting of the exam. */
  readonly exam?: string;
}

export function codeUri({ bank, question, part, exam }: CodePlace): vscode.Uri {
  const names = [...(exam === undefined ? [] : [exam]), bank, question, `${part}.py`];
  return vscode.Uri.from({ scheme: codeScheme, path: `/${names.map(encodeURIComponent).join("/")}` });
}

/** Undefined for what is no program of a question. */
export function codePlace({ scheme, path }: vscode.Uri): CodePlace | undefined {
  const names = scheme === codeScheme && path.endsWith(".py") ? path.slice(1, -3).split("/").map(decoded) : [];
  const [part, question, bank, exam] = names.reverse();
  if (part === undefined || question === undefined || bank === undefined || names.length > 4) return undefined;
  return { bank, question, part, ...(exam === undefined ? {} : { exam }) };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

export interface CodeFiles {
  /** What the student has saved; undefined for a program that nobody has changed. */
  readonly saved: (place: CodePlace) => Promise<string | undefined>;
  /** Puts back what was given. */
  readonly reset: (place: CodePlace) => Promise<void>;
  readonly dispose: () => void;
}

/** `given` throws where there is no such program. */
export function createCodeFiles(storage: vscode.Uri, given: (place: CodePlace) => Promise<string>): CodeFiles {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const kept = createKeptValues(keptFolder(vscode.Uri.joinPath(storage, "programs")), windowToken, programKind);
  const nameOf = (place: CodePlace): string => codeUri(place).path.slice(1, -".py".length);
  const refuse = (uri: vscode.Uri): never => {
    throw vscode.FileSystemError.NoPermissions(uri);
  };
  const found = (uri: vscode.Uri): CodePlace => {
    const place = codePlace(uri);
    if (!place) throw vscode.FileSystemError.FileNotFound(uri);
    return place;
  };
  const saved = (place: CodePlace): Promise<string | undefined> => kept.find(nameOf(place));
  const read = async (uri: vscode.Uri): Promise<Uint8Array> => {
    const place = found(uri);
    return new TextEncoder().encode((await saved(place)) ?? (await given(place)));
  };
  const over = createSavedOver(kept.version);
  const fire = (uri: vscode.Uri): void => {
    changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  };
  const registration = vscode.workspace.registerFileSystemProvider(
    codeScheme,
    {
      onDidChangeFile: changed.event,
      watch: () => new vscode.Disposable(() => undefined),
      stat: async (uri) => {
        if (!uri.path.endsWith(".py")) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
        const [{ length: size }, mtime] = await Promise.all([read(uri), kept.version(nameOf(found(uri)))]);
        // A version grows with each save of any window, which is all that the editor asks of a time.
        return { type: vscode.FileType.File, ctime: 0, mtime, size };
      },
      readDirectory: () => [],
      createDirectory: refuse,
      delete: refuse,
      rename: refuse,
      readFile: async (uri) => {
        const bytes = await read(uri);
        await over.seen(nameOf(found(uri)), bytes.length);
        return bytes;
      },
      writeFile: async (uri, content) => {
        const name = nameOf(found(uri));
        await over.check(name, async () => (await read(uri)).length);
        await kept.keep(name, new TextDecoder().decode(content));
        await over.seen(name, content.length);
        fire(uri);
      },
    },
    { isCaseSensitive: true },
  );
  return {
    saved,
    reset: async (place) => {
      if ((await saved(place)) === undefined) return;
      await kept.remove(nameOf(place));
      fire(codeUri(place));
    },
    dispose: () => {
      registration.dispose();
      changed.dispose();
    },
  };
}
