/** `import a.b as c` and `from ..a import b as c`. */
import type { ParseNode } from "../parseTree";
import type { Import, ImportAlias, ImportFrom } from "../syntax";
import { type Conversion, field, fields, identifier, lastEnd, nameOf, parts, textOf, token } from "./context";

export function importStatement(c: Conversion, node: ParseNode): Import {
  return { kind: "Import", names: names(c, node), start: node.start, end: lastEnd(node) };
}

export function importFrom(c: Conversion, node: ParseNode): ImportFrom {
  const { start } = node;
  const end = lastEnd(node);
  const star = parts(node).find((child) => child.type === "wildcard_import");
  const imported = star ? [{ name: "*", alias: undefined, start: star.start, end: star.end }] : names(c, node);
  if (node.type === "future_import_statement") {
    return { kind: "ImportFrom", module: "__future__", level: 0, names: imported, start, end };
  }
  const source = field(node, "module_name");
  const relative = source?.type === "relative_import" ? parts(source) : undefined;
  const prefix = relative?.find((child) => child.type === "import_prefix");
  const module = relative ? relative.find((child) => child.type === "dotted_name") : source;
  const level = prefix ? textOf(c, prefix).replace(/[^.]/g, "").length : 0;
  return { kind: "ImportFrom", module: module ? dotted(c, module) : "", level, names: imported, start, end };
}

function names(c: Conversion, node: ParseNode): ImportAlias[] {
  // A name that mending put in is none.
  const written = fields(node, "name").filter((child) => child.end > child.start);
  return written.map((child) => {
    const { start, end } = child;
    if (child.type !== "aliased_import") return { name: dotted(c, child), alias: undefined, start, end };
    const name = field(child, "name");
    const alias = identifier(c, field(child, "alias"), token(child, "as")?.end ?? end);
    return { name: name ? dotted(c, name) : "", alias, start, end };
  });
}

/** Spaces and line breaks may stand around the dots. */
function dotted(c: Conversion, node: ParseNode): string {
  return parts(node)
    .map((child) => nameOf(textOf(c, child)))
    .join(".");
}
