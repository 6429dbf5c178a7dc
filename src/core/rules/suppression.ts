/** Suppression comments: `# forward-pass: ignore[rule-id, other-rule]` on a line, or `# forward-pass: ignore-file`. */
import type { Module } from "../python/syntax";
import { type Diagnostic } from "../text/diagnostic";
import { type SourceText } from "../text/source";

const pattern = /#\s*forward-pass:\s*ignore(-file)?\s*(?:\[([^\]]*)\])?/;

interface Suppression {
  /** Undefined for the whole file. */
  readonly line: number | undefined;
  /** Undefined for every rule. */
  readonly rules: readonly string[] | undefined;
}

/** The diagnostics that no comment silences. One that spans several lines is silenced on its first or its last. */
export function withoutSuppressed(
  diagnostics: readonly Diagnostic[],
  module: Module,
  source: SourceText,
): Diagnostic[] {
  const suppressions = module.comments.flatMap((comment) => read(comment.text, source.positionAt(comment.start).line));
  if (suppressions.length === 0) return [...diagnostics];
  return diagnostics.filter(({ rule, span }) => {
    const lines = [source.positionAt(span.start).line, source.positionAt(span.end).line];
    return !suppressions.some(
      (suppression) =>
        (suppression.line === undefined || lines.includes(suppression.line)) &&
        (suppression.rules?.includes(rule) ?? true),
    );
  });
}

function read(comment: string, line: number): Suppression[] {
  const match = pattern.exec(comment);
  if (!match) return [];
  const [, wholeFile, rules] = match;
  return [{ line: wholeFile ? undefined : line, rules: rules?.split(",").map((rule) => rule.trim()) }];
}
