/** Reads settings as files and editors hold them: what means nothing is named, and the rest is taken. */
import { type Rule } from "./define";
import { findRule } from "./registry";
import { type RuleSettings, presets, severities } from "./settings";

/** Says what is wrong with a setting: “… names no-such-rule, which is no rule.” `word` is what is written there. */
export type Refuse = (problem: string, word?: string) => void;

type Reader = (value: unknown, refuse: Refuse) => Partial<RuleSettings>;

/** By the setting's name. A new setting is a line here. */
const readers: Readonly<Record<keyof RuleSettings, Reader>> = {
  preset: (value, refuse) => {
    const preset = presets.find((name) => name === value);
    if (!preset) refuse(`has a preset that is none of ${presets.join(", ")}.`, "preset");
    return preset ? { preset } : {};
  },
  select: (value, refuse) => ({ select: ruleIds(value, "select", refuse) }),
  ignore: (value, refuse) => ({ ignore: ruleIds(value, "ignore", refuse) }),
  severity: (value, refuse) => ({
    severity: ofEachRule(value, "severity", refuse, ({ id }, wanted) => {
      const severity = severities.find((name) => name === wanted);
      if (!severity) refuse(`gives ${id} a severity that is none of ${severities.join(", ")}.`, id);
      return severity;
    }),
  }),
  thresholds: (value, refuse) => ({
    thresholds: ofEachRule(value, "thresholds", refuse, (rule, wanted) => thresholdsIn(rule, wanted, refuse)),
  }),
};

export const settingKeys: readonly string[] = Object.keys(readers);

/** `others` are names that mean something to the caller. */
export function readSettings(settings: unknown, refuse: Refuse, others: readonly string[] = []): RuleSettings {
  const table = tableOf(settings);
  if (!table) {
    if (settings !== undefined) refuse("is no table.");
    return {};
  }
  return Object.entries(table).reduce<RuleSettings>((read, [key, value]) => {
    if (Object.hasOwn(readers, key)) return { ...read, ...readers[key as keyof RuleSettings](value, refuse) };
    if (!others.includes(key))
      refuse(`has no setting ${key}. There are: ${[...settingKeys, ...others].join(", ")}.`, key);
    return read;
  }, {});
}

/** The rules that a list names. */
export function ruleIds(value: unknown, name: string, refuse: Refuse): string[] {
  if (!Array.isArray(value)) {
    refuse(`wants a list of rules for ${name}.`, name);
    return [];
  }
  return value.filter((id): id is string => {
    const isRule = typeof id === "string" && findRule(id) !== undefined;
    if (!isRule) refuse(`names ${String(id)}, which is no rule.`, String(id));
    return isRule;
  });
}

function ofEachRule<T>(
  value: unknown,
  name: string,
  refuse: Refuse,
  read: (rule: Rule, wanted: unknown) => T | undefined,
): Record<string, T> {
  const table = tableOf(value);
  if (!table) refuse(`wants a table of rules for ${name}.`, name);
  const found = Object.entries(table ?? {}).flatMap(([id, wanted]): [string, T][] => {
    const rule = findRule(id);
    if (!rule) refuse(`names ${id}, which is no rule.`, id);
    const result = rule && read(rule, wanted);
    return result === undefined ? [] : [[id, result]];
  });
  return Object.fromEntries(found);
}

function thresholdsIn({ id, thresholds = {} }: Rule, value: unknown, refuse: Refuse): Record<string, number> {
  const entries = Object.entries(tableOf(value) ?? {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, number] => {
      const [name, number] = entry;
      if (!Object.hasOwn(thresholds, name))
        refuse(`names ${name} for ${id}, whose thresholds are: ${Object.keys(thresholds).join(", ") || "none"}.`, name);
      else if (typeof number !== "number") refuse(`gives ${name} of ${id} something that is no number.`, name);
      else return true;
      return false;
    }),
  );
}

export function tableOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
