/** The files that imports may mean: the folder that the program runs in, and the packages of the Python environment. */
import { readFileSync, readdirSync, realpathSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { environmentFolders, libraryFolders, packageFolders, windowsPackages } from "../core/python/environment";
import { type SourceFiles } from "../core/python/modules";

/** Reads files when they are asked for, each once. The environment's interpreter is looked for, never run. */
export function sourceFiles(): SourceFiles {
  const texts = new Map<string, string | undefined>();
  return {
    roots: [".", ...sitePackages()].map(absolute),
    absolute,
    read: (path) => {
      if (!texts.has(path)) texts.set(path, textOf(path));
      return texts.get(path);
    },
  };
}

function absolute(path: string): string {
  return resolve(path).replaceAll("\\", "/");
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** The folders of packages of the first environment that there is: beside the code, activated, or the system's. */
function sitePackages(): string[] {
  const { VIRTUAL_ENV, CONDA_PREFIX } = process.env;
  const prefixes = [...environmentFolders, VIRTUAL_ENV, CONDA_PREFIX, ...prefixesOnPath()];
  for (const prefix of prefixes) {
    const folders = prefix === undefined ? [] : packagesOf(prefix);
    if (folders.length > 0) return folders;
  }
  return [];
}

/** `/usr` for `/usr/bin/python3`, and so on along the path: the first may be a mere launcher, with no packages beside it. */
function prefixesOnPath(): string[] {
  return (process.env.PATH ?? "").split(delimiter).flatMap((folder) => {
    try {
      return [dirname(dirname(realpathSync(join(folder, "python3"))))];
    } catch {
      return [];
    }
  });
}

function packagesOf(prefix: string): string[] {
  const versions = libraryFolders.flatMap((library) => packageFolders(library, namesIn(join(prefix, library))));
  return [...versions, windowsPackages]
    .map((folder) => join(prefix, folder))
    .filter((folder) => namesIn(folder).length > 0);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
