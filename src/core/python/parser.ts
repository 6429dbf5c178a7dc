/** Source text to typed syntax tree: the one door to the parser. */
import { Language, Parser } from "web-tree-sitter";
import type { SourceText } from "../text/source";
import { moduleOf } from "./convert/module";
import { mend, type MendedText } from "./mend/mend";
import { type LiveText, createLiveText } from "./liveText";
import { copyTree, type ParseTree } from "./parseTree";
import type { Module } from "./syntax";

export interface PythonParser {
  /** Reads a text. Never throws: what cannot be read is in the module's `errors`. */
  parse(source: SourceText): Module;
  /** Reads a text again and again while it is being written. */
  follow(): LiveText;
  /** Frees the parser's memory; it cannot be used afterwards. */
  dispose(): void;
}

/** The parser's two WebAssembly modules, as bytes that the host has read. */
export interface ParserBinaries {
  /** `web-tree-sitter.wasm` */
  readonly runtime: Uint8Array;
  /** `tree-sitter-python.wasm` */
  readonly grammar: Uint8Array;
}

/** Rejects when the bytes are not the parser's. */
export async function createPythonParser(binaries: ParserBinaries): Promise<PythonParser> {
  // Without a name the runtime makes itself a URL, which fails where scripts have none.
  await Parser.init({ wasmBinary: binaries.runtime, locateFile: (name: string) => name });
  const language = await Language.load(binaries.grammar);
  const parser = new Parser();
  parser.setLanguage(language);
  return {
    parse: ({ text }) => parse(parser, text),
    follow: () => createLiveText((text) => parse(parser, text)),
    dispose: () => {
      parser.delete();
    },
  };
}

/** In UTF-16 units: ten times the longest module of PyTorch, and well within the parser's memory. */
const largest = 10_000_000;

/** What was mended is read as it is, too, when mending did not make it whole: the reading with less left over wins. */
function parse(parser: Parser, text: string): Module {
  if (text.length > largest) return unreadable(text, "This file is too long to be read.");
  const mended = mend(text);
  const tree = read(parser, mended);
  if (!tree) return unreadable(text, "This file takes too long to be read.");
  if (mended.problems.length === 0 || tree.faults.length === 0) return moduleOf(text, tree, mended.problems);
  const plain = read(parser, { text: mended.rewritten, place: (offset) => offset });
  if (!plain || faultiness(plain) >= faultiness(tree)) return moduleOf(text, tree, mended.problems);
  return moduleOf(text, plain, []);
}

/** Units of text in error nodes; each fault counts a little by itself. */
function faultiness({ faults }: ParseTree): number {
  return faults.reduce((sum, { start, end }) => sum + 1 + end - start, 0);
}

/** In milliseconds. Source that a person wrote is read in some of them; only a text made to be slow takes longer. */
const longest = 5000;

function read(parser: Parser, { text, place }: Pick<MendedText, "text" | "place">): ParseTree | undefined {
  const deadline = Date.now() + longest;
  const tree = parser.parse(text, null, { progressCallback: () => Date.now() > deadline });
  if (!tree) {
    parser.reset();
    return undefined;
  }
  try {
    return copyTree(tree, place);
  } finally {
    tree.delete();
  }
}

function unreadable(text: string, message: string): Module {
  const whole = { start: 0, end: text.length };
  return {
    kind: "Module",
    body: [{ kind: "InvalidStatement", ...whole }],
    errors: [{ message, ...whole }],
    comments: [],
    ...whole,
  };
}
