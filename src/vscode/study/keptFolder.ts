/** The folders in which the study keeps things, and how a student hears that something could not be written. */
import * as vscode from "vscode";
import type { KeptFolder } from "../../core/exam/kept/folder";

/** What the names of this window's files have that no other window's have. */
export const windowToken = `${new Date().toISOString().slice(0, 10)}-${crypto.randomUUID()}`;

export function keptFolder(uri: vscode.Uri): KeptFolder {
  const { fs } = vscode.workspace;
  const file = (name: string): vscode.Uri => vscode.Uri.joinPath(uri, name);
  return {
    list: async () => {
      try {
        return (await fs.readDirectory(uri)).map(([name]) => name);
      } catch (error) {
        if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") return [];
        throw error;
      }
    },
    read: async (name) => new TextDecoder().decode(await fs.readFile(file(name))),
    create: async (name, text) => {
      await fs.writeFile(file(name), new TextEncoder().encode(text));
    },
    rename: async (name, to) => {
      // With `overwrite` the editor would first remove what is there, and could be killed before it moves the other.
      await fs.rename(file(name), file(to), { overwrite: false });
    },
    remove: async (name) => {
      await fs.delete(file(name), { useTrash: false });
    },
  };
}

/** Tells that something could not be written, once until it can be written again: typing writes many times. */
export function failureTeller(
  words: (reason: string) => string,
): <Value>(writing: Promise<Value>) => Promise<Value | undefined> {
  let told = false;
  return async (writing) => {
    try {
      const value = await writing;
      told = false;
      return value;
    } catch (error) {
      if (!told) void vscode.window.showErrorMessage(words(error instanceof Error ? error.message : String(error)));
      told = true;
      return undefined;
    }
  };
}
