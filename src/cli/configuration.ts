/** `[tool.forward-pass]` in the nearest `pyproject.toml`: `ignore = [ids]` and `severity = { id = "warning" }`. */
import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { TomlError, parse } from "smol-toml";
import { type RuleSettings } from "../core/rules/settings";
import { findRule } from "../core/rules/registry";
import { type Severity } from "../core/text/diagnostic";
import { complain } from "./outcome";

export interface Configuration {
  readonly rules: RuleSettings;
  /** The file could not be read, or says something that means nothing. */
  readonly failed: boolean;
}

const severities = ["error", "warning", "information", "off"];

/** Looks in a folder and those above it. */
export async function readConfiguration(folder: string): Promise<Configuration> {
  const found = await nearest(resolve(folder));
  if (!found) return { rules: {}, failed: false };
  const name = relative(process.cwd(), found.path) || found.path;
  try {
    return settingsOf(parse(found.text), name);
  } catch (error) {
    const place = error instanceof TomlError ? `:${error.line}:${error.column}` : "";
    const reason = error instanceof Error ? error.message.split("\n")[0]! : String(error);
    complain(`${name}${place}: ${reason} Its settings are left out.`);
    return { rules: {}, failed: true };
  }
}

async function nearest(folder: string): Promise<{ path: string; text: string } | undefined> {
  const path = join(folder, "pyproject.toml");
  try {
    return { path, text: await readFile(path, "utf8") };
  } catch {
    return dirname(folder) === folder ? undefined : nearest(dirname(folder));
  }
}

function settingsOf(document: Record<string, unknown>, name: string): Configuration {
  const tool = tableOf(tableOf(document.tool)?.["forward-pass"]) ?? {};
  const rules: Record<string, Severity | "off"> = {};
  let failed = false;
  const refuse = (problem: string): void => {
    complain(`${name}: [tool.forward-pass] ${problem}`);
    failed = true;
  };
  const set = (id: unknown, severity: unknown): void => {
    if (typeof id !== "string" || !findRule(id)) refuse(`names ${String(id)}, which is no rule.`);
    else if (!isSeverity(severity)) refuse(`gives ${id} a severity that is none of ${severities.join(", ")}.`);
    else rules[id] = severity;
  };
  for (const [key, value] of Object.entries(tool)) {
    if (key === "ignore" && Array.isArray(value)) for (const id of value) set(id, "off");
    else if (key === "severity" && tableOf(value))
      for (const [id, severity] of Object.entries(tableOf(value)!)) set(id, severity);
    else refuse(`has no setting ${key}, or not of that form.`);
  }
  return { rules: { severity: rules }, failed };
}

function tableOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function isSeverity(value: unknown): value is Severity | "off" {
  return typeof value === "string" && severities.includes(value);
}
