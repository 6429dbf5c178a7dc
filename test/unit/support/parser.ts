/** The Python parser for tests, loaded once for all of them. */
import { readFileSync } from "node:fs";
import { createPythonParser, type PythonParser } from "../../../src/core/python/parser";

let loaded: Promise<PythonParser> | undefined;

export function loadPythonParser(): Promise<PythonParser> {
  loaded ??= createPythonParser({
    runtime: readFileSync("node_modules/web-tree-sitter/web-tree-sitter.wasm"),
    grammar: readFileSync("node_modules/tree-sitter-python/tree-sitter-python.wasm"),
  });
  return loaded;
}
