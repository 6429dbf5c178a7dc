/** The source files of the extension as the house tests see them: their text and what they import. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";

export interface SourceFile {
  /** From the root of the repository, "src/core/text/source.ts". */
  readonly path: string;
  readonly lines: readonly string[];
  readonly imports: readonly Import[];
}

export interface Import {
  /** As it is written. */
  readonly specifier: string;
  /** The file of ours that it names; undefined for a package. */
  readonly target: string | undefined;
  /** Whether nothing of it is left when the program runs. */
  readonly typeOnly: boolean;
}

/** `import … from "x"`, `export … from "x"`, `import "x"`, `import("x")` and `require("x")`. */
const statement = /^(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"|\b(?:import|require)\("([^"]+)"\)/gm;

/** Every TypeScript file below src. */
export function readSources(): SourceFile[] {
  const names = readdirSync("src", { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll("\\", "/"));
  const paths = names.filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts")).map((name) => `src/${name}`);
  return paths.sort().map((path) => {
    const text = readFileSync(path, "utf8");
    return { path, lines: text.trimEnd().split("\n"), imports: readImports(path, text) };
  });
}

function readImports(path: string, text: string): Import[] {
  return [...text.matchAll(statement)].map(([, type, named, called]) => {
    const specifier = named ?? called ?? "";
    return { specifier, target: resolveImport(path, specifier), typeOnly: type !== undefined };
  });
}

function resolveImport(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  const base = normalize(join(dirname(from), specifier));
  return [base, `${base}.ts`, `${base}.d.ts`].find((candidate) => existsSync(candidate)) ?? base;
}
