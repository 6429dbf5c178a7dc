/** Runs the rules that are on over an inference. */
import { type Inference } from "../infer/analysis";
import { type Diagnostic } from "../text/diagnostic";
import { idleIn, unusedSuppression } from "./house/unused-suppression";
import { leavesLoopToFramework } from "./reading/frameworks";
import { findRule, rules } from "./registry";
import { type RuleFailed, runRule, toDiagnostics } from "./run";
import { type RuleSettings, isOn } from "./settings";
import { suppress } from "./suppression";

/** In the order of their places. */
export function checkRules(inference: Inference, settings: RuleSettings = {}, failed?: RuleFailed): Diagnostic[] {
  const found = rules
    .filter((rule) => isOn(rule, settings) && !(rule.mootInFrameworks && leavesLoopToFramework(inference)))
    .flatMap((rule) => runRule(rule, inference, settings, failed));
  const { left, suppressions } = suppress(found, inference.module, inference.source);
  const runs = (id: string): boolean | undefined => {
    const rule = findRule(id);
    return rule && isOn(rule, settings);
  };
  const idle = runs(unusedSuppression.id) ? suppressions.flatMap((one) => idleIn(one, inference, runs)) : [];
  const all = [...left, ...toDiagnostics(unusedSuppression, idle, settings)];
  return all.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
