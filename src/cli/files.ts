/** Finds and reads the Python files and notebooks that a command is about. */
import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { SourceText } from "../core/text/source";
import { complain, readError } from "./outcome";

/** Folders that hold other people's code, or none. */
const skipped = new Set(["node_modules", "__pycache__", "site-packages", "venv", "env", "build", "dist"]);

export interface FoundFiles {
  /** As the user named them, folders opened, in order and each once. */
  readonly files: readonly string[];
  /** A path that was named could not be read. */
  readonly failed: boolean;
}

export async function findFiles(paths: readonly string[]): Promise<FoundFiles> {
  const files = new Set<string>();
  let failed = false;
  for (const path of paths) {
    try {
      const isFolder = (await stat(path)).isDirectory();
      for (const file of isFolder ? await filesBelow(path) : [path]) files.add(file);
    } catch (error) {
      complain(readError(path, error));
      failed = true;
    }
  }
  return { files: [...files], failed };
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const found: string[] = [];
  for (const entry of entries) {
    const path = folder === "." ? entry.name : join(folder, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith(".") && !skipped.has(entry.name))
      found.push(...(await filesBelow(path)));
    else if (entry.isFile() && /\.(py|ipynb)$/.test(entry.name)) found.push(path);
  }
  return found;
}

/** The file's text; undefined, with a message, where it cannot be read or is no text. */
export async function readSource(path: string): Promise<SourceText | undefined> {
  try {
    const bytes = await readFile(path);
    if (bytes.includes(0)) {
      complain(`${path} is not a text file.`);
      return undefined;
    }
    return new SourceText(path, new TextDecoder().decode(bytes));
  } catch (error) {
    complain(readError(path, error));
    return undefined;
  }
}

export async function readStandardInput(): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of process.stdin) parts.push(part as Uint8Array);
  return Buffer.concat(parts).toString("utf8");
}
