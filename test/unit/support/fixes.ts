/** Fixes applied one at a time: what they leave behind. */
import { type Analyzer } from "../../../src/core/analyzer";
import { type RuleSettings } from "../../../src/core/rules/settings";
import { type Diagnostic, applyEdits } from "../../../src/core/text/diagnostic";
import { SourceText } from "../../../src/core/text/source";

/** The titles of a rule's fixes that leave as much of what it finds as before, or no Python. */
export function fixesInVain(analyzer: Analyzer, text: string, rule: string): string[] {
  return outcomes(analyzer, text, { select: [rule] })
    .filter(({ of, before, after }) => {
      const count = (found: readonly Diagnostic[]): number => found.filter((other) => other.rule === rule).length;
      return (
        of.rule === rule && (count(after) >= count(before) || after.some((other) => other.rule === "syntax-error"))
      );
    })
    .map(({ title }) => title);
}

export interface Outcome {
  readonly title: string;
  readonly of: Diagnostic;
  readonly before: readonly Diagnostic[];
  readonly after: readonly Diagnostic[];
}

/** What is found before and after each fix that is offered for a text. */
export function outcomes(analyzer: Analyzer, text: string, rules: RuleSettings): Outcome[] {
  const findings = (of: string): readonly Diagnostic[] =>
    analyzer.analyze(new SourceText("fixed.py", of), { rules }).diagnostics;
  const before = findings(text);
  return before.flatMap((of) =>
    of.fixes.map(({ title, edits }) => ({ title, of, before, after: findings(applyEdits(text, edits)) })),
  );
}
