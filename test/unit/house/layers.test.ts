/** Holds what the compiler cannot: which folder imports which, no cycles, and how a file begins and ends. */
import { assert } from "chai";
import { readSources, type SourceFile } from "./sources";

/** For each part of src, the parts that it may import besides itself. A file belongs to the longest name that fits. */
const allowed: Record<string, readonly string[]> = {
  "src/core/text": [],
  "src/core/python": ["src/core/text"],
  "src/core/shape": ["src/core/text"],
  "src/core/ops": ["src/core/text", "src/core/shape"],
  "src/core/infer": ["src/core/text", "src/core/python", "src/core/shape", "src/core/ops"],
  "src/core/rules": ["src/core/text", "src/core/python", "src/core/shape", "src/core/ops", "src/core/infer"],
  "src/core/exam": ["src/core/text", "src/core/python", "src/core/shape", "src/core/ops", "src/core/infer"],
  // A hunt is drawn and judged by what the rules find.
  "src/core/exam/hunt": [
    "src/core/text",
    "src/core/python",
    "src/core/shape",
    "src/core/infer",
    "src/core/rules",
    "src/core/exam",
    "src/core/features",
  ],
  "src/core/features": [
    "src/core/text",
    "src/core/python",
    "src/core/shape",
    "src/core/ops",
    "src/core/infer",
    "src/core/rules",
    "src/core/exam",
  ],
  // Files directly in core put its parts together.
  "src/core": ["src/core/*"],
  "src/protocol": ["src/core", "src/core/*"],
  "src/vscode": ["src/protocol", "src/core", "src/core/*"],
  "src/webview": ["src/protocol", "src/core", "src/core/*"],
  "src/cli": ["src/core", "src/core/*"],
  "src/cli.ts": ["src/cli", "src/core", "src/core/*"],
  "src/extension.ts": ["src/vscode", "src/core", "src/core/*"],
};

/** Packages that only some parts may import: the first pattern that fits the package decides. */
const reserved: readonly { readonly specifier: RegExp; readonly parts: readonly string[] }[] = [
  { specifier: /^vscode$/, parts: ["src/vscode", "src/extension.ts"] },
  { specifier: /^node:|^commander$/, parts: ["src/cli", "src/cli.ts"] },
];

/** Folders that walk something recursive: an expression holds expressions, so the files that handle them call each other. */
const recursive = ["src/core/python/convert", "src/core/infer"];

const longestLines = 400;

describe("the house", () => {
  const sources = readSources();

  it("has sources that know their place", () => {
    assert.isNotEmpty(sources);
    assert.deepEqual(
      sources.map(({ path }) => path).filter((path) => partOf(path) === undefined),
      [],
    );
  });

  it("imports in the directions of the design", () => {
    assert.deepEqual(
      sources.flatMap((source) => strayImports(source)),
      [],
    );
  });

  it("keeps the editor out of everything but src/vscode, and Node out of everything but the terminal", () => {
    assert.deepEqual(
      sources.flatMap((source) => reservedImports(source)),
      [],
    );
  });

  it("has no files that import each other around a circle, but where they walk something recursive", () => {
    assert.deepEqual(findCycles(sources), []);
  });

  it("says in the first line of each file what it is for", () => {
    assert.deepEqual(
      sources.filter(({ lines }) => !lines[0]?.startsWith("/**")).map(({ path }) => path),
      [],
    );
  });

  it(`has no file of more than ${longestLines} lines`, () => {
    assert.deepEqual(
      sources.filter(({ lines }) => lines.length > longestLines).map(({ path, lines }) => `${path}: ${lines.length}`),
      [],
    );
  });
});

function partOf(path: string): string | undefined {
  const fitting = Object.keys(allowed).filter((part) => path === part || path.startsWith(`${part}/`));
  return fitting.sort((a, b) => b.length - a.length)[0];
}

function strayImports({ path, imports }: SourceFile): string[] {
  const part = partOf(path) ?? "";
  return imports
    .filter(({ target }) => target !== undefined && !mayImport(part, target))
    .map(({ specifier }) => `${path} imports ${specifier}`);
}

function mayImport(part: string, target: string): boolean {
  if (!target.endsWith(".ts")) return true; // Text and data have no imports of their own.
  const other = partOf(target);
  if (other === undefined) return false;
  return other === part || (allowed[part] ?? []).some((name) => name === other || fitsWildcard(name, other));
}

/** "src/core/*" stands for every part below src/core. */
const fitsWildcard = (name: string, part: string): boolean => name.endsWith("/*") && part.startsWith(name.slice(0, -1));

function reservedImports({ path, imports }: SourceFile): string[] {
  const part = partOf(path) ?? "";
  return imports
    .filter(({ specifier }) => {
      const rule = reserved.find((candidate) => candidate.specifier.test(specifier));
      return rule !== undefined && !rule.parts.includes(part);
    })
    .map(({ specifier }) => `${path} imports ${specifier}`);
}

/** One line for each way around, "a.ts → b.ts → a.ts"; types that refer to each other do not count. */
function findCycles(sources: readonly SourceFile[]): string[] {
  const imports = new Map(
    sources.map((source) => [
      source.path,
      source.imports.filter(({ typeOnly }) => !typeOnly).map(({ target }) => target),
    ]),
  );
  const done = new Set<string>();
  const cycles: string[][] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) cycles.push([...trail.slice(at), path]);
    if (at >= 0 || done.has(path)) return;
    for (const target of imports.get(path) ?? []) if (target !== undefined) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const { path } of sources) visit(path, []);
  const walksRecursion = (cycle: readonly string[]): boolean =>
    recursive.some((folder) => cycle.every((path) => path.startsWith(`${folder}/`)));
  return cycles.filter((cycle) => !walksRecursion(cycle)).map((cycle) => cycle.join(" → "));
}
