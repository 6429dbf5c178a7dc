/** Runs the rules over an inference and turns what they find into diagnostics. */
import { type Inference } from "../infer/analysis";
import { type Diagnostic, type Severity } from "../text/diagnostic";
import { type Finding, type Rule } from "./define";
import { leavesLoopToFramework } from "./reading/frameworks";
import { rules } from "./registry";
import { type RuleSettings, isOn, severityOf, thresholdsOf } from "./settings";
import { unusedSuppression } from "./house/unused-suppression";
import { suppress } from "./suppression";

/** Told of a rule that failed itself; the others go on. */
export type RuleFailed = (rule: string, error: unknown) => void;

/** Without `failed` a rule's own failure is thrown. */
export function checkRules(inference: Inference, settings: RuleSettings = {}, failed?: RuleFailed): Diagnostic[] {
  const findingsOf = (rule: Rule): Finding[] => {
    if (!failed) return [...rule.check(inference, thresholdsOf(rule, settings))];
    try {
      return [...rule.check(inference, thresholdsOf(rule, settings))];
    } catch (error) {
      failed(rule.id, error);
      return [];
    }
  };
  const found = rules.flatMap((rule) => {
    if (!isOn(rule, settings) || (rule.mootInFrameworks && leavesLoopToFramework(inference))) return [];
    return unique(findingsOf(rule)).map((finding) => toDiagnostic(rule, finding, severityOf(rule, settings)));
  });
  const runs = (id: string): boolean => rules.some((rule) => rule.id === id && isOn(rule, settings));
  const { left, idle } = suppress(found, inference.module, inference.source, runs);
  const unused = runs(unusedSuppression.id)
    ? idle.map((finding) => toDiagnostic(unusedSuppression, finding, severityOf(unusedSuppression, settings)))
    : [];
  return [...left, ...unused].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** A line that runs several times is reported once. */
function unique(findings: readonly Finding[]): Finding[] {
  const byPlace = new Map(findings.map((finding) => [`${finding.span.start}-${finding.span.end}`, finding]));
  return [...byPlace.values()];
}

function toDiagnostic(rule: Rule, finding: Finding, setting: Severity | undefined): Diagnostic {
  const { span, message, related = [], fix } = finding;
  return {
    rule: rule.id,
    severity: setting ?? finding.severity ?? rule.severity,
    message,
    span: { start: span.start, end: span.end },
    related: related.map((place) => ({ ...place, span: { start: place.span.start, end: place.span.end } })),
    fixes: fix ? [{ title: fix.title, safe: rule.fix === "safe", edits: fix.edits }] : [],
  };
}
