/**
 * The programs of hunts as files of a scheme of their own: what the student has made of one is kept in the extension's
 * folder, the correct program beside it is computed and cannot be written.
 */
import * as vscode from "vscode";
import type { Hunt } from "../../core/exam/hunt/hunt";
import { createKeptValues } from "../../core/exam/kept/keptValues";
import { programKind } from "../../core/exam/kept/programs";
import { huntScheme } from "../ids";
import { keptFolder, windowToken } from "./keptFolder";
import { createSavedOver } from "./savedOver";

/** The student's program. */
export const huntUri = (number: number): vscode.Uri =>
  vscode.Uri.from({ scheme: huntScheme, path: `/hunt-${number}.py` });

export const correctUri = (number: number): vscode.Uri =>
  vscode.Uri.from({ scheme: huntScheme, path: `/correct/hunt-${number}.py` });

/** The number of the hunt whose program a student writes in. */
export function huntNumber({ scheme, path }: vscode.Uri): number | undefined {
  const digits = scheme === huntScheme ? /^\/hunt-(\d{1,9})\.py$/.exec(path)?.[1] : undefined;
  return digits === undefined ? undefined : Number(digits);
}

function correctNumber({ path }: vscode.Uri): number | undefined {
  const digits = /^\/correct\/hunt-(\d{1,9})\.py$/.exec(path)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export interface HuntFiles {
  /** Puts the bugs back in. */
  readonly reset: (number: number) => Promise<void>;
  readonly dispose: () => void;
}

export function createHuntFiles(storage: vscode.Uri, draw: (number: number) => Promise<Hunt>): HuntFiles {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const kept = createKeptValues(keptFolder(vscode.Uri.joinPath(storage, "hunts")), windowToken, programKind);
  const nameOf = (number: number): string => `hunt-${number}`;
  const missing = (uri: vscode.Uri): vscode.FileSystemError => vscode.FileSystemError.FileNotFound(uri);
  const refuse = (uri: vscode.Uri): never => {
    throw vscode.FileSystemError.NoPermissions(uri);
  };

  const read = async (uri: vscode.Uri): Promise<Uint8Array> => {
    const correct = correctNumber(uri);
    if (correct !== undefined) return new TextEncoder().encode((await draw(correct)).correct.text);
    const number = huntNumber(uri);
    if (number === undefined) throw missing(uri);
    return new TextEncoder().encode((await kept.find(nameOf(number))) ?? (await draw(number)).planted.text);
  };
  const over = createSavedOver(kept.version);
  const write = async (uri: vscode.Uri, content: Uint8Array): Promise<void> => {
    const number = huntNumber(uri) ?? refuse(uri);
    await kept.keep(nameOf(number), new TextDecoder().decode(content));
    await over.seen(nameOf(number), content.length);
    changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  };

  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: async (uri) => {
      if (uri.path === "/" || uri.path === "/correct")
        return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
      const { length: size } = await read(uri);
      const number = huntNumber(uri);
      // Grows with each save of any window, which is all that the editor asks of a time.
      const mtime = number === undefined ? 0 : await kept.version(nameOf(number));
      const permissions = number === undefined ? { permissions: vscode.FilePermission.Readonly } : {};
      return { type: vscode.FileType.File, ctime: 0, mtime, size, ...permissions };
    },
    readDirectory: () => [],
    createDirectory: refuse,
    delete: refuse,
    rename: refuse,
    readFile: async (uri) => {
      const bytes = await read(uri);
      const number = huntNumber(uri);
      if (number !== undefined) await over.seen(nameOf(number), bytes.length);
      return bytes;
    },
    writeFile: async (uri, content) => {
      const number = huntNumber(uri) ?? refuse(uri);
      await over.check(nameOf(number), async () => (await read(uri)).length);
      await write(uri, content);
    },
  };
  const registration = vscode.workspace.registerFileSystemProvider(huntScheme, provider, { isCaseSensitive: true });
  return {
    reset: async (number) => {
      await write(huntUri(number), new TextEncoder().encode((await draw(number)).planted.text));
    },
    dispose: () => {
      registration.dispose();
      changed.dispose();
    },
  };
}
