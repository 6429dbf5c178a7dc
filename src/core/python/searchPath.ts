/** The folders that a file puts on Python's search path itself, as far as it writes them out: `sys.path.insert(0, "../lib")`. */

/** The call's argument up to the end of its line. */
const changes = /^[ \t]*sys\.path\.(?:(insert)\(\s*0\s*,|(append)\()(.+)\)[ \t]*(?:#.*)?$/gm;

export interface AddedFolders {
  /** Those that come before the file's own folder. */
  readonly first: readonly string[];
  readonly last: readonly string[];
}

/** Of the file at a path, which has such a text. */
export function addedFolders(path: string, text: string): AddedFolders {
  const found = { first: [] as string[], last: [] as string[] };
  if (!text.includes("sys.path.")) return found;
  for (const [, isFirst, , written = ""] of text.matchAll(changes)) {
    const folder = folderIn(written, path);
    if (folder === undefined) continue;
    if (isFirst) found.first.unshift(folder);
    else found.last.push(folder);
  }
  return found;
}

/**
 * `os.path.join(os.path.dirname(__file__), "..", "lib")`, `str(Path(__file__).resolve().parents[1] / "src")`, or a mere text,
 * which is taken to start from the file. Undefined where anything else decides.
 */
function folderIn(written: string, path: string): string | undefined {
  const texts = [...written.matchAll(/(["'])(.*?)\1/g)].map(([, , text]) => text!);
  const rest = written.replace(/(["'])(.*?)\1/g, "");
  const names: readonly string[] = rest.match(/[A-Za-z_]\w*/g) ?? [];
  if (!names.every((name) => known.has(name))) return undefined;
  const isOfFile = names.includes("__file__");
  if (!isOfFile && (texts.length !== 1 || texts[0]!.startsWith("/") || names.length > 0)) return undefined;
  const parents = /\.parents\[(\d+)\]/.exec(rest);
  const steps = names.filter((name) => name === "dirname" || name === "parent").length;
  const ups = parents ? Number(parents[1]) + 1 + steps : steps;
  const start = isOfFile ? path.split("/").slice(0, -Math.max(ups, 1)) : path.split("/").slice(0, -1);
  // `join(__file__, "..")` goes up from the file itself.
  const [first, ...others] = texts;
  const parts = isOfFile && ups === 0 && first === ".." ? others : texts;
  const place = [...start];
  for (const part of parts.flatMap((text) => text.split("/")))
    if (part === "..") place.pop();
    else if (part !== "." && part !== "") place.push(part);
  return place.join("/");
}

/** What only finds a folder, or turns it into another form. */
const known = new Set(
  "os path join dirname abspath realpath normpath __file__ Path pathlib resolve absolute parent parents str".split(" "),
);
