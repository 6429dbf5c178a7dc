/** The comment that silences a finding on its line, as an edit. */
import type { Diagnostic, Edit } from "../../core/text/diagnostic";
import type { SourceText } from "../../core/text/source";

const comment = /#\s*forward-pass:\s*ignore\s*\[([^\]]*)\]/;

/** Adds to the comment that the line has; nothing where the line goes on behind a backslash and can hold none. */
export function ignoreComment(source: SourceText, { rule, span }: Diagnostic): Edit | undefined {
  const { line } = source.positionAt(span.start);
  const text = source.lineAt(line);
  const start = source.offsetAt({ line, column: 0 });
  const insert = (column: number, added: string): Edit => {
    return { span: { start: start + column, end: start + column }, text: added };
  };
  const present = comment.exec(text);
  if (present) return insert(present.index + present[0].length - 1, `${present[1]?.trim() === "" ? "" : ", "}${rule}`);
  return text.endsWith("\\") ? undefined : insert(text.trimEnd().length, `  # forward-pass: ignore[${rule}]`);
}
