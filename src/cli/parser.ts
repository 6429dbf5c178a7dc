/** Loads the parser's WebAssembly from beside the program. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type PythonParser, createPythonParser } from "../core/python/parser";

export async function loadParser(): Promise<PythonParser> {
  const read = (name: string): Promise<Uint8Array> => readFile(join(__dirname, name));
  const [runtime, grammar] = await Promise.all([read("web-tree-sitter.wasm"), read("tree-sitter-python.wasm")]);
  return createPythonParser({ runtime, grammar });
}
