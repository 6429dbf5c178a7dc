/** A suppression comment that silences nothing: the bug is mended, or the rule's name is misspelt. */
import type { Comment } from "../../python/syntax";
import { type SourceText, type Span } from "../../text/source";
import { type Finding, type Rule } from "../define";
import { type Suppression, suppressionPattern } from "../suppression";

/** Whether a rule ran; undefined where there is no such rule. */
export type Runs = (rule: string) => boolean | undefined;

/** Of a comment for a rule that did not run nothing can be said; nor of one for all rules, where some wait for others. */
export function idleIn(suppression: Suppression, source: SourceText, waits: boolean, runs: Runs): Finding[] {
  const { silencer, line, rules, used } = suppression;
  const { comment } = silencer;
  const where = line === undefined ? "in this file" : "on this line";
  if (!rules)
    return used.size > 0 || waits
      ? []
      : [
          {
            span: comment,
            message: `Nothing is found ${where}: the comment silences nothing.`,
            ...remove(comment, source),
          },
        ];
  const unknown = rules.filter((rule) => runs(rule) === undefined);
  const idle = rules.filter((rule) => runs(rule) && !used.has(rule));
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
  const rest = comment.text.replace(suppressionPattern, "").replace(/^[\s#:–—-]+/, "");
  if (rest !== "") return { fix: { title: "Remove the comment", edits: [{ span: comment, text: `# ${rest}` }] } };
  const isAlone = before.trim() === "";
  const span: Span = isAlone
    ? { start: comment.start - column, end: Math.min(source.text.length, comment.end + 1) }
    : { start: comment.start - (before.length - before.trimEnd().length), end: comment.end };
  return { fix: { title: "Remove the comment", edits: [{ span, text: "" }] } };
}

export const unusedSuppression: Rule = {
  id: "unused-suppression",
  summary: "A suppression comment silences nothing.",
  category: "house",
  severity: "warning",
  confidence: "certain",
  preset: "recommended",
  needs: "syntax",
  fix: "safe",
  // What a comment silences is known only when all other rules have spoken: check.ts asks `idleIn` then.
  check: () => [],
};
