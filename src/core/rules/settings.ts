/** What a user wants of the rules: a preset, rules chosen or left out, severities and thresholds. */
import { type Severity } from "../text/diagnostic";
import { type Preset, type Rule, type Thresholds } from "./define";

/** All optional: without any, the recommended rules run with their own severities. */
export interface RuleSettings {
  readonly preset?: Preset;
  /** Rules to run beside those of the preset. */
  readonly select?: readonly string[];
  /** Rules that do not run; goes before `select`. */
  readonly ignore?: readonly string[];
  /** By rule; `off` is as good as ignoring it, and a severity selects it. */
  readonly severity?: Readonly<Record<string, Severity | "off">>;
  /** By rule, then by the threshold's name. */
  readonly thresholds?: Readonly<Record<string, Thresholds>>;
}

export const presets: readonly Preset[] = ["recommended", "strict", "teaching"];
export const severities: readonly (Severity | "off")[] = ["error", "warning", "information", "off"];

export function isOn({ id, preset }: Rule, settings: RuleSettings): boolean {
  const severity = settings.severity?.[id];
  if (severity === "off" || settings.ignore?.includes(id)) return false;
  if (severity !== undefined || settings.select?.includes(id)) return true;
  return preset === "recommended" || preset === (settings.preset ?? "recommended");
}

/** The user's severity for a rule, where there is one. */
export function severityOf({ id }: Rule, { severity }: RuleSettings): Severity | undefined {
  const own = severity?.[id];
  return own === "off" ? undefined : own;
}

export function thresholdsOf({ id, thresholds = {} }: Rule, settings: RuleSettings): Thresholds {
  const defaults = Object.fromEntries(Object.entries(thresholds).map(([name, { default: value }]) => [name, value]));
  return { ...defaults, ...settings.thresholds?.[id] };
}

/** A project's settings under those that somebody has for themselves: where both speak, `own` goes before. */
export function overlaid(project: RuleSettings, own: RuleSettings): RuleSettings {
  const severity = { ...project.severity, ...own.severity };
  const rules = new Set([...Object.keys(project.thresholds ?? {}), ...Object.keys(own.thresholds ?? {})]);
  const thresholds = [...rules].map((id) => [id, { ...project.thresholds?.[id], ...own.thresholds?.[id] }] as const);
  const wanted = Object.entries(own.severity ?? {}).filter(([, level]) => level !== "off");
  const chosen = new Set([...(own.select ?? []), ...wanted.map(([id]) => id)]);
  const preset = own.preset ?? project.preset;
  return {
    ...(preset && { preset }),
    select: [...(project.select ?? []), ...(own.select ?? [])],
    ignore: [...(project.ignore ?? []).filter((id) => !chosen.has(id)), ...(own.ignore ?? [])],
    severity,
    thresholds: Object.fromEntries(thresholds),
  };
}
