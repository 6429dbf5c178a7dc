/** Runs one rule over an inference and turns what it finds into diagnostics. */
import { type Inference } from "../infer/analysis";
import { type Diagnostic, type Severity } from "../text/diagnostic";
import { type Span } from "../text/source";
import { type Finding, type Rule } from "./define";
import { inItsFile } from "./places";
import { lookAt } from "./reading/memory";
import { type RuleSettings, severityOf, thresholdsOf } from "./settings";

/** Told of a rule that failed itself; the others go on. */
export type RuleFailed = (rule: string, error: unknown) => void;

/** Without `failed` a rule's own failure is thrown. */
export function runRule(
  rule: Rule,
  inference: Inference,
  settings: RuleSettings = {},
  failed?: RuleFailed,
): readonly Diagnostic[] {
  lookAt(inference.record);
  try {
    const found = rule.check(inference, thresholdsOf(rule, settings));
    return toDiagnostics(
      rule,
      [...found].flatMap((one) => inItsFile(one, inference) ?? []),
      settings,
    );
  } catch (error) {
    if (!failed) throw error;
    failed(rule.id, error);
    return [];
  }
}

export function toDiagnostics(rule: Rule, found: Iterable<Finding>, settings: RuleSettings): readonly Diagnostic[] {
  return unique([...found]).map((finding) => toDiagnostic(rule, finding, severityOf(rule, settings)));
}

/** A line that runs several times is reported once, with all the places that belong to it. */
function unique(findings: readonly Finding[]): Finding[] {
  const byPlace = new Map<string, Finding>();
  for (const finding of findings) {
    const key = placeKey(finding.span);
    const related = [...(finding.related ?? []), ...(byPlace.get(key)?.related ?? [])];
    const places = new Map(related.toReversed().map((place) => [`${place.path} ${placeKey(place.span)}`, place]));
    byPlace.set(key, { ...finding, related: [...places.values()].reverse() });
  }
  return [...byPlace.values()];
}

function placeKey({ start, end }: Span): string {
  return `${start}-${end}`;
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
