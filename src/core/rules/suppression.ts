/** Suppression comments: `# forward-pass: ignore[rule-id, other-rule]` on a line, or `# forward-pass: ignore-file`. */
import type { Comment, Module } from "../python/syntax";
import { type Diagnostic } from "../text/diagnostic";
import { type SourceText } from "../text/source";

export const suppressionPattern = /#\s*forward-pass:\s*ignore(-file)?\s*(?:\[([^\]]*)\])?/;

export interface Suppression {
  readonly comment: Comment;
  /** Undefined for the whole file. */
  readonly line: number | undefined;
  /** Undefined for every rule. */
  readonly rules: readonly string[] | undefined;
  /** The rules of which it silenced something. */
  readonly used: ReadonlySet<string>;
}

export interface Suppressed {
  /** What no comment silences. One that spans several lines is silenced on its first or its last. */
  readonly left: readonly Diagnostic[];
  readonly suppressions: readonly Suppression[];
}

export function suppress(diagnostics: readonly Diagnostic[], module: Module, source: SourceText): Suppressed {
  const suppressions = module.comments.flatMap((comment) => read(comment, source));
  const left = diagnostics.filter(({ rule, span }) => {
    const lines = [source.positionAt(span.start).line, source.positionAt(span.end).line];
    const by = suppressions.filter(
      (suppression) =>
        (suppression.line === undefined || lines.includes(suppression.line)) &&
        (suppression.rules?.includes(rule) ?? true),
    );
    for (const { used } of by) used.add(rule);
    return by.length === 0;
  });
  return { left, suppressions };
}

function read(comment: Comment, source: SourceText): (Suppression & { used: Set<string> })[] {
  const match = suppressionPattern.exec(comment.text);
  if (!match) return [];
  const [, wholeFile, rules] = match;
  const { line } = source.positionAt(comment.start);
  const named = rules?.split(",").map((rule) => rule.trim());
  return [{ comment, line: wholeFile ? undefined : line, rules: named, used: new Set() }];
}
