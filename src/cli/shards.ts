/** Divides files among shards: files that import each other stay together, since what one shows of another is reported once. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { type ModuleName, type SourceFiles, pathsOfModule } from "../core/python/modules";
import { type Shard } from "./options";
import { pathOf } from "./reportsOf";

/** The files of one shard, in their order. */
export async function filesOfShard(files: readonly string[], { index, count }: Shard): Promise<string[]> {
  const groups = await groupsOf(files);
  const sizes = new Array<number>(count).fill(0);
  const mine = new Set<string>();
  // The largest first, each to the shard that has least by then.
  for (const group of [...groups].sort((a, b) => b.length - a.length)) {
    const least = sizes.indexOf(Math.min(...sizes));
    sizes[least]! += group.length;
    if (least === index - 1) for (const file of group) mine.add(file);
  }
  return files.filter((file) => mine.has(file));
}

/** Files that imports lead from one to another, in whatever direction; in the files' order. */
async function groupsOf(files: readonly string[]): Promise<string[][]> {
  const above = new Map<string, string>();
  const rootOf = (path: string): string => {
    let root = path;
    for (let next = above.get(root); next !== undefined; next = above.get(root)) root = next;
    return root;
  };
  const disk = namesOnDisk();
  for (const file of files) {
    const own = pathOf(file);
    for (const module of modulesIn(await textOf(file))) {
      const [a, b] = [own, first(pathsOfModule(module, own, disk), disk)].map((path) => path && rootOf(path));
      if (a !== undefined && b !== undefined && a !== b) above.set(b, a);
    }
  }
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const root = rootOf(pathOf(file));
    const group = groups.get(root);
    if (group) group.push(file);
    else groups.set(root, [file]);
  }
  return [...groups.values()];
}

/** Which files there are, without what they say: each is looked for once. */
function namesOnDisk(): SourceFiles {
  const known = new Map<string, string | undefined>();
  return {
    roots: [pathOf(".")],
    absolute: pathOf,
    read: (path) => {
      if (!known.has(path)) known.set(path, existsSync(path) ? "" : undefined);
      return known.get(path);
    },
  };
}

function first(paths: Iterable<string>, disk: SourceFiles): string | undefined {
  for (const path of paths) if (disk.read(path) !== undefined) return path;
  return undefined;
}

/** A file that cannot be read is complained of when it is checked. */
async function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}

const importStatement =
  /^[ \t]*(?:import[ \t]+(?<modules>[\w., \t]+)|from[ \t]+(?<dots>\.*)(?<from>[\w.]*)[ \t]+import[ \t]+(?<names>\([^)]*\)|[^\n]*))/gm;

/** The modules that a text's imports may mean; in a notebook too, whose lines stand between quotation marks. */
function* modulesIn(text: string): Iterable<ModuleName> {
  const lines = text.replace(/^\s*"(?=(import|from)\b)/gm, "").replace(/\\n",?$/gm, "");
  for (const { groups = {} } of lines.matchAll(importStatement)) {
    const { modules, dots = "", from = "", names = "" } = groups;
    for (const name of wordsIn(modules ?? "")) yield { name, level: 0 };
    if (modules !== undefined) continue;
    yield { name: from, level: dots.length };
    for (const name of wordsIn(names)) yield { name: from === "" ? name : `${from}.${name}`, level: dots.length };
  }
}

/** `a.b` and `c` of `a.b as x, c`. */
function wordsIn(list: string): string[] {
  return list.split(/[,()\n]/).flatMap((part) => /^\s*([\w.]+)/.exec(part)?.[1] ?? []);
}
