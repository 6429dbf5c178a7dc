/** Correct Python that the grammar cannot read, rewritten to something of the same length that it can. */
import { endsValue, type Scan } from "./scan";
import type { Token } from "./tokens";

/**
 * - `type(x).y = 1` is taken for a type alias unless the word is another one.
 * - `a, *[b]`: outside brackets a `*` stands only in front of names; `~` is read in its place (see `chains.ts`).
 * - `[T = int]`: type parameters have no defaults; `:` is read in the place of `=` (see `types.ts`).
 */
export function bridgeGap(scan: Scan, token: Token): void {
  const { last, line, brackets } = scan;
  const top = brackets.at(-1);
  if (last?.text === "type" && line.head.length === 1 && (token.kind === "open" || token.text === ".")) {
    scan.changes.push({ at: last.start, length: 4, text: "typ_" });
  }
  if (top?.declaresTypes && token.text === "=") scan.changes.push({ at: token.start, length: 1, text: ":" });
  const inDisplay = top && !(top.opener.text === "[" && top.behindValue);
  if (inDisplay || last?.kind !== "operator" || !/(?:^|[^*])\*$/.test(last.text)) return;
  const prefixed = last.text.length > 1 || !(endsValue(scan.previous) || scan.previous?.text === "except");
  if (prefixed && (token.kind === "open" || token.kind === "string")) {
    scan.changes.push({ at: last.end - 1, length: 1, text: "~" });
  }
}
