/** Patterns of paths as settings have them: `tests/**`, `*.ipynb`, `src/old`. */

/**
 * Whether a path with `/` between its parts fits a pattern. `*` and `?` stay within a name, `**` does not. A pattern without
 * `/` fits a name at any depth, a folder all that is in it.
 */
export function fitsPattern(path: string, pattern: string): boolean {
  const known = expressions.get(pattern) ?? expressionOf(pattern);
  expressions.set(pattern, known);
  return known.test(path);
}

const expressions = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  const trimmed = pattern.replace(/^\.?\//, "").replace(/\/$/, "");
  const anywhere = trimmed.includes("/") ? "" : "(?:.*/)?";
  const source = trimmed.replace(/\*\*\/?|\*|\?|[.+^${}()|[\]\\]/g, (part) => wildcards[part] ?? `\\${part}`);
  return new RegExp(`^${anywhere}${source}(?:/.*)?$`);
}

const wildcards: Readonly<Record<string, string>> = { "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]" };
