/** Where Python finds a module: the files that an import may mean, and their trees, each read once. */
import { SourceText } from "../text/source";
import { type PythonParser } from "./parser";
import { addedFolders } from "./searchPath";
import type { Module } from "./syntax";

/** The files around the one that is analysed, as the host has them at hand. Paths have forward slashes. */
export interface SourceFiles {
  /** The text of a file; undefined where there is none, or where it is not at hand yet. */
  read(path: string): string | undefined;
  /** The one path of a file that may have several, such as `a/../b.py`. */
  absolute(path: string): string;
  /** Folders in which absolute imports are looked up behind those above the file: of the workspace, of the environment. */
  readonly roots: readonly string[];
}

/** A module's name as an import writes it: `level` counts the leading dots. */
export interface ModuleName {
  readonly name: string;
  readonly level: number;
}

export interface ModuleFile {
  readonly path: string;
  readonly source: SourceText;
  readonly tree: Module;
}

/** Finds and reads modules; a file's tree is kept for as long as its text stays as it is. */
export interface ModuleFinder {
  /** The file that an import in the file `from` means; undefined where none is found. */
  find(module: ModuleName, from: string): ModuleFile | undefined;
}

/** Longer files are tables of data, or made by a program. */
const longestText = 600_000;

export function createModuleFinder(parser: PythonParser, files: SourceFiles): ModuleFinder {
  const known = new Map<string, ModuleFile>();
  const open = (path: string): ModuleFile | undefined => {
    const text = files.read(path);
    if (text === undefined || text.length > longestText) return undefined;
    const before = known.get(path);
    if (before?.source.text === text) return before;
    const source = new SourceText(path, text);
    const file = { path, source, tree: parser.parse(source) };
    known.set(path, file);
    return file;
  };
  return {
    find: (module, from) => {
      for (const path of pathsOfModule(module, files.absolute(from), files)) {
        const file = open(path);
        if (file) return file;
      }
      return undefined;
    },
  };
}

/** Where `a.b` may be, asked for in the file `/x/y/z.py`: its own folder and those above it, then the roots. */
export function* pathsOfModule({ name, level }: ModuleName, from: string, files: SourceFiles): Iterable<string> {
  const parts = name === "" ? [] : name.split(".");
  const folders = level > 0 ? [above(folderOf(from), level - 1)] : searchFolders(parts[0] ?? "", from, files);
  for (const folder of folders) {
    const place = [folder, ...parts].join("/");
    yield `${place}/__init__.py`;
    if (parts.length > 0) yield `${place}.py`;
  }
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : path.slice(0, slash);
}

function above(folder: string, times: number): string {
  let result = folder;
  for (let i = 0; i < times; i++)
    result = result === "." ? ".." : result.endsWith("..") ? `${result}/..` : folderOf(result);
  return result;
}

const mostFolders = 6;

/** Packages that many programs install, and after which they name files of their own that have to do with them. */
const wellKnown = new Set(
  (
    "datasets transformers tokenizers accelerate evaluate diffusers peft timm lightning pytorch_lightning torchmetrics " +
    "monai kornia albumentations gym gymnasium ray optuna hydra omegaconf mmcv mmengine detectron2 fairseq fastai " +
    "torch_geometric dgl networkx librosa soundfile nltk spacy gensim sentencepiece fvcore apex deepspeed horovod"
  ).split(" "),
);

/** A file with relative imports is a part of its package: nobody runs it as a script from inside. */
const relativeImport = /^[ \t]*from[ \t]*\./m;

/**
 * The file's folder and those above it, since a script is run from one of them, and the roots. Python looks into no package
 * for absolute imports but for that of the script that it runs, so that folders which are packages come last, and not at all
 * where that cannot be meant.
 */
function searchFolders(first: string, from: string, files: SourceFiles): string[] {
  const folders = foldersAbove(from);
  const text = files.read(from) ?? "";
  const added = addedFolders(from, text);
  const isPackage = (folder: string): boolean => files.read(`${folder}/__init__.py`) !== undefined;
  const outside = [...added.first, ...folders.filter((folder) => !isPackage(folder)), ...added.last, ...files.roots];
  const isInside = wellKnown.has(first) || relativeImport.test(text);
  return isInside ? outside : [...outside, ...folders.filter(isPackage)];
}

function foldersAbove(from: string): string[] {
  const folders = [folderOf(from)];
  while (folders.length < mostFolders) {
    const last = folders.at(-1)!;
    const next = folderOf(last);
    if (next === last || next === "" || next.endsWith("/") || last === ".") break;
    folders.push(next);
  }
  return folders;
}
