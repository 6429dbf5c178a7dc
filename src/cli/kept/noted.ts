/** Notes which files are read, so that a result can be kept with what it was computed from. */
import { createHash } from "node:crypto";
import { type SourceFiles } from "../../core/python/modules";

/** A path, and the digest of the text that was there; null where there was none. */
export type Noted = readonly [path: string, digest: string | null];

export interface NotedFiles extends SourceFiles {
  /** What has been asked for since it was last taken. */
  take(): readonly Noted[];
}

export function notedFiles(files: SourceFiles): NotedFiles {
  let asked = new Set<string>();
  const digestOf = digests(files);
  return {
    ...files,
    read: (path) => {
      asked.add(path);
      return files.read(path);
    },
    take: () => {
      const taken = [...asked].map((path): Noted => [path, digestOf(path)]);
      asked = new Set();
      return taken;
    },
  };
}

/** The digests of files' texts, each computed once. */
export function digests(files: SourceFiles): (path: string) => string | null {
  const known = new Map<string, string | null>();
  return (path) => {
    let digest = known.get(path);
    if (digest === undefined) {
      const text = files.read(path);
      digest = text === undefined ? null : digestOfText(text);
      known.set(path, digest);
    }
    return digest;
  };
}

export function digestOfText(...texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest("base64url");
}
