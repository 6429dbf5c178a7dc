/** Starts the Python parser from the extension's own files; the same in Node and on the web. */
import * as vscode from "vscode";
import { createPythonParser, type PythonParser } from "../../core/python/parser";

/** Gives the one parser, made at the first call. */
export function lazyParser(extension: vscode.Uri): () => Promise<PythonParser> {
  let parser: Promise<PythonParser> | undefined;
  return () => (parser ??= startParser(extension));
}

async function startParser(extension: vscode.Uri): Promise<PythonParser> {
  const read = (name: string): Thenable<Uint8Array> =>
    vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, "out", name));
  const [runtime, grammar] = await Promise.all([read("web-tree-sitter.wasm"), read("tree-sitter-python.wasm")]);
  return createPythonParser({ runtime, grammar });
}
