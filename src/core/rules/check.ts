/** Runs the rules that are on over an inference, and lets comments silence what they find. */
import { type Inference } from "../infer/analysis";
import { type Diagnostic } from "../text/diagnostic";
import { type SourceText } from "../text/source";
import { idleIn, unusedSuppression } from "./house/unused-suppression";
import { leavesLoopToFramework } from "./reading/frameworks";
import { findRule, rules } from "./registry";
import { type RuleFailed, runRule, toDiagnostics } from "./run";
import { type RuleSettings, isOn } from "./settings";
import { type Silencer, silencersIn, suppress } from "./suppression";

/** In the order of their places. */
export function checkRules(inference: Inference, settings: RuleSettings = {}, failed?: RuleFailed): Diagnostic[] {
  return settled(findingsIn(inference, settings, failed), inference.source, silencersIn(inference), settings);
}

/** What the rules find, before any comment silences it. */
export function findingsIn(inference: Inference, settings: RuleSettings = {}, failed?: RuleFailed): Diagnostic[] {
  return rules
    .filter((rule) => isOn(rule, settings) && !(rule.mootInFrameworks && leavesLoopToFramework(inference)))
    .flatMap((rule) => runRule(rule, inference, settings, failed));
}

/**
 * What is left of a file's findings behind its comments, and the comments that silence nothing; in the order of their
 * places. With `isWhole` all programs that use the file have had their say: no comment waits for others.
 */
export function settled(
  found: readonly Diagnostic[],
  source: SourceText,
  silencers: readonly Silencer[],
  settings: RuleSettings = {},
  isWhole = false,
): Diagnostic[] {
  const { left, suppressions } = suppress(found, silencers, source);
  const runs = (id: string, waits: boolean): boolean | undefined => {
    const rule = findRule(id);
    return rule && isOn(rule, settings) && !(waits && rule.needs !== "syntax");
  };
  const idle = suppressions.flatMap((one) => {
    const waits = one.silencer.waits && !isWhole;
    return idleIn(one, source, waits, (id) => runs(id, waits));
  });
  const all = runs(unusedSuppression.id, false) ? [...left, ...toDiagnostics(unusedSuppression, idle, settings)] : left;
  return [...all].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
