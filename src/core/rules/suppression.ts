/** Suppression comments: `# forward-pass: ignore[rule-id, other-rule]` on a line, or `# forward-pass: ignore-file`. */
import type { Comment, Module } from "../python/syntax";
import { type Diagnostic } from "../text/diagnostic";
import { type SourceText, type Span } from "../text/source";
import { type Finding } from "./define";
import { findRule } from "./registry";

const pattern = /#\s*forward-pass:\s*ignore(-file)?\s*(?:\[([^\]]*)\])?/;

interface Suppression {
  readonly comment: Comment;
  /** Undefined for the whole file. */
  readonly line: number | undefined;
  /** Undefined for every rule. */
  readonly rules: readonly string[] | undefined;
}

export interface Suppressed {
  /** What no comment silences. One that spans several lines is silenced on its first or its last. */
  readonly left: readonly Diagnostic[];
  /** Comments that silence nothing, or name what is no rule. */
  readonly idle: readonly Finding[];
}

/** `isOn`: whether a rule ran at all; of a comment for one that did not nothing can be said. */
export function suppress(
  diagnostics: readonly Diagnostic[],
  module: Module,
  source: SourceText,
  isOn: (rule: string) => boolean,
): Suppressed {
  const suppressions = module.comments.flatMap((comment) => read(comment, source));
  if (suppressions.length === 0) return { left: diagnostics, idle: [] };
  const used = new Set<string>();
  const left = diagnostics.filter(({ rule, span }) => {
    const lines = [source.positionAt(span.start).line, source.positionAt(span.end).line];
    const by = suppressions.filter(
      (suppression) =>
        (suppression.line === undefined || lines.includes(suppression.line)) &&
        (suppression.rules?.includes(rule) ?? true),
    );
    for (const suppression of by) used.add(keyOf(suppression, suppression.rules && rule));
    return by.length === 0;
  });
  return { left, idle: suppressions.flatMap((suppression) => idleIn(suppression, used, isOn, source)) };
}

function keyOf({ comment }: Suppression, rule: string | undefined): string {
  return `${comment.start} ${rule ?? "*"}`;
}

function idleIn(
  suppression: Suppression,
  used: ReadonlySet<string>,
  isOn: (rule: string) => boolean,
  source: SourceText,
): Finding[] {
  const { comment, rules } = suppression;
  const where = suppression.line === undefined ? "in this file" : "on this line";
  if (!rules)
    return used.has(keyOf(suppression, undefined))
      ? []
      : [
          {
            span: comment,
            message: `Nothing is found ${where}: the comment silences nothing.`,
            ...remove(comment, source),
          },
        ];
  const unknown = rules.filter((rule) => !findRule(rule));
  const idle = rules.filter((rule) => findRule(rule) && isOn(rule) && !used.has(keyOf(suppression, rule)));
  const faults = [
    ...unknown.map((rule) => `${rule} is no rule.`),
    ...(idle.length > 0 ? [`${idle.join(", ")} ${idle.length > 1 ? "find" : "finds"} nothing ${where}.`] : []),
  ];
  if (faults.length === 0) return [];
  const kept = rules.filter((rule) => !unknown.includes(rule) && !idle.includes(rule));
  const message = `The comment silences nothing: ${faults.join(" ")}`;
  return [{ span: comment, message, ...(kept.length > 0 ? keepOnly(comment, kept) : remove(comment, source)) }];
}

function keepOnly(comment: Comment, rules: readonly string[]): Pick<Finding, "fix"> {
  const text = comment.text.replace(/\[[^\]]*\]/, `[${rules.join(", ")}]`);
  return { fix: { title: "Keep only what is needed", edits: [{ span: comment, text }] } };
}

/** Takes the comment away, the blanks in front of it, and its line where nothing else is on it. */
function remove(comment: Comment, source: SourceText): Pick<Finding, "fix"> {
  const { line, column } = source.positionAt(comment.start);
  const before = source.lineAt(line).slice(0, column);
  const rest = comment.text.replace(pattern, "").replace(/^[\s#:–—-]+/, "");
  if (rest !== "") return { fix: { title: "Remove the comment", edits: [{ span: comment, text: `# ${rest}` }] } };
  const isAlone = before.trim() === "";
  const span: Span = isAlone
    ? { start: comment.start - column, end: Math.min(source.text.length, comment.end + 1) }
    : { start: comment.start - (before.length - before.trimEnd().length), end: comment.end };
  return { fix: { title: "Remove the comment", edits: [{ span, text: "" }] } };
}

function read(comment: Comment, source: SourceText): Suppression[] {
  const match = pattern.exec(comment.text);
  if (!match) return [];
  const [, wholeFile, rules] = match;
  const { line } = source.positionAt(comment.start);
  return [{ comment, line: wholeFile ? undefined : line, rules: rules?.split(",").map((rule) => rule.trim()) }];
}
